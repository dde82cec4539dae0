"""Facts from Prometheus: what Fly.io measured of the app, in as few requests as can be."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from flytui.facts import promql
from flytui.facts.app import app
from flytui.facts.fact import Ask, Needs, fact
from flytui.facts.machines import machines
from flytui.fly.errors import Missing, Refused

if TYPE_CHECKING:
    from flytui.fly.models import Organization, Sample, Track

T = TypeVar("T")
_DAY = timedelta(days=1)
_STEP = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Measured:
    """The measurements of one look. A missing one is normal: a stopped Machine sends none."""

    samples: tuple[Sample, ...] = ()
    """Each labelled `flytui` with the measurement's name."""
    _of: dict[str, dict[str, float]] = field(default_factory=dict, init=False, compare=False)
    """By name and Machine id: every check asks for every Machine of thousands."""

    def __post_init__(self) -> None:
        for one in self.samples:
            if "instance" in one.labels:
                values = self._of.setdefault(one.labels.get("flytui", ""), {})
                values[one.labels["instance"]] = one.value

    def of(self, name: str) -> Mapping[str, float]:
        """By Machine id."""
        return self._of.get(name, {})

    def total(self, name: str) -> float | None:
        """Of the app as a whole; None when there was no such measurement."""
        return next((s.value for s in self.samples if s.labels.get("flytui") == name), None)


@dataclass(frozen=True, slots=True)
class Courses:
    """How measurements went over the last day."""

    tracks: tuple[Track, ...] = ()
    _of: dict[tuple[str, str], tuple[float, ...]] = field(
        default_factory=dict, init=False, compare=False
    )
    """By name and Machine id."""

    def __post_init__(self) -> None:
        for one in self.tracks:
            place = (one.labels.get("flytui", ""), one.labels.get("instance", ""))
            self._of.setdefault(place, one.values)

    def of(self, name: str, machine: str) -> tuple[float, ...]:
        """The Machine's values, oldest first; empty when there are none."""
        return self._of.get((name, machine), ())


@fact("Prometheus /prometheus/{org}/api/v1/query", needs=Needs.METRICS)
async def measured(ask: Ask) -> Measured:
    """CPU, memory, kills, concurrency, response times, errors and traffic, in one query.

    The windows reach back an hour, a day or a week, since a stopped Machine sends nothing.
    """
    query = promql.measurements(ask.app)
    return Measured(await _asked(ask, lambda slug: ask.fly.query(slug, query)))


@fact("Prometheus /prometheus/{org}/api/v1/query_range", needs=Needs.METRICS)
async def courses(ask: Ask) -> Courses:
    """Memory and CPU of each Machine over the last day, a value each hour."""
    span = (ask.now - _DAY, ask.now)
    query = promql.courses(ask.app)
    return Courses(await _asked(ask, lambda slug: ask.fly.query_range(slug, query, span, _STEP)))


@fact("Prometheus /prometheus/{org}/api/v1/label/__name__/values", needs=Needs.METRICS)
async def own_series(ask: Ask) -> tuple[str, ...]:
    """Names of the series that the app itself told in the last day.

    Only asked for where a Machine has a metrics endpoint; without one there are none.
    """
    if not any(m.settings.metrics for m in await ask.get(machines)):
        return ()
    selector, since = promql.own_series(ask.app), ask.now - _DAY
    return await _asked(ask, lambda slug: ask.fly.series_names(slug, selector, since))


@fact("Prometheus fly_edge_http_responses_count", needs=Needs.METRICS)
async def edge_traffic(ask: Ask) -> tuple[Sample, ...]:
    """HTTP responses of the last 7 days by the region where they entered Fly.io's edge."""
    found = await ask.get(measured)
    return tuple(s for s in found.samples if s.labels.get("flytui") == "traffic")


async def _asked(ask: Ask, query: Callable[[str], Awaitable[T]]) -> T:
    """By the organisation's own slug; a personal organisation may be known as `personal` only."""
    owner: Organization = (await ask.get(app)).organization
    try:
        return await query(owner.raw_slug)
    except (Missing, Refused) as error:
        if owner.slug == owner.raw_slug or error.status == 401:
            raise
    return await query(owner.slug)
