"""From `f` to a command's outcome: choose, fill in, read the card, run."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, assert_never

from flytui.events import Plan
from flytui.remedy import Command, Edit, Link, Remedy, too_early
from flytui.ui.ports import Session

if TYPE_CHECKING:
    from flytui.ui.screens.remedying import RemedyingScreen


async def fix(
    main: "RemedyingScreen", session: Session, item: str, remedies: Sequence[Remedy]
) -> bool:
    """Ask which remedy, and carry it through. The item is the one `f` was pressed on.

    Whether anything was run or written.
    """
    remedy = await _choose(main, item, remedies)
    if remedy is not None and (early := too_early(remedy, main.board.steps(item))):
        main.notify(f"{remedy.title}: {early}", severity="warning", markup=False)
        return False
    match remedy:
        case None:
            return False
        case Command():
            return await _command(main, session, item, remedy)
        case Edit():
            from flytui.ui.screens.edit import EditScreen  # noqa: PLC0415 (not in the first frame)

            screen = EditScreen(session, remedy, main.heard, main.outside)
            await main.app.push_screen_wait(screen)
            return screen.written
        case Link():
            main.outside.open(main.app, remedy.url)
            return False
        case _:
            assert_never(remedy)


async def _choose(main: "RemedyingScreen", item: str, remedies: Sequence[Remedy]) -> Remedy | None:
    from flytui.ui.screens.choice import ChoiceScreen  # noqa: PLC0415 (not in the first frame)

    if len(remedies) == 1:
        return remedies[0]
    title = main.board.checklist[item].title
    screen = ChoiceScreen(main.board.identity, title, remedies, main.board.steps(item))
    chosen = await main.app.push_screen_wait(screen)
    return None if chosen is None else remedies[chosen]


async def _command(main: "RemedyingScreen", session: Session, item: str, command: Command) -> bool:
    from flytui.ui.screens.values import ValuesScreen  # noqa: PLC0415 (not in the first frame)

    values: dict[str, str] | None = {}
    if command.blanks:
        typed = main.typed.setdefault(command.argv, {})
        values = await main.app.push_screen_wait(ValuesScreen(main.board.identity, command, typed))
    if values is None:
        return False
    return await carry_out(main, session, session.plan(item, command, values))


async def carry_out(main: "RemedyingScreen", session: Session, plan: Plan) -> bool:
    """Show the card, and after a yes the run; whether it was started."""
    from flytui.ui.screens.card import CardScreen  # noqa: PLC0415 (not in the first frame)
    from flytui.ui.screens.run import RunScreen  # noqa: PLC0415 (not in the first frame)

    card = CardScreen(plan, await session.hindrance(), main.outside, rehearse=session.rehearse)
    if not await main.app.push_screen_wait(card):
        return False
    run = RunScreen(session, plan, main.heard, main.outside)
    await main.app.push_screen_wait(run)
    return run.started
