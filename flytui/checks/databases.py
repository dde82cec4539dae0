"""Databases: Managed Postgres and the practised restore."""

from flytui.checks.check import check
from flytui.checks.manual import dashboard, look, look_at_organization, manual
from flytui.facts import app as facts_app
from flytui.facts.fact import Unseen, optional
from flytui.finding import Finding
from flytui.fly.models import App
from flytui.remedy import Blank

_CLUSTER = Blank("cluster", "Managed Postgres cluster id", r"[A-Za-z0-9_-]+")


@check("production-grade-postgres", optional(facts_app.app))
def production_grade_postgres(app: App | Unseen) -> Finding:
    """Only a person can tell where the app keeps its data.

    Follows https://fly.io/docs/mpg/ and https://fly.io/docs/postgres/.
    """
    return manual(
        "Look where DATABASE_URL leads: to Managed Postgres, to your own Machines or elsewhere.",
        dashboard(
            app,
            "managed_postgres",
            "Open Managed Postgres",
            "It shows each cluster's plan, region and status, and the apps attached to it.",
        ),
        *look_at_organization(
            app,
            ("mpg", "list"),
            "List the Managed Postgres clusters",
            "The app's database should be among them.",
        ),
        look(
            ("postgres", "list"),
            "List the Postgres apps you run yourselves",
            "Fly.io does not support these: failover, upgrades and backups are yours.",
        ),
    )


@check("test-backups", optional(facts_app.app))
def test_backups(app: App | Unseen) -> Finding:
    """Only a person can tell that a restore was practised: Fly.io keeps no history of restores.

    Follows https://fly.io/docs/mpg/.
    """
    return manual(
        "Nothing records a practised restore: say when the last one was, and how long it took.",
        dashboard(
            app,
            "managed_postgres",
            "Open Managed Postgres",
            "A cluster's Backups page lists its backups and restores one into a new cluster.",
        ),
        *look_at_organization(
            app,
            ("mpg", "list"),
            "List the Managed Postgres clusters",
            "The cluster's id is needed to list its backups.",
        ),
        look(
            ("mpg", "backup", "list", "{cluster}", "--all"),
            "List the backups of a cluster",
            "The newest should be less than a day old.",
            _CLUSTER,
        ),
    )
