"""The fly.toml of the current release, as Fly.io keeps it, and what it says of a process group."""

from flytui.fly.models import App, Machine
from flytui.repo import LocalConfig, LocalService
from flytui.repo.checkout import LocalVm
from flytui.repo.config import local_config

_REGION_LENGTH = 3


def deployed(app: App) -> LocalConfig | None:
    """What the app is meant to be; None when Fly.io keeps no fly.toml of it."""
    release = app.current_release
    if release is None or not release.config_definition:
        return None
    return local_config("fly.toml", release.config_definition)


def concerns(config: LocalConfig, group: str, processes: tuple[str, ...]) -> bool:
    """Whether a section naming these processes is the group's; naming none, it is the default's."""
    return group in processes or (not processes and group == default_group(config))


def default_group(config: LocalConfig) -> str:
    """`app` where there is one, else the first by name: flyctl's rule."""
    names = sorted(config.process_groups)
    return "app" if "app" in names else names[0]


def declared_services(config: LocalConfig, group: str) -> tuple[LocalService, ...]:
    return tuple(s for s in config.services if concerns(config, group, s.processes))


def declares_mounts(config: LocalConfig, group: str) -> bool:
    return any(concerns(config, group, tuple(m.get("processes", ()))) for m in config.mounts)


def declared_vm(config: LocalConfig, group: str) -> LocalVm | None:
    """The `[[vm]]` that names the group, else the one that names no group."""
    named = next((vm for vm in config.vms if group in vm.processes), None)
    return named or next((vm for vm in reversed(config.vms) if not vm.processes), None)


def primary_region(app: App, machines: tuple[Machine, ...]) -> str | None:
    """The region in which `min_machines_running` counts; None when nothing tells."""
    config = deployed(app)
    if config is not None and config.primary_region:
        return config.primary_region
    told = {m.settings.env.get("PRIMARY_REGION", "") for m in machines if m.counts}
    codes = {code for code in told if len(code) == _REGION_LENGTH and code.isalnum()}
    return codes.pop() if len(codes) == 1 else None
