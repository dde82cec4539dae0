"""How far requests travel: from the region where they enter Fly.io to the nearest Machine."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from flytui.fly.models import Region, Sample

_EARTH_KM = 6371


@dataclass(frozen=True, slots=True)
class Entry:
    """Requests that entered at one region."""

    region: str
    requests: int
    share: float
    """Of the requests of all regions seen."""
    km: int | None
    """To the nearest Machine; None where a region's place is unknown."""


def kilometres(one: Region, other: Region) -> float:
    """The length of the great circle between two regions."""
    north, east = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    along = sin(north / 2) ** 2
    across = cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, along + across)))


def entries(
    traffic: Iterable[Sample], regions: Iterable[Region], machines: Iterable[str]
) -> tuple[Entry, ...]:
    """The regions of entry, busiest first, with their distance to the nearest of `machines`."""
    known = {r.code: r for r in regions}
    near = [known[code] for code in machines if code in known]
    counted = [(s.labels.get("region", ""), s.value) for s in traffic if s.value > 0]
    total = sum(value for _, value in counted)
    found = []
    for code, value in sorted(counted, key=lambda c: -c[1]):
        place = known.get(code)
        km = round(min(kilometres(place, n) for n in near)) if place and near else None
        found.append(Entry(code, round(value), value / total, km))
    return tuple(found)
