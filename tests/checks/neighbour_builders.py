"""Other apps of the organisation, with defaults."""

from collections.abc import Mapping
from typing import Any

from flytui.fly.models import (
    CheckStatus,
    Machine,
    OrganizationMachine,
    OrganizationMachines,
)
from tests.checks.builders import machine


def listing(*machines: OrganizationMachine, **more: Any) -> OrganizationMachines:
    return OrganizationMachines(machines=machines, **more)


def listed(app: str, image: str | None = None, state: str = "started") -> OrganizationMachine:
    return OrganizationMachine(app_name=app, id=f"{app}-1", state=state, region="ams", image=image)


def helper(
    machine_id: str = "s1",
    *,
    state: str = "started",
    checks: bool = True,
    critical: bool = False,
    env: Mapping[str, str] | None = None,
    **more: str,
) -> Machine:
    """A Machine of an app that serves others: no services, one health check."""
    settings: dict[str, Any] = {"env": {**(env or {}), **more}}
    if checks:
        settings["checks"] = {"vector": {"type": "http"}}
    status = "critical" if critical else "passing"
    made = machine(machine_id, state=state, **settings)
    return made.model_copy(update={"checks": (CheckStatus(name="vector", status=status),)})
