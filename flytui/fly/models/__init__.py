"""Frozen models of Fly.io's answers, only the fields we use; imported when one is first used.

So that questions leave before pydantic is imported, which reads the answers.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flytui.fly.models import people, postgres, wire
    from flytui.fly.models.app import (
        AddOn,
        App,
        DeploymentSource,
        HostIssue,
        LimitedAccessToken,
        ListedApp,
        Organization,
        OrganizationApp,
        Release,
        ReleaseRecord,
        Role,
        Viewer,
    )
    from flytui.fly.models.machine import (
        CheckStatus,
        Concurrency,
        Container,
        EventRequest,
        ExitEvent,
        File,
        Guest,
        ImageRef,
        Init,
        Machine,
        MachineConfig,
        MachineEvent,
        Metrics,
        Mount,
        Placement,
        Port,
        Process,
        Region,
        Sample,
        Secret,
        Service,
        ServiceCheck,
        VmSize,
        Volume,
    )
    from flytui.fly.models.network import (
        Address,
        AddressKind,
        Certificate,
        CertificateSummary,
        Issued,
        ValidationError,
    )
    from flytui.fly.models.organization import OrganizationMachine, OrganizationMachines, Track

__all__ = [
    "AddOn",
    "Address",
    "AddressKind",
    "App",
    "Certificate",
    "CertificateSummary",
    "CheckStatus",
    "Concurrency",
    "Container",
    "DeploymentSource",
    "EventRequest",
    "ExitEvent",
    "File",
    "Guest",
    "HostIssue",
    "ImageRef",
    "Init",
    "Issued",
    "LimitedAccessToken",
    "ListedApp",
    "Machine",
    "MachineConfig",
    "MachineEvent",
    "Metrics",
    "Mount",
    "Organization",
    "OrganizationApp",
    "OrganizationMachine",
    "OrganizationMachines",
    "Placement",
    "Port",
    "Process",
    "Region",
    "Release",
    "ReleaseRecord",
    "Role",
    "Sample",
    "Secret",
    "Service",
    "ServiceCheck",
    "Track",
    "ValidationError",
    "Viewer",
    "VmSize",
    "Volume",
    "people",
    "postgres",
    "wire",
]
_MODULES = ("app", "machine", "network", "organization")
"""Where the models above are defined."""
_APART = ("people", "postgres", "wire")
"""Modules whose models are named with their module."""


def __getattr__(name: str) -> object:
    if name in _APART:
        return import_module(f"{__name__}.{name}")
    if name in __all__:
        for module in _MODULES:
            found: object = vars(import_module(f"{__name__}.{module}")).get(name)
            if found is not None:
                globals()[name] = found
                return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
