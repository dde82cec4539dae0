"""Whether a group's data is on more than one volume, each on hardware of its own."""

from collections.abc import Iterator

from flytui.checks import remedies_machines as remedies
from flytui.checks.groups import Group
from flytui.checks.verdict import Concern
from flytui.checks.words import be, count
from flytui.facts.fact import Unseen
from flytui.finding import Status
from flytui.fly.models import Volume
from flytui.remedy import Link, Remedy

_VOLUMES_PAGE = "https://fly.io/docs/volumes/overview/"


def volume_pairs(group: Group, app: str, volumes: tuple[Volume, ...] | Unseen) -> Iterator[Concern]:
    """At least 2 attached volumes in different hardware zones; none is ever added by itself."""
    if isinstance(volumes, Unseen):
        yield Concern(
            Status.UNKNOWN, f"The volumes of {group.words} cannot be seen.", unseen=volumes
        )
        return
    ids = {m.id for m in group.own}
    attached = [v for v in volumes if v.attached_machine_id in ids]
    if len(attached) < 2:
        yield Concern(
            Status.ADVICE,
            f"The data of {group.words} {be(1)} on {count(len(attached), 'volume')};"
            " Fly.io copies it nowhere else but into snapshots.",
            _second(group, app, attached),
        )
    yield from _zones(group, attached)
    yield from _health(group, volumes, attached)


def _second(group: Group, app: str, attached: list[Volume]) -> tuple[Remedy, ...]:
    page = Link(
        _VOLUMES_PAGE,
        "Read how volumes and Machines belong together",
        "A second volume only helps when the app copies its data to it.",
    )
    single = [m for m in group.sound if len(m.settings.mounts) == 1]
    if not attached or not single:
        return (page,)
    return (page, remedies.clone_with_volume(app, single[0], group, attached))


def _zones(group: Group, attached: list[Volume]) -> Iterator[Concern]:
    zones = {v.zone for v in attached}
    if len(attached) < 2 or len(zones) > 1:
        return
    if None in zones:
        unseen = Unseen(
            f"Fly.io does not tell the hardware zones of {count(len(attached), 'volume')}.",
            "Look at `fly volumes list`: the zones should differ.",
        )
        yield Concern(Status.UNKNOWN, unseen.cause, unseen=unseen)
        return
    yield Concern(
        Status.ADVICE,
        f"All {len(attached)} volumes of {group.words} are in 1 hardware zone.",
    )


def _health(group: Group, volumes: tuple[Volume, ...], attached: list[Volume]) -> Iterator[Concern]:
    ill = [v for v in attached if v.host_status not in {None, "ok"}]
    if ill:
        yield Concern(
            Status.ADVICE,
            f"The host of {count(len(ill), 'volume')} of {group.words} does not answer.",
        )
    names = {v.name for v in attached}
    idle = [v for v in volumes if v.attached_machine_id is None and v.name in names]
    if idle:
        yield Concern(
            Status.ADVICE,
            f"{count(len(idle), 'volume')} of {group.words} {be(len(idle))} not attached.",
            (
                Link(
                    _VOLUMES_PAGE,
                    "Read about volumes without a Machine",
                    "They are billed all the same, and nothing is written to them.",
                ),
            ),
        )
