"""One edit of the checkout carried through: written, checked by `fly`, and looked at again."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING

from flytui import editing
from flytui.editing import FilePlan, Refused
from flytui.events import Assessed, Declined, RunStep
from flytui.facts import project
from flytui.remedy import Edit
from flytui.repo import BrokenFile, Checkout, LocalConfig
from flytui.repo.parsing import from_toml

if TYPE_CHECKING:
    from flytui.session import Session

DEADLINE = 60.0
"""Seconds `fly config validate` may take."""
_READ = frozenset({project.checkout.name, project.preferences.name})


def planned(checkout: Checkout, app: str, edit: Edit) -> FilePlan:
    """The edit of the file that is meant here. Raises Refused; touches nothing.

    `fly.toml` means the configuration of this app, wherever in the checkout it lies.
    """
    if edit.path.startswith(".github/"):
        return editing.plan(checkout.top or checkout.root, edit)
    if edit.path != "fly.toml":
        return editing.plan(checkout.root, _found(checkout, edit))
    config = checkout.config_for(app)
    match config or checkout.config:
        case LocalConfig() as found if found.app in {None, app}:
            return editing.plan(checkout.root, replace(edit, path=found.path))
        case LocalConfig() as found:
            raise Refused(f"{found.path} describes {found.app}, not {app}.")
        case BrokenFile() as found:
            raise Refused(f"{found.path} cannot be read: {found.problem}")
        case None:
            raise Refused(f"No fly.toml of {app} was found here.")


def _found(checkout: Checkout, edit: Edit) -> Edit:
    """`NAME/fly.toml` means the configuration of the app NAME, wherever it lies."""
    name, _, file = edit.path.rpartition("/")
    config = checkout.config_for(name) if file == "fly.toml" and not edit.creates else None
    return edit if config is None else replace(edit, path=config.path)


def validation(app: str, plan: FilePlan) -> tuple[str, ...] | None:
    """The command by which `fly` checks the written file; None for files it does not know."""
    if plan.edit.path.startswith(".") or not plan.file.name.endswith(".toml"):
        return None
    if plan.edit.creates:  # it describes an app of its own, which may not exist yet
        return None
    described = from_toml(plan.after.decode("utf-8-sig")).get("app", app)
    if described != app:
        return None
    return ("fly", "config", "validate", "-a", app, "-c", str(plan.file))


async def applied(session: "Session", plan: FilePlan) -> AsyncGenerator[RunStep, None]:
    """Everything that happens, in order; `Declined` and nothing else when nothing was written."""
    try:
        editing.write(plan)
    except Refused as refused:
        yield Declined(f"Nothing was written: {refused}")
        return
    runner, argv = session.parts.runner, validation(session.identity.app, plan)
    if runner is not None and runner.available is not None and argv is not None:
        async with aclosing(runner.run(argv, deadline=DEADLINE)) as running:
            async for step in running:
                yield step
    session.parts.store.forget(_READ)
    for item in session.resting_on(_READ):
        yield Assessed(await session.look(item))
