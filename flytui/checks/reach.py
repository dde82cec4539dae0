"""Whether an app's Machines are near those who use it, and in more than one region."""

from collections.abc import Iterator
from dataclasses import dataclass

from flytui.checks import prices
from flytui.checks.distance import Entry, entries
from flytui.checks.groups import Group
from flytui.checks.remedies_machines import add_region
from flytui.checks.verdict import Concern, Verdict
from flytui.checks.words import count, listed
from flytui.facts import machines as facts
from flytui.facts import metrics
from flytui.facts.fact import Unseen
from flytui.finding import Evidence, Status, evidence
from flytui.fly.models import Region, Sample
from flytui.remedy import Link, Remedy
from flytui.settings import Thresholds

_PLACEMENT_PAGE = "https://fly.io/docs/launch/scale-count/#scale-an-apps-regions"


@dataclass(frozen=True, slots=True)
class Map:
    """What reach rests on beside the Machines."""

    app: str
    regions: tuple[Region, ...] | Unseen
    traffic: tuple[Sample, ...] | Unseen
    thresholds: Thresholds
    prices: prices.Sizes

    def far(self, present: tuple[str, ...]) -> tuple[Entry, ...]:
        """Where requests enter farther away than the threshold."""
        return tuple(
            e
            for e in self.entries(present)
            if e.km is not None and e.km > self.thresholds.far_region_km
        )

    def entries(self, present: tuple[str, ...]) -> tuple[Entry, ...]:
        if isinstance(self.regions, Unseen) or isinstance(self.traffic, Unseen):
            return ()
        return entries(self.traffic, self.regions, present)


def reach(group: Group, map_: Map) -> Verdict:
    """One region is a decision to take; far requests and ending regions make it pressing."""
    present = tuple(sorted({m.region for m in group.sound}))
    concerns = (*_far(group, map_, present), *_deprecated(group, map_, present))
    if len(present) < 2:
        concerns = (*concerns, _single(group, map_, present))
    well = Concern(Status.OK, f"{group.subject} is in {count(len(present), 'region')}.")
    return Verdict(group.name, concerns or (well,), tuple(_evidence(group, map_, present)))


def _evidence(group: Group, map_: Map, present: tuple[str, ...]) -> Iterator[Evidence]:
    yield evidence(f"Regions of {group.words}", ", ".join(present) or "none", facts.machines)
    for entry in map_.entries(present):
        distance = "distance unknown" if entry.km is None else f"{entry.km} km to the nearest"
        yield evidence(
            f"Requests entering at {entry.region}",
            f"{entry.share:.0%} of 7 days, {distance}",
            metrics.edge_traffic,
            moves=True,
        )


def _remedies(group: Group, map_: Map, present: tuple[str, ...]) -> tuple[Remedy, ...]:
    if not group.managed:
        return (
            Link(
                _PLACEMENT_PAGE,
                "Read how Machines get into a region",
                "Unmanaged Machines are cloned one by one, with --region.",
            ),
        )
    asked = [e.region for e in map_.far(present)]
    offered = map_.regions if not isinstance(map_.regions, Unseen) else ()
    usable = [r.code for r in offered if not r.deprecated and r.code not in present]
    first = [code for code in asked if code in usable]
    near = (*first, *(code for code in usable if code not in first))
    return (add_region(map_.app, group, map_.prices, taken=present, near=near),)


def _single(group: Group, map_: Map, present: tuple[str, ...]) -> Concern:
    place = f": {present[0]}" if present else ""
    return Concern(
        Status.ADVICE,
        f"{group.subject} is in {count(len(present), 'region')}{place}.",
        _remedies(group, map_, present),
    )


def _far(group: Group, map_: Map, present: tuple[str, ...]) -> Iterator[Concern]:
    far = map_.far(present)
    share = sum(e.share for e in far)
    if share > map_.thresholds.far_region_share:
        yield Concern(
            Status.ADVICE,
            f"{share:.0%} of requests enter more than {map_.thresholds.far_region_km} km from"
            f" {group.words}, at {listed(e.region for e in far)}.",
            _remedies(group, map_, present),
        )


def _deprecated(group: Group, map_: Map, present: tuple[str, ...]) -> Iterator[Concern]:
    if isinstance(map_.regions, Unseen):
        return
    ending = [r.code for r in map_.regions if r.deprecated and r.code in present]
    if ending:
        yield Concern(
            Status.ADVICE,
            f"{group.subject} has Machines in {count(len(ending), 'region')} that Fly.io gives up:"
            f" {listed(ending)}.",
            _remedies(group, map_, present),
        )
