"""What a deployment makes of a fly.toml: the configuration of one process group's Machines."""

from typing import Any

from flytui.demo.state import Json, Release

_MEMORY = {"shared": 256, "performance": 2048}


def machine_config(definition: Json, group: str, image: str, release: Release) -> Json:
    """The configuration `fly deploy` would give a Machine of this group."""
    config: Json = {
        "image": image,
        "env": _env(definition, group),
        "guest": guest(_vm(definition, group)),
        "init": _init(definition, group),
        "metadata": {
            "fly_platform_version": "v2",
            "fly_process_group": group,
            "fly_release_id": release.id,
            "fly_release_version": str(release.version),
            "fly_flyctl_version": "0.3.200",
        },
        "restart": {"policy": "on-failure", "max_retries": 10},
        "services": [_service(one) for one in _services(definition, group)],
    }
    if checks := definition.get("checks"):
        config["checks"] = checks
    for one in _of_group(definition.get("metrics"), group)[:1]:
        config["metrics"] = {"port": one["port"], "path": one["path"]}
    return config


def groups(definition: Json) -> tuple[str, ...]:
    return tuple(definition.get("processes") or {"app": ""})


def guest(vm: Json) -> Json:
    """A guest from `[[vm]]`: the preset's name first, then what overrules it."""
    family, _, cpus = str(vm.get("size", "shared-cpu-1x")).removesuffix("x").rpartition("-")
    kind = str(vm.get("cpu_kind") or family.removesuffix("-cpu"))
    count = int(vm.get("cpus") or cpus)
    memory = _megabytes(vm.get("memory")) or _MEMORY[kind] * count
    return {"cpu_kind": kind, "cpus": count, "memory_mb": memory}


def _megabytes(memory: object) -> int | None:
    if isinstance(memory, str):
        words = memory.lower().replace(" ", "")
        return int(words[:-2]) * (1024 if words.endswith("gb") else 1)
    return int(memory) if isinstance(memory, int) else None


def _env(definition: Json, group: str) -> dict[str, str]:
    env = {key: str(value) for key, value in (definition.get("env") or {}).items()}
    region = definition.get("primary_region")
    return env | {"FLY_PROCESS_GROUP": group} | ({"PRIMARY_REGION": region} if region else {})


def _init(definition: Json, group: str) -> Json:
    command = (definition.get("processes") or {}).get(group)
    init: Json = {"cmd": command.split()} if command else {}
    if swap := definition.get("swap_size_mb"):
        init["swap_size_mb"] = swap
    return init


def _vm(definition: Json, group: str) -> Json:
    found = _of_group(definition.get("vm"), group)
    return found[0] if found else {}


def _of_group(tables: Any, group: str) -> list[Json]:
    """The tables that name this group, or name none."""
    listed = tables if isinstance(tables, list) else [tables] if tables else []
    return [one for one in listed if group in (one.get("processes") or [group])]


def _services(definition: Json, group: str) -> list[Json]:
    web = _of_group(definition.get("http_service"), group)
    return [_http(one) for one in web] + _of_group(definition.get("services"), group)


def _http(service: Json) -> Json:
    """`[http_service]` is short for a TCP service on ports 80 and 443."""
    plain = {"port": 80, "handlers": ["http"]}
    if service.get("force_https"):
        plain["force_https"] = True
    secure = {"port": 443, "handlers": ["http", "tls"]}
    return {**service, "protocol": "tcp", "ports": [plain, secure], "http": True}


def _service(service: Json) -> Json:
    stop = {"off": False, "stop": True}.get(
        str(service.get("auto_stop_machines", "off")), "suspend"
    )
    config: Json = {
        "protocol": service.get("protocol", "tcp"),
        "internal_port": service["internal_port"],
        "autostop": stop,
        "autostart": service.get("auto_start_machines", True),
        "min_machines_running": service.get("min_machines_running", 0),
        "ports": service.get("ports", []),
        "force_instance_key": None,
    }
    if concurrency := service.get("concurrency"):
        config["concurrency"] = concurrency
    kind = "http" if service.get("http") else "tcp"
    if checks := service.get("checks") or service.get("http_checks") or service.get("tcp_checks"):
        config["checks"] = [{"type": kind, **check} for check in checks]
    return config
