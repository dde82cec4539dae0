"""What an organisation has beside its apps: Managed Postgres, extensions, measurements."""

from flytui.demo.building.people import at
from flytui.demo.moments import moment
from flytui.demo.state import AddOn, Backup, Json, Organization, PostgresCluster, Series
from flytui.demo.world import World


def build_cluster(world: World, table: Json, organization: Organization) -> PostgresCluster:
    """A Managed Postgres; `backups` are the times its backups were taken, newest first.

    They are full ones; `incremental` says how many of the newest are not.
    """
    taken = [moment(words, world.now) for words in table.get("backups", [])]
    incremental = table.get("incremental", 0)
    cluster = PostgresCluster(
        id=world.ids.slug(),
        name=table["name"],
        organization=organization.slug,
        region=table.get("region", "iad"),
        created_at=at(world, table, "created", "150 days ago"),
        plan=table.get("plan", "basic"),
        status=table.get("status", "ready"),
        disk_gb=table.get("disk_gb", 10),
        replicas=table.get("replicas", 1),
        version=table.get("version", 2),
        attached_apps=list(table.get("attached_apps", [])),
        backups=[
            Backup(world.ids.slug(), when, when, "incr" if n < incremental else "full")
            for n, when in enumerate(taken)
        ],
        deleted=table.get("deleted", False),
    )
    world.clusters[cluster.id] = cluster
    return cluster


def build_add_on(world: World, table: Json, organization: Organization) -> AddOn:
    add_on = AddOn(world.ids.slug(), organization=organization.slug, **table)
    world.add_ons.append(add_on)
    return add_on


def build_series(world: World, table: Json) -> Series:
    past, minutes = table.get("past", []), table.get("minutes", 1)
    series = Series(table["metric"], table["labels"], float(table["value"]), past, minutes)
    world.series.append(series)
    return series
