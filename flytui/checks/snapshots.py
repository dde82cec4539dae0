"""Volumes whose snapshots are what is left of their data: rows of the item `test-backups`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from flytui.checks import remedies_postgres as remedies
from flytui.checks.words import count
from flytui.facts import postgres as facts
from flytui.facts.fact import Fact, Unseen
from flytui.facts.postgres import Kept, Snapshots
from flytui.finding import Resource, Status, evidence
from flytui.fly.models.postgres import Snapshot
from flytui.remedy import Remedy
from flytui.settings.declared import Thresholds

KeptFact: TypeAlias = Fact[Kept] | Fact[Kept | None]


@dataclass(frozen=True, slots=True)
class Ages:
    """How old things are, and how old they may be."""

    now: datetime
    limits: Thresholds

    def old(self, taken: datetime) -> bool:
        """Whether what was taken then is too old for a daily backup."""
        return self.now - taken > timedelta(hours=self.limits.backup_hours)

    def words(self, taken: datetime) -> str:
        """`31 hours`, `4 days`."""
        hours = int((self.now - taken).total_seconds() // 3600)
        return count(hours, "hour") if hours < 72 else count(hours // 24, "day")


def volume_rows(kept: Kept, ages: Ages, fact: KeptFact) -> Iterator[Resource]:
    """A row for each volume; those that were not looked at are named."""
    for each in kept.volumes:
        yield _volume(kept, each, ages, fact)
    for volume in kept.skipped:
        words = f"The snapshots of {volume.id} of {kept.app} were not looked at."
        yield Resource("volume", volume.id, Status.MANUAL, words)


def _volume(kept: Kept, each: Snapshots, ages: Ages, fact: KeptFact) -> Resource:
    volume = each.volume
    status, words = _judged(each, ages)
    hopes: tuple[Remedy, ...] = ()
    if status is Status.ACTION:
        scheduled = volume.auto_backup_enabled is not False
        plan = () if scheduled else (remedies.schedule_snapshots(kept.app, volume),)
        hopes = (*plan, remedies.snapshot(kept.app, volume))
    days = volume.snapshot_retention
    return Resource(
        "volume",
        volume.id,
        status,
        f"{volume.name} of {kept.app} {words}.",
        (
            evidence("Size", f"{volume.size_gb} GB", fact),
            evidence("Scheduled snapshots", _scheduled(volume.auto_backup_enabled), fact),
            evidence("Snapshots", _number(each), fact),
            evidence("Snapshots kept", f"{days} days" if days else "not told", fact),
        ),
        hopes,
    )


def _scheduled(enabled: bool | None) -> str:
    return "not told" if enabled is None else "on" if enabled else "off"


def _number(each: Snapshots) -> str:
    return "not told" if isinstance(each.taken, Unseen) else str(len(each.taken))


def _judged(each: Snapshots, ages: Ages) -> tuple[Status, str]:
    if each.volume.auto_backup_enabled is False:
        return Status.ACTION, "is not backed up: scheduled snapshots are off"
    if isinstance(each.taken, Unseen):
        return Status.UNKNOWN, f"tells nothing of its snapshots: {each.taken.cause.rstrip('.')}"
    newest = max((s.created_at for s in each.taken if _good(s)), default=None)
    if newest is None:
        young = not ages.old(each.volume.created_at)
        return (
            (Status.ADVICE, "is too young to have a snapshot")
            if young
            else (Status.ACTION, "has no snapshot")
        )
    if ages.old(newest):
        return Status.ACTION, f"has no snapshot younger than {ages.words(newest)}"
    if each.volume.auto_backup_enabled is None:
        return Status.UNKNOWN, "does not tell whether snapshots are scheduled"
    return Status.OK, f"has a snapshot {ages.words(newest)} old"


def _good(snapshot: Snapshot) -> bool:
    return snapshot.status not in {"", "failed", "error", "pending"}


def archive_row(kept: Kept) -> Resource:
    if kept.archived:
        words = f"{kept.app} sends backups to object storage."
        now = remedies.from_now_on(kept.app)
        return Resource("Fly Postgres app", kept.app, Status.OK, words, remedies=now)
    return Resource(
        "Fly Postgres app",
        kept.app,
        Status.ADVICE,
        f"{kept.app} sends no backups to object storage: snapshots stay beside the data.",
        (evidence("S3_ARCHIVE_CONFIG", "not set", facts.unmanaged_snapshots),),
        remedies.archive(kept.app),
    )
