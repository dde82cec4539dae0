"""The item `test-backups`: backups are fresh, and somebody has practised bringing one back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flytui.checks import remedies_postgres as remedies
from flytui.checks.check import check
from flytui.checks.concerns import Concern, blind, of_resources, weighed
from flytui.checks.services import tooling
from flytui.checks.snapshots import Ages, archive_row, volume_rows
from flytui.checks.words import listed
from flytui.facts import app as facts_app
from flytui.facts import postgres as facts
from flytui.facts import project as facts_project
from flytui.facts.fact import Unseen, now, optional
from flytui.facts.postgres import Attached, Backups, History, Kept
from flytui.finding import Evidence, Finding, Resource, Status, evidence
from flytui.fly.models import App
from flytui.fly.models.postgres import Backup, Cluster
from flytui.remedy import Remedy, Steps
from flytui.settings import Preferences
from flytui.settings.declared import Thresholds

_DRILL = re.compile(r"restor|drill|recover", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Case:
    app: App
    history: History | Unseen
    attached: Attached | Unseen
    unmanaged: Kept | Unseen | None
    own: Kept | Unseen
    names: tuple[str, ...] | Unseen
    now: datetime
    limits: Thresholds

    @property
    def managed(self) -> tuple[Backups, ...]:
        """Clusters that hold the app's data, or may: any, where it has a database address."""
        known = () if isinstance(self.history, Unseen) else self.history.looked
        if self.names:
            return known
        return tuple(each for each in known if each.cluster.attached(self.app.name))

    @property
    def kept(self) -> tuple[Kept, ...]:
        """Apps whose volumes hold the app's data."""
        return tuple(
            each for each in (self.unmanaged, self.own) if isinstance(each, Kept) and each.volumes
        )

    @property
    def ages(self) -> Ages:
        return Ages(self.now, self.limits)


@check(
    "test-backups",
    facts_app.app,
    optional(facts.backups),
    optional(facts.attachments),
    optional(facts.unmanaged_snapshots),
    optional(facts.snapshots),
    optional(facts.database_names),
    now,
    facts_project.preferences,
)
def test_backups(  # noqa: PLR0913, PLR0917  (a check takes each fact it names)
    app: App,
    history: History | Unseen,
    attached: Attached | Unseen,
    unmanaged: Kept | Unseen | None,
    own: Kept | Unseen,
    names: tuple[str, ...] | Unseen,
    at: datetime,
    preferences: Preferences,
) -> Finding:
    """Backups are fresh; that a restore was practised, only a person can say, for half a year.

    No finished backup within `backup_hours`, snapshots switched off, or no snapshot within that
    time is something to do. No full backup within `full_backup_days`, or backups of a Fly Postgres
    app that never leave its volumes, are advice. The limits are flytui's own. With all of that in
    order, the review of a drill settles the item: it names the date, the cluster, the backup and
    the time the restore took, and ends after `drill_days`. Fly.io keeps no history of restores;
    copies made for practice are shown where a cluster's name tells, destroyed ones among them.
    Backups of two clusters and snapshots of two volumes are looked at; more are named, not judged.

    Follows https://fly.io/docs/mpg/ and https://fly.io/docs/volumes/snapshots/.
    """
    if kind := tooling(app):
        return Finding(Status.NOT_APPLICABLE, f"{app.name} is {kind}, made by fly for its own use.")
    limits = preferences.thresholds
    case = _Case(app, history, attached, unmanaged, own, names, at, limits)
    rows = (*_clusters(case), *_volumes(case))
    if not rows and not _blind(case) and not names:
        return _nothing(case)
    finding = weighed(_concerns(case, rows), "", evidence=_evidence(case), resources=rows)
    return replace(finding, steps=tuple(_steps(case)))


def _steps(case: _Case) -> Iterator[Steps]:
    """How backups of an unmanaged Postgres app come to leave its volumes."""
    kept = case.unmanaged
    if isinstance(kept, Kept) and kept.volumes:
        yield remedies.steps_of_archive(kept.app, archived=kept.archived)


def _concerns(case: _Case, rows: tuple[Resource, ...]) -> Iterator[Concern]:
    yield from of_resources(rows, Status.ACTION, "{number} databases or volumes lack a backup.")
    yield from _blind(case)
    for row in rows:
        if row.status is Status.UNKNOWN:
            unseen = Unseen(row.summary, "Look again, or look on the dashboard.")
            yield Concern(Status.UNKNOWN, row.summary, unseen=unseen)
    yield from of_resources(rows, Status.ADVICE, "{number} databases or volumes could be safer.")
    if rows or (case.names and not isinstance(case.names, Unseen)):
        yield _drill(case, rows)


def _blind(case: _Case) -> tuple[Concern, ...]:
    """Every source may hide the database whose backups are missing."""
    sources = (case.names, case.history, case.attached, case.unmanaged, case.own)
    return tuple(concern for source in sources for concern in blind(source))


def _drill(case: _Case, rows: tuple[Resource, ...]) -> Concern:
    if not rows and not isinstance(case.names, Unseen):
        names = listed(case.names)
        return Concern(
            Status.MANUAL,
            f"{names} leads to a database that Fly.io does not show: see who backs it up.",
            (remedies.managed_page(case.app),),
        )
    return Concern(
        Status.MANUAL,
        f"Practise a restore, and review this for {case.limits.drill_days} days with its date,"
        " cluster, backup and the time it took.",
        tuple(_practice(case)),
    )


def _practice(case: _Case) -> Iterator[Remedy]:
    for each in case.managed:
        newest = next(iter(_finished(each.taken)), None)
        if newest is not None:
            yield remedies.practise(each.cluster, newest)
    yield remedies.managed_page(case.app)


def _nothing(case: _Case) -> Finding:
    summary = f"{case.app.name} has no database address, no attached Postgres and no volumes."
    return Finding(Status.NOT_APPLICABLE, summary, evidence=_evidence(case))


def _clusters(case: _Case) -> Iterator[Resource]:
    for each in case.managed:
        yield _cluster(case, each)
        yield from _newest(case, each)
    if case.managed and isinstance(case.history, History):
        for cluster in case.history.skipped:
            yield Resource(
                "Managed Postgres cluster",
                f"{cluster.name} ({cluster.id})",
                Status.MANUAL,
                f"The backups of {cluster.name} were not looked at.",
                remedies=(remedies.cluster_page(case.app, cluster),),
            )


def _finished(taken: tuple[Backup, ...] | Unseen) -> tuple[Backup, ...]:
    """The finished backups, the newest first."""
    known = () if isinstance(taken, Unseen) else taken
    ended = ((b.stop, b) for b in known if b.finished and b.stop is not None)
    return tuple(b for _, b in sorted(ended, key=lambda pair: pair[0], reverse=True))


def _cluster(case: _Case, each: Backups) -> Resource:
    cluster, taken = each.cluster, _finished(each.taken)
    status, words = _judged(case, each, taken)
    hopes: tuple[Remedy, ...] = ()
    if status in {Status.ACTION, Status.ADVICE}:
        hopes = (remedies.back_up(cluster), remedies.cluster_page(case.app, cluster))
    return Resource(
        "Managed Postgres cluster",
        f"{cluster.name} ({cluster.id})",
        status,
        f"{cluster.name} {words}.",
        (evidence("Finished backups", str(len(taken)), facts.backups, moves=True),),
        hopes,
    )


def _judged(case: _Case, each: Backups, taken: tuple[Backup, ...]) -> tuple[Status, str]:
    if isinstance(each.taken, Unseen):
        return Status.UNKNOWN, f"tells nothing of its backups: {each.taken.cause.rstrip('.')}"
    if not taken or taken[0].stop is None:
        return Status.ACTION, "has no finished backup"
    if case.ages.old(taken[0].stop):
        return Status.ACTION, f"has no backup younger than {case.ages.words(taken[0].stop)}"
    full = next((b.stop for b in taken if b.type == "full" and b.stop is not None), None)
    if full is None or case.now - full > timedelta(days=case.limits.full_backup_days):
        age = f"younger than {case.ages.words(full)}" if full else "on record"
        return Status.ADVICE, f"has no full backup {age}"
    return Status.OK, f"was backed up {case.ages.words(taken[0].stop)} ago"


def _newest(case: _Case, each: Backups) -> Iterator[Resource]:
    """The newest backup of each type, under a name that stays while backups come and go."""
    for kind in ("full", "incr"):
        taken = next((b for b in _finished(each.taken) if b.type == kind), None)
        if taken is None or taken.stop is None:
            continue
        yield Resource(
            "backup",
            f"newest {'full' if kind == 'full' else 'incremental'} of {each.cluster.name}",
            Status.OK,
            f"{taken.id} was finished {case.ages.words(taken.stop)} ago.",
            (
                evidence("Backup", taken.id, facts.backups, moves=True),
                evidence("Finished", f"{taken.stop:%Y-%m-%d %H:%M} UTC", facts.backups, moves=True),
            ),
            (remedies.practise(each.cluster, taken),),
        )


def _volumes(case: _Case) -> Iterator[Resource]:
    for kept in case.kept:
        fact = facts.snapshots if kept.app == case.app.name else facts.unmanaged_snapshots
        yield from volume_rows(kept, case.ages, fact)
        if kept is case.unmanaged:
            yield archive_row(kept)


def _evidence(case: _Case) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    if not isinstance(case.names, Unseen):
        words = listed(case.names) or "none"
        found.append(evidence("Names of database addresses", words, facts.database_names))
    if isinstance(case.history, History):
        copies = listed(_copies(case.history)) or "none in sight"
        found.append(evidence("Copies made for practice", copies, facts.backups))
    return tuple(found)


def _copies(history: History) -> tuple[str, ...]:
    """Clusters whose names say that they were made to try a restore."""
    destroyed = () if isinstance(history.destroyed, Unseen) else history.destroyed
    living: tuple[Cluster, ...] = (
        *(b.cluster for b in history.looked),
        *history.skipped,
        *history.others,
    )
    here = tuple(c.name for c in living if _DRILL.search(c.name))
    return (*here, *(f"{c.name}, destroyed" for c in destroyed if _DRILL.search(c.name)))
