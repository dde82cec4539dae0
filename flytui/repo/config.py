"""A Fly configuration file as one value, its old shapes brought to the present ones."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flytui.repo.checkout import BrokenFile, LocalConfig, LocalVm
from flytui.repo.parsing import Unreadable, parse, text_of
from flytui.repo.service import check_kinds, services
from flytui.repo.shapes import Shapes, Table, megabytes, printed, text, words
from flytui.text import one_line

_TELLING_KEYS = frozenset(
    {"primary_region", "http_service", "services", "vm", "compute", "mounts", "mount"}
    | {"swap_size_mb", "kill_signal", "kill_timeout", "processes"}
)
_KNOWN_KEYS = _TELLING_KEYS | frozenset(
    {"app", "console_command", "experimental", "build", "deploy", "env", "checks", "files"}
    | {"host_dedication_id", "machine_config", "container", "machine_checks", "restart"}
    | {"computes", "statics", "metric", "metrics"}
)
_OTHER_FORMATS = frozenset({"jobs", "on", "version", "apiVersion", "kind", "resources"})


def read_config(root: Path, path: str, *, certain: bool) -> LocalConfig | BrokenFile | None:
    """The configuration at `path`; None when it is something else that only has the name.

    `certain` says that flyctl would read this very file, so that one which cannot be read
    is broken rather than somebody else's.
    """
    try:
        content = parse(path, text_of(root / path))
    except Unreadable as error:
        if path.endswith(".yml"):  # flyctl takes it for TOML, nearly everybody else for YAML
            return None
        return BrokenFile(path, error.problem, error.line)
    if not isinstance(content, Mapping):
        return _not_a_table(path, content) if certain or path.endswith(".yaml") else None
    if not path.endswith("fly.toml") and not is_fly_config(content):
        return None
    return local_config(path, content)


def is_fly_config(content: Table) -> bool:
    """Whether these keys are a Fly configuration's, not a workflow's or a data file's."""
    keys = set(content)
    if not keys & _KNOWN_KEYS or {"jobs", "on"} <= keys:
        return False
    if isinstance(content.get("app"), str) or keys & _TELLING_KEYS:
        return True
    return keys <= _KNOWN_KEYS and not keys & _OTHER_FORMATS


def _not_a_table(path: str, content: object) -> BrokenFile:
    if isinstance(content, str) and "=" in content:
        kind = path.rpartition(".")[2]
        return BrokenFile(
            path, f"It holds TOML, but flyctl reads .{kind} files as {kind.upper()}.", 1
        )
    if content is None:
        return BrokenFile(path, "The file is empty.")
    return BrokenFile(path, "It holds no settings, only a single value or a list.", 1)


def local_config(path: str, content: Table) -> LocalConfig:
    """The settings as flyctl takes them; refused ones are named in `problems`."""
    shapes = Shapes()
    build = shapes.table(content.get("build"), "build")
    deploy = shapes.table(content.get("deploy"), "deploy")
    return LocalConfig(
        path=path,
        app=text(content.get("app")),
        primary_region=text(content.get("primary_region")),
        process_groups=_process_groups(content.get("processes"), shapes),
        services=services(content, shapes),
        vms=_vms(content, shapes),
        swap_size_mb=shapes.integer(content.get("swap_size_mb"), "swap_size_mb"),
        top_level_checks=check_kinds(content.get("checks"), shapes),
        strategy=text(deploy.get("strategy")),
        release_command=text(deploy.get("release_command")),
        metrics=_metrics(content, shapes),
        mounts=_mounts(content, shapes),
        env=_env(content.get("env"), shapes),
        build_args=_strings(shapes.table(build.get("args"), "build.args")),
        unknown_keys=tuple(sorted(one_line(str(k), 80) for k in content if k not in _KNOWN_KEYS)),
        image=text(build.get("image")),
        dockerfile=text(build.get("dockerfile")),
        raw_files=_raw_files(content, shapes),
        problems=tuple(shapes.refused),
    )


def _process_groups(value: object, shapes: Shapes) -> tuple[str, ...]:
    """The names; `[[processes]] name = …` is the old way to write them."""
    match value:
        case Mapping():
            names = [one_line(str(name), 80) for name in value]
        case list():
            tables = (item for item in value if isinstance(item, Mapping))
            names = [name for table in tables if (name := text(table.get("name")))]
        case None:
            names = []
        case _:
            shapes.refuse("processes is neither a table nor a list.")
            names = []
    return tuple(dict.fromkeys(names)) or ("app",)


def _vms(content: Table, shapes: Shapes) -> tuple[LocalVm, ...]:
    tables: list[Table] = []
    for key in ("compute", "computes", "vm"):
        tables += shapes.tables(content.get(key), key)
    return tuple(_vm(table, shapes) for table in tables)


def _vm(table: Table, shapes: Shapes) -> LocalVm:
    memory = megabytes(table.get("memory"))
    if memory is None and table.get("memory") is not None:
        shapes.refuse("vm.memory is not a size.")
    stated = shapes.integer(table.get("memory_mb"), "vm.memory_mb")
    return LocalVm(
        size=text(table.get("size")),
        cpu_kind=text(table.get("cpu_kind")),
        cpus=shapes.integer(table.get("cpus"), "vm.cpus"),
        memory_mb=memory if memory is not None else stated,
        processes=words(table.get("processes")),
        gpus=shapes.integer(table.get("gpus"), "vm.gpus"),
        gpu_kind=text(table.get("gpu_kind")),
        host_dedication_id=text(table.get("host_dedication_id")),
    )


def _metrics(content: Table, shapes: Shapes) -> tuple[dict[str, Any], ...]:
    """`[metrics]`, `[[metrics]]`, or in old files `experimental.metrics_port`."""
    tables: list[Table] = []
    for key in ("metric", "metrics"):
        tables += shapes.tables(content.get(key), key)
    old = shapes.table(content.get("experimental"), "experimental")
    moved = {key: old[f"metrics_{key}"] for key in ("port", "path") if f"metrics_{key}" in old}
    if moved and "metrics" not in content:
        tables.append(moved)
    return tuple(_known(table, shapes, ("port",), ("path",)) for table in tables)


def _mounts(content: Table, shapes: Shapes) -> tuple[dict[str, Any], ...]:
    tables: list[Table] = []
    for key in ("mount", "mounts"):
        tables += shapes.tables(content.get(key), key)
    numbers = ("snapshot_retention", "auto_extend_size_threshold")
    texts = ("source", "destination", "initial_size", "auto_extend_size_increment")
    found = []
    for table in tables:
        mount = _known(table, shapes, numbers, (*texts, "auto_extend_size_limit"))
        scheduled = shapes.boolean(table.get("scheduled_snapshots"), "mounts.scheduled_snapshots")
        found.append(mount if scheduled is None else {**mount, "scheduled_snapshots": scheduled})
    return tuple(found)


def _known(
    table: Table, shapes: Shapes, numbers: tuple[str, ...], texts: tuple[str, ...]
) -> dict[str, Any]:
    """The named settings that are there, numbers as `int`, and `processes` always."""
    found: dict[str, Any] = {"processes": words(table.get("processes"))}
    found |= {key: shapes.integer(table.get(key), key) for key in numbers if key in table}
    return found | {key: value for key in texts if (value := text(table.get(key))) is not None}


def _env(value: object, shapes: Shapes) -> dict[str, str]:
    match value:
        case None:
            return {}
        case Mapping():
            return _strings(value)
        case list():
            merged: dict[str, str] = {}
            for item in value:
                merged |= _env(item, shapes)
            return merged
    shapes.refuse("env is neither a table nor a list of tables.")
    return {}


def _strings(table: Table) -> dict[str, str]:
    """Every value as text, as flyctl prints it; a truth value in lower case."""
    return {
        one_line(str(key), 200): value if isinstance(value, str) else printed(value)
        for key, value in table.items()
    }


def _raw_files(content: Table, shapes: Shapes) -> tuple[str, ...]:
    tables = shapes.tables(content.get("files"), "files")
    raw = (table for table in tables if table.get("raw_value"))
    return tuple(text(table.get("guest_path")) or "(no guest_path)" for table in raw)
