"""Services of a Fly configuration: ports, autostop, concurrency and checks."""

from collections.abc import Iterable
from dataclasses import replace

from flytui.repo.checkout import LocalService
from flytui.repo.shapes import Shapes, Table, text, words


def services(config: Table, shapes: Shapes) -> tuple[LocalService, ...]:
    """`[http_service]` first, then each of `[[services]]` that holds anything."""
    first = config.get("http_service")
    found = [] if first is None else [_http_service(shapes.table(first, "http_service"), shapes)]
    others = shapes.tables(config.get("services"), "services")
    found += [_service(service, shapes) for service in others if service]
    return tuple(found)


def check_kinds(checks: object, shapes: Shapes) -> tuple[str, ...]:
    """The kinds of the top-level `[checks]`, by table or by list."""
    if isinstance(checks, list):
        found: Iterable[object] = checks
    else:
        found = shapes.table(checks, "checks").values()
    return tuple(_kind(shapes.table(check, "checks")) for check in found)


def _kind(check: Table) -> str:
    return text(check.get("type")) or ("http" if "path" in check else "tcp")


def _http_service(service: Table, shapes: Shapes) -> LocalService:
    checks = shapes.tables(service.get("checks"), "http_service.checks")
    forced = shapes.boolean(service.get("force_https"), "http_service.force_https")
    return replace(
        _common(service, "http_service", shapes),
        ports=((80, ("http",)), (443, ("http", "tls"))),
        checks=("http",) * _filled(checks),
        force_https=forced or False,
        from_http_service=True,
    )


def _service(service: Table, shapes: Shapes) -> LocalService:
    ports = shapes.tables(service.get("ports"), "services.ports")
    forced = [
        shapes.boolean(port.get("force_https"), "services.ports.force_https") for port in ports
    ]
    return replace(
        _common(service, "services", shapes),
        protocol=text(service.get("protocol")) or "tcp",
        ports=_single_ports(ports, shapes),
        port_ranges=_ranges(ports, shapes),
        checks=_service_checks(service, shapes),
        force_https=any(forced),
    )


def _service_checks(service: Table, shapes: Shapes) -> tuple[str, ...]:
    kinds = {"tcp_checks": "tcp", "http_checks": "http", "script_checks": "script"}
    found: list[str] = []
    for key, kind in kinds.items():
        found += [kind] * _filled(shapes.tables(service.get(key), f"services.{key}"))
    named = shapes.tables(service.get("checks"), "services.checks")
    return (*found, *(_kind(check) for check in named if check))


def _filled(checks: tuple[Table, ...]) -> int:
    """How many checks there are; a table holding only an empty `headers` table still is one."""
    return sum(bool(check) for check in checks)


def _common(service: Table, where: str, shapes: Shapes) -> LocalService:
    """What both kinds of service share; ports and checks are still missing."""
    kind, soft, hard = _concurrency(service.get("concurrency"), where, shapes)
    start = service.get("auto_start_machines")
    minimum = service.get("min_machines_running")
    return LocalService(
        protocol="tcp",
        internal_port=shapes.integer(service.get("internal_port"), f"{where}.internal_port"),
        auto_stop=_auto_stop(service.get("auto_stop_machines"), where, shapes),
        auto_start=shapes.boolean(start, f"{where}.auto_start_machines"),
        min_machines_running=shapes.integer(minimum, f"{where}.min_machines_running"),
        ports=(),
        concurrency_type=kind,
        soft_limit=soft,
        hard_limit=hard,
        checks=(),
        processes=words(service.get("processes")),
    )


def _auto_stop(value: object, where: str, shapes: Shapes) -> str | None:
    """`true` means `stop`, `false` means `off`, as flyctl takes them."""
    word = text(value)
    known = {"true": "stop", "false": "off", "off": "off", "stop": "stop", "suspend": "suspend"}
    if word is None or word.lower() in known:
        return known[word.lower()] if word else None
    shapes.refuse(f"{where}.auto_stop_machines is none of off, stop, suspend.")
    return None


def _concurrency(
    value: object, where: str, shapes: Shapes
) -> tuple[str | None, int | None, int | None]:
    """(type, soft, hard); the old `"12,23"` means requests, soft first."""
    name = f"{where}.concurrency"
    if isinstance(value, str):
        soft, comma, hard = value.partition(",")
        if not comma:
            shapes.refuse(f"{name} is not a pair of limits.")
            return None, None, None
        return "requests", shapes.integer(soft, name), shapes.integer(hard, name)
    table = shapes.table(value, name)
    soft_limit = shapes.integer(table.get("soft_limit"), f"{name}.soft_limit")
    hard_limit = shapes.integer(table.get("hard_limit"), f"{name}.hard_limit")
    return text(table.get("type")), soft_limit, hard_limit


def _single_ports(
    ports: tuple[Table, ...], shapes: Shapes
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    found = []
    for port in ports:
        number = shapes.integer(port.get("port"), "services.ports.port")
        if number is not None:
            found.append((number, words(port.get("handlers"))))
    return tuple(found)


def _ranges(
    ports: tuple[Table, ...], shapes: Shapes
) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    found = []
    for port in ports:
        first = shapes.integer(port.get("start_port"), "services.ports.start_port")
        last = shapes.integer(port.get("end_port"), "services.ports.end_port")
        if first is not None and last is not None:
            found.append((first, last, words(port.get("handlers"))))
    return tuple(found)
