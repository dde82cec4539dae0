"""Settings of fly.toml that tune a service or a deploy; a deploy brings them into effect."""

from flytui.checks.deployed import declared_services
from flytui.checks.groups import Group
from flytui.edits.operations import Append, Drop, Operation, Put, Row, ServiceOf, Table
from flytui.fly.models import Service
from flytui.remedy import Edit, Remedy
from flytui.repo import LocalConfig

_CHECK = Row(
    (
        *(("grace_period", "10s"), ("interval", "30s"), ("timeout", "5s")),
        *(("method", "GET"), ("path", "/healthz")),
        ("headers", Row((("X-Forwarded-Proto", "https"),))),
    )
)
_SOFT = 200
"""What a web app often takes; the app's own number is found by trying."""


def concurrency(app: str, config: LocalConfig | None, group: Group) -> tuple[Remedy, ...]:
    """Count requests, with a soft limit to be tried under load and no hard one."""
    section = _section(config, group)
    return _edit(
        app,
        config,
        group,
        title=f"Limit {group.name} by requests",
        why="At the soft limit, Fly Proxy prefers other Machines; it can be right only by trial.",
        snippet=f'{section}\n  [{_inner(section)}.concurrency]\n    type = "requests"\n'
        f"    soft_limit = {_SOFT}\n",
        operations=_limited(_service(config, group), "requests", _SOFT),
    )


def limits(
    app: str, config: LocalConfig | None, group: Group, service: Service
) -> tuple[Remedy, ...]:
    """Leave the kind as it is, and no hard limit near the soft one."""
    section, told = _section(config, group), service.concurrency
    kind = (told.type if told else None) or ("requests" if service.http else "connections")
    soft = (told.soft_limit if told else None) or _SOFT
    return _edit(
        app,
        config,
        group,
        title=f"Leave room above the soft limit of {group.name}",
        why="Between the two limits, other Machines are started and take over.",
        snippet=f'{section}\n  [{_inner(section)}.concurrency]\n    type = "{kind}"\n'
        f"    soft_limit = {soft}\n",
        operations=_limited(ServiceOf(group.name, service.internal_port), kind, soft),
    )


def http_check(app: str, config: LocalConfig | None, group: Group) -> tuple[Remedy, ...]:
    """A check that Fly Proxy heeds; the header keeps force_https from answering 301."""
    section = _section(config, group)
    inner = "http_service.checks" if section == "[http_service]" else "services.http_checks"
    return _edit(
        app,
        config,
        group,
        title=f"Check the health of {group.name}",
        why="Fly Proxy sends requests only to Machines whose service checks pass.",
        snippet=f'{section}\n  [[{inner}]]\n    grace_period = "10s"\n    interval = "30s"\n'
        f'    timeout = "5s"\n    method = "GET"\n    path = "/healthz"\n'
        f'    [{inner}.headers]\n      X-Forwarded-Proto = "https"\n',
        operations=(Append(_service(config, group), "http_checks", _CHECK),),
    )


def strategy(app: str, config: LocalConfig | None, wanted: str, why: str) -> tuple[Remedy, ...]:
    path = config.path if config else "fly.toml"
    return (
        Edit(
            path=path,
            title=f"Deploy with the strategy {wanted}",
            why=why,
            snippet=f'[deploy]\n  strategy = "{wanted}"\n',
            note=f"Then fly config validate -a {app} --strict, and fly deploy -a {app}",
            operations=(Put(Table(("deploy",)), ("strategy",), wanted),),
        ),
    )


def _service(config: LocalConfig | None, group: Group) -> ServiceOf:
    """The service that the section describes; where nobody knows it, each of the group."""
    found = next(iter(declared_services(config, group.name)), None) if config else None
    return ServiceOf(group.name, found.internal_port if found else None)


def _limited(service: ServiceOf, kind: str, soft: int) -> tuple[Operation, ...]:
    return (
        Put(service, ("concurrency", "type"), kind),
        Put(service, ("concurrency", "soft_limit"), soft),
        Drop(service, ("concurrency", "hard_limit")),
    )


def _section(config: LocalConfig | None, group: Group) -> str:
    """The section in which fly.toml describes the group's service."""
    service = next(iter(declared_services(config, group.name)), None) if config else None
    return "[[services]]" if service and not service.from_http_service else "[http_service]"


def _inner(section: str) -> str:
    return section.strip("[]")


def _edit(  # noqa: PLR0913  (the parts of the edit)
    app: str,
    config: LocalConfig | None,
    group: Group,
    *,
    title: str,
    why: str,
    snippet: str,
    operations: tuple[Operation, ...],
) -> tuple[Remedy, ...]:
    if not group.managed:
        return ()
    note = f"In the service of {group.name}; then fly config validate -a {app} --strict, and fly"
    path = config.path if config else "fly.toml"
    return (Edit(path, title, why, snippet, f"{note} deploy -a {app}", operations),)
