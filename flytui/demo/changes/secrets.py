"""Setting and removing secrets; their values are forgotten at once."""

import hashlib
from collections.abc import Mapping

from flytui.demo.state import App, Secret
from flytui.demo.world import World


def change(world: World, app: App, values: Mapping[str, str | None]) -> int:
    """Sets each name, or removes it where the value is None; gives the new version.

    Machines see nothing of it until they are updated: a secret younger than a
    Machine's release is staged.
    """
    for name, value in values.items():
        if value is None:
            app.secrets.pop(name, None)
            continue
        known = app.secrets.get(name)
        created = known.created_at if known else world.now
        app.secrets[name] = Secret(name, digest(value), created, world.now)
    app.secrets_version += 1
    return app.secrets_version


def replace(world: World, app: App, values: Mapping[str, str]) -> int:
    """Only these remain."""
    gone: dict[str, str | None] = dict.fromkeys(set(app.secrets) - set(values))
    return change(world, app, gone | dict(values))


def digest(value: str) -> str:
    """What Fly.io shows in place of the value."""
    return hashlib.sha256(value.encode()).hexdigest()[:16]
