"""A remedy rehearsed: run on a copy of the app in the simulator, and what that flips."""

import os
from contextlib import aclosing
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from flytui import temporary
from flytui.assessment import Assessment
from flytui.events import Declined, Plan
from flytui.fly.errors import FlyError
from flytui.opening import Surroundings, open_session
from flytui.rehearsed import Change, Rehearsal
from flytui.runner import Ended, Output
from flytui.running import offered
from flytui.session import Session
from flytui.settings import Flags, resolve

_TOO_LITTLE = "The copy does not hold what this command is about: only this one app is copied."
NEEDED = ("graphql", "starlette", "uvicorn")


def lacking() -> tuple[str, ...]:
    """Packages that a rehearsal needs and this installation has not."""
    return tuple(name for name in NEEDED if find_spec(name) is None)


async def told(live: Session, plan: Plan) -> Rehearsal:
    """The rehearsal, or one that says why there is none."""
    if missing := lacking():
        reason = f"A rehearsal needs {' and '.join(missing)}: pip install 'flytui[demo]'."
        return Rehearsal(plan.command, None, (), (), reason)
    try:
        return await rehearse(live, plan)
    except FlyError as error:
        return Rehearsal(plan.command, None, (), (), f"{error.cause} {error.cure}")


async def rehearse(live: Session, plan: Plan) -> Rehearsal:
    """Run the plan's command on a copy. Raises FlyError when the app cannot be seen."""
    from flytui.demo.copying import LEFT_OUT, copy  # noqa: PLC0415 (needs the demo's packages)
    from flytui.demo.server import application  # noqa: PLC0415 (as above)
    from flytui.demo.serving import serving  # noqa: PLC0415 (as above)

    made = await copy(live.parts.store)
    left_out = (*LEFT_OUT, *made.unseen)
    with temporary.folder("rehearsal") as folder:
        async with serving(application(made.world)) as url:
            session = _session(live, url, made.token, folder)
            try:
                found = await _carried(session, live, plan)
            finally:
                await session.close()
    return replace(found, left_out=left_out)


def _session(live: Session, url: str, token: str, folder: Path) -> Session:
    """A session on the copy alone: its `fly` and its environment know nothing else."""
    from flytui.demo.environment import environment  # noqa: PLC0415 (as above)
    from flytui.demo.stand_in import install  # noqa: PLC0415 (as above)

    binaries, config = folder / "bin", folder / "config"
    for each in (binaries, config):
        each.mkdir()
    install(binaries)
    path = os.pathsep.join([str(binaries), os.defpath])
    environ = {"HOME": str(folder), "PATH": path, **environment(url, token, str(config))}
    settings = resolve(Flags(app=live.identity.app), environ, folder)
    around = Surroundings(
        environ=environ,
        checkout=live.parts.store.checkout.root,
        data=folder / "data",
        state=folder / "state",
        fly=str(binaries / "fly"),
        demo=True,
        plugins=False,
    )
    session = open_session(settings, live.checklist, around)
    session.parts = replace(session.parts, pause=_at_once)
    return session


async def _at_once(_: float) -> None:
    """A copy has nothing to settle."""


async def _carried(session: Session, live: Session, plan: Plan) -> Rehearsal:
    before = await _all(session)
    unlike = tuple(c for c in _changes(live.assessments, before) if c.flips)
    known = before.get(plan.item)
    same = [] if known is None else offered(known.finding)
    twin = next((c for c in same if c.argv == plan.offered.argv), None)
    if known is None:
        return Rehearsal(plan.command, None, (), (), _TOO_LITTLE, unlike)
    # What was measured is not copied, and a command may be offered for that alone: then it runs
    # on the evidence of the copy, as one does that takes another back.
    copied = Plan(
        plan.item,
        twin or plan.command,
        plan.command,
        session.identity,
        known,
        "" if twin else "what the copy does not offer",
    )
    code: int | None = None
    output: list[str] = []
    declined = ""
    async with aclosing(session.run(copied)) as steps:
        async for step in steps:
            match step:
                case Output(line):
                    output.append(line)
                case Ended():
                    code = step.code
                case Declined(reason):
                    declined = reason
                case _:
                    pass
    if code != 0 and twin is None:
        return Rehearsal(plan.command, None, (), (), _TOO_LITTLE, unlike)
    after = await _all(session, again=True)
    return Rehearsal(plan.command, code, tuple(output), _changes(before, after), declined, unlike)


async def _all(session: Session, *, again: bool = False) -> dict[str, Assessment]:
    async with aclosing(session.refresh() if again else session.assess()) as events:
        async for _ in events:
            pass
    return dict(session.assessments)


def _changes(before: dict[str, Assessment], after: dict[str, Assessment]) -> tuple[Change, ...]:
    """The items of which something else is said, flips first."""
    found = [
        Change(item, now.item.title, then.finding.status, now.finding.status, now.finding.summary)
        for item, now in after.items()
        if (then := before.get(item)) is not None
        and (then.finding.status, then.finding.summary) != (now.finding.status, now.finding.summary)
    ]
    return tuple(sorted(found, key=lambda change: not change.flips))
