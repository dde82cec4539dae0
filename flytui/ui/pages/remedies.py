"""What the detail pane says about remedies: what each is, what it means, and what comes first."""

from collections.abc import Sequence
from typing import assert_never

from flytui.remedy import Command, Edit, Link, Remedy, Steps, money
from flytui.ui.keys import key
from flytui.ui.pages.lines import MUTED, Line, clicked, heading, say, whole


def to_do(
    remedies: Sequence[Remedy],
    steps: Sequence[Steps] = (),
    fix: str = "decide.fix",
    copy: str = "main.copy",
) -> list[Line]:
    """The remedies, numbered as the `fix` key offers them; keys by the ids of their bindings."""
    if not remedies:
        return []
    lines = heading("What to do", key=f"{key('f', fix)} fix · {key('c', copy)} copy")
    for number, remedy in enumerate(remedies, 1):
        told = [say((f"{number} ", MUTED), (remedy.title, "bold"), indent=2, hang=2)]
        rows = [*order_lines(remedy, steps), *remedy_lines(remedy)]
        told += [Line(row.everything, 4, 2) for row in rows]
        lines += [clicked(line, f"remedy({number})") for line in told]
    return lines


def order_lines(remedy: Remedy, several: Sequence[Steps]) -> list[Line]:
    """Which step of how many it is, and what it waits for; nothing where the order is free."""
    lines = []
    for steps in several:
        if (number := steps.number(remedy)) is None:
            continue
        words = f"step {number} of {len(steps.steps)}: {steps.title}"
        lines.append(say((words, MUTED), hang=2))
        if blocked := steps.blocked(remedy):
            lines.append(say(("waits: ", "$text-warning"), blocked, hang=2))
        elif unseen := steps.unseen_before(remedy):
            told = "; ".join(dict.fromkeys(unseen))
            lines.append(say(("make sure of: ", "$text-warning"), told, hang=2))
    return lines


def remedy_lines(remedy: Remedy) -> list[Line]:
    """A remedy in two lines: what it is, and what it means."""
    match remedy:
        case Command():
            return [Line(whole(remedy.line, "$text-primary")), say((consequences(remedy), MUTED))]
        case Edit():
            first = say(f"edit {remedy.path}", ("   " + remedy.note, MUTED))
            return [first, say((remedy.why, MUTED))]
        case Link():
            return [say((remedy.url, "$text-primary")), say((remedy.why, MUTED))]
        case _:
            assert_never(remedy)


def consequences(command: Command) -> str:
    """Cost, way back and what `fly` asks, in one line."""
    asks = "fly will not ask" if command.fly_asks.startswith("nothing") else "fly will ask"
    cost = money(command.cost_per_month_usd, command.cost_note)
    return " · ".join([cost, command.way_back, asks])
