"""Whether Machines run with a secret's present value: the rule of `fly secrets list`, careful."""

from datetime import datetime
from enum import StrEnum

from flytui.facts.fact import Unseen
from flytui.fly.models import Machine, ReleaseRecord, Secret


class Deployment(StrEnum):
    """The words of `fly secrets list`, in a sentence's case."""

    DEPLOYED = "deployed"
    PARTIAL = "partly deployed"
    STAGED = "staged"
    UNKNOWN = "unknown"


_MOST_MACHINES = 100
"""Beyond that number `fly secrets list` gives no status either."""


def deployment(
    secret: Secret, machines: tuple[Machine, ...], releases: tuple[ReleaseRecord, ...] | Unseen
) -> Deployment:
    """DEPLOYED when each Machine of `fly deploy` got its release after the secret was set.

    Unlike `fly`, a Machine whose release is unseen makes it UNKNOWN, not staged, and one created
    after the secret was set has it whatever its release.
    """
    own = [m for m in machines if m.counts and m.launch_managed]
    if not own:
        return Deployment.STAGED
    if secret.updated_at is None or len(own) > _MOST_MACHINES:
        return Deployment.UNKNOWN
    known = () if isinstance(releases, Unseen) else releases
    have = {_has(secret.updated_at, machine, known) for machine in own}
    if None in have:
        return Deployment.UNKNOWN
    if have == {True}:
        return Deployment.DEPLOYED
    return Deployment.STAGED if have == {False} else Deployment.PARTIAL


def _has(
    updated_at: datetime, machine: Machine, releases: tuple[ReleaseRecord, ...]
) -> bool | None:
    """Whether the Machine has the secret's present value; None when nothing tells."""
    if updated_at <= machine.created_at:
        return True
    version = machine.settings.metadata.get("fly_release_version", "")
    if not version.isdigit():
        return None
    dates = {release.version: release.created_at for release in releases}
    if int(version) in dates:
        return updated_at <= dates[int(version)]
    oldest = min(dates, default=None)
    if oldest is not None and int(version) < oldest and updated_at > dates[oldest]:
        return False
    return None
