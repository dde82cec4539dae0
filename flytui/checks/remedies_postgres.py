"""What can be done about Postgres and its backups."""

from decimal import Decimal

from flytui.checks.manual import dashboard
from flytui.fly.models import App, Volume
from flytui.fly.models.postgres import Backup, Cluster
from flytui.remedy import NOTHING_TO_UNDO, Blank, Command, Link, Remedy, Step, Steps

_REGIONS = ("ams", "fra", "gru", "iad", "lax", "lhr", "nrt", "ord", "sin", "sjc", "syd", "yyz")
_LAUNCH = Decimal("282.00")
_PRICES = {
    "basic": Decimal("38.00"),
    "starter": Decimal("72.00"),
    "launch": _LAUNCH,
    "scale": Decimal("962.00"),
    "performance": Decimal("1922.00"),
}
"""US dollars a month, by plan."""
_ARCHIVE = frozenset({"unmanaged_snapshots"})
ATTACHED = "MPG_DATABASE_URL"
"""The secret that an attachment sets: `fly` refuses a name that is taken, as DATABASE_URL is."""
_STORAGE = "and $0.28 a month for each GB stored"


def managed_page(app: App) -> Link:
    return dashboard(
        app,
        "managed_postgres",
        "Open Managed Postgres",
        "It shows each cluster's plan, region and status, and the apps attached to it.",
    )


def cluster_page(app: App, cluster: Cluster) -> Link:
    return dashboard(
        app,
        f"managed_postgres/{cluster.id}",
        f"Open {cluster.name}",
        "Its plan and its backups are changed there.",
    )


def managed_instead(app: App, region: str) -> tuple[Remedy, ...]:
    """A managed cluster, and how the data gets there."""
    read = Link(
        "https://fly.io/docs/mpg/",
        "Read how to move the data",
        "Dump, restore, compare, then point DATABASE_URL at the new cluster.",
    )
    return (_create(app, region), read)


def _create(app: App, region: str) -> Command:
    known = region in _REGIONS
    name, slug = f"{app.name}-pg", app.organization.slug
    blank = Blank("region", "Region with Managed Postgres", r"[a-z]{3}", suggestions=_REGIONS)
    where = region if known else "{region}"
    return Command(
        argv=(
            *("fly", "mpg", "create", "-n", name, "-o", slug),
            *("-r", where, "--plan", "launch", "--volume-size", "10"),
        ),
        title=f"Create the Managed Postgres cluster {name}" + (f" in {region}" if known else ""),
        filled=f"Create the Managed Postgres cluster {name} in {where}",
        why="It comes with a replica, backups, pooling and people who look after it.",
        changes=f"{slug} gets a cluster, billed from now on. The app goes on with its present"
        " database until DATABASE_URL is changed. The connection string is printed.",
        alters=frozenset({"clusters", "backups"}),
        cost_per_month_usd=_LAUNCH,
        cost_note=f"plan launch, {_STORAGE}",
        undo="fly mpg destroy with the cluster's id, which destroys its data",
        target=f"a new cluster {name} of {slug}",
        blanks=() if known else (blank,),
        prints_secret=True,
    )


def attach(app: App, cluster: Cluster) -> Command:
    """Put it on record that the app uses the cluster, under a name that no secret has yet."""
    return Command(
        argv=("fly", "mpg", "attach", cluster.id, "-a", app.name, "--variable-name", ATTACHED),
        title=f"Attach {cluster.name} to {app.name}",
        why="Fly.io then shows who uses the cluster, and the app is given a way to reach it.",
        changes=f"{app.name} has the secret {ATTACHED}, staged: no Machine knows it before a"
        " deploy. DATABASE_URL stays as it is. The connection string is printed.",
        alters=frozenset({"clusters", "backups", "secrets", "database_names"}),
        cost_per_month_usd=Decimal(0),
        undo=f"fly mpg detach {cluster.id} -a {app.name}, and fly secrets unset {ATTACHED}",
        target=f"cluster {cluster.id} {cluster.name} and app {app.name}",
        prints_secret=True,
    )


def back_up(cluster: Cluster) -> Command:
    return Command(
        argv=("fly", "mpg", "backup", "create", cluster.id, "--type", "full"),
        title=f"Back up {cluster.name}",
        why="Whatever happens next, today's data can be brought back.",
        changes=f"A full backup of {cluster.name} is queued; it takes a while to finish.",
        alters=frozenset({"backups"}),
        cost_per_month_usd=Decimal(0),
        undo=NOTHING_TO_UNDO,
        target=f"cluster {cluster.id} {cluster.name}",
    )


def practise(cluster: Cluster, backup: Backup) -> Command:
    """Restore into a new cluster; the source is left alone."""
    name = f"{cluster.name}-drill"
    price = _PRICES.get(cluster.plan.lower())
    return Command(
        argv=("fly", "mpg", "restore", cluster.id, "--backup-id", backup.id, "-n", name),
        title=f"Restore {cluster.name} into {name}",
        why="A restore that was practised is a plan; note how long it took and what was missing.",
        changes=f"A new cluster {name} is made from the backup, billed until you destroy it."
        f" {cluster.name} stays as it is.",
        alters=frozenset({"clusters", "backups"}),
        cost_per_month_usd=price,
        cost_note=f"the plan {cluster.plan} again, {_STORAGE}, until it is destroyed",
        undo="fly mpg destroy with the id of the new cluster, never of the source",
        target=f"backup {backup.id} of cluster {cluster.id}",
        prints_secret=True,
    )


def schedule_snapshots(app: str, volume: Volume) -> Command:
    return Command(
        argv=("fly", "volumes", "update", volume.id, "-a", app, "--scheduled-snapshots=true"),
        title=f"Take daily snapshots of {volume.id}",
        why="Without them nothing is left of the data when the volume's host is lost.",
        changes=f"Fly.io takes a snapshot of {volume.name} every day and keeps it for"
        f" {volume.snapshot_retention or 5} days.",
        alters=frozenset({"volumes", "snapshots", "postgres_volumes", "unmanaged_snapshots"}),
        cost_per_month_usd=None,
        cost_note="snapshots are billed by what they store",
        undo=f"fly volumes update {volume.id} -a {app} --scheduled-snapshots=false",
        target=f"volume {volume.id} of {app}",
    )


def snapshot(app: str, volume: Volume) -> Command:
    return Command(
        argv=("fly", "volumes", "snapshots", "create", volume.id, "-a", app),
        title=f"Take a snapshot of {volume.id}",
        why="Today's data can then be brought back on another host.",
        changes=f"One more snapshot of {volume.name}, kept for {volume.snapshot_retention or 5}"
        " days.",
        alters=frozenset({"snapshots", "unmanaged_snapshots"}),
        cost_per_month_usd=None,
        cost_note="snapshots are billed by what they store",
        undo="It goes by itself when its time is over.",
        target=f"volume {volume.id} of {app}",
    )


def archive(app: str) -> tuple[Remedy, ...]:
    """What sends an unmanaged Postgres app's backups away from its volumes."""
    read = Link(
        "https://fly.io/docs/postgres/",
        f"Read how {app} can send backups to object storage",
        "Snapshots alone stay with the volume's host.",
    )
    return (_enable(app), _restart(app), base_backup(app), read)


def from_now_on(app: str) -> tuple[Remedy, ...]:
    """What comes after the bucket: whether Postgres runs with its key, nobody can see."""
    return (_restart(app), base_backup(app))


def steps_of_archive(app: str, *, archived: bool) -> Steps:
    steps = (
        Step(_enable(app), "a bucket and its key", archived),
        Step(_restart(app), "Postgres that runs with the key"),
        Step(base_backup(app), "a base backup in the bucket"),
    )
    why = "Without a bucket there is nowhere to send a backup to."
    return Steps(f"Send backups of {app} to object storage", why, steps)


def _enable(app: str) -> Command:
    return Command(
        argv=("fly", "pg", "backup", "enable", "-a", app),
        title=f"Make a bucket for backups of {app}",
        why="Backups beside the data are lost with the data.",
        changes=f"A Tigris bucket is made, and its key is staged as a secret of {app}. fly refuses"
        " without Postgres Flex 0.0.53 or newer and 512 MB of memory.",
        alters=_ARCHIVE,
        cost_note="the bucket is billed by what it stores",
        undo=f"fly secrets unset S3_ARCHIVE_CONFIG -a {app}; the bucket and its content stay",
        target=f"backups of {app}",
        fly_asks="whether you accept Tigris's terms, unless you did before; it knows no --yes",
        interactive=True,
    )


def _restart(app: str) -> Command:
    return Command(
        argv=("fly", "secrets", "deploy", "-a", app),
        title=f"Restart {app} with the key of the bucket",
        why="Postgres sends nothing to a bucket whose key it does not have.",
        changes=f"A release restarts the Machines of {app}, one after the other.",
        alters=_ARCHIVE | {"unmanaged"},
        dependents=(f"Whoever uses {app} loses the connection for some seconds.",),
        cost_per_month_usd=Decimal(0),
        reversible=False,
        undo="no: there is nothing to go back to but another restart",
        target=f"Machines of {app}",
    )


def base_backup(app: str) -> Command:
    """`fly` runs it on the leader, which tells nobody else; the list of backups shows it."""
    return Command(
        argv=("fly", "pg", "backup", "create", "-a", app),
        title=f"Back up {app}",
        why="Whatever happens next, today's data can be brought back.",
        changes=f"The leader of {app} sends a base backup to the bucket.",
        alters=_ARCHIVE,
        cost_note="the bucket is billed by what it stores",
        undo=NOTHING_TO_UNDO,
        target=f"backups of {app}",
    )
