"""Machine sizes: Fly.io's limits of memory per CPU, and the next size that fits."""

from flytui.fly.models import Guest
from flytui.repo.checkout import LocalVm

_COUNTS = {"shared": (1, 2, 4, 6, 8), "performance": (1, 2, 4, 6, 8, 10, 12, 14, 16)}
_LEAST = {"shared": 256, "performance": 2048}
_MOST = {"shared": 2048, "performance": 8192}
_STEP = {"shared": 256, "performance": 2048}
"""MB. The docs ask for steps of 2048 where `fly` takes 1024: these satisfy both."""


def words(guest: Guest) -> str:
    """`shared-cpu-1x with 256 MB`."""
    return f"{guest.size} with {guest.memory_mb} MB"


def limits(guest: Guest) -> tuple[int, int] | None:
    """The least and most memory in MB for its CPUs; None for a kind of CPU not documented."""
    if guest.cpu_kind not in _LEAST:
        return None
    return guest.cpus * _LEAST[guest.cpu_kind], guest.cpus * _MOST[guest.cpu_kind]


def fitting(kind: str, cpus: int, memory_mb: int) -> Guest | None:
    """The smallest valid size with at least so many CPUs and so much memory; None beyond all."""
    for cpu_count in _COUNTS.get(kind, ()):
        least, most = cpu_count * _LEAST[kind], cpu_count * _MOST[kind]
        memory = max(least, -(-memory_mb // _STEP[kind]) * _STEP[kind])
        if cpu_count >= cpus and memory <= most:
            return Guest(cpu_kind=kind, cpus=cpu_count, memory_mb=memory)
    return None


def roomier(guest: Guest) -> Guest | None:
    """Twice the memory, with more CPUs only where those the Machine has do not allow it."""
    return fitting(guest.cpu_kind, guest.cpus, guest.memory_mb * 2)


def stated(vm: LocalVm) -> Guest | None:
    """The size a `[[vm]]` section asks for, filled up as `fly deploy` does; None if unreadable."""
    name = vm.size or "shared-cpu-1x"
    kind, _, cpus = name.replace("shared-cpu-", "shared-").rpartition("-")
    if kind not in _LEAST or not cpus.removesuffix("x").isdigit():
        return None
    preset = int(cpus.removesuffix("x"))
    return Guest(
        cpu_kind=vm.cpu_kind or kind,
        cpus=vm.cpus or preset,
        memory_mb=vm.memory_mb or preset * _LEAST[kind],
    )
