"""Findings and reports with defaults; a test states only what matters to it."""

from datetime import UTC, date, datetime
from decimal import Decimal

from flytui import checklist
from flytui.assessment import Assessment, Identity, tally
from flytui.facts.fact import Unseen
from flytui.finding import Evidence, Finding, Resource, Status
from flytui.remedy import Command, Link, Remedy
from flytui.report import Report
from flytui.review import Decision, Review, Standing

NOW = datetime(2026, 3, 12, 10, 30, 15, 999, tzinfo=UTC)
CHECKLIST = checklist.load()


def command(*words: str, cost: str | None = None, reversible: bool = False) -> Command:
    return Command(
        argv=("fly", *(words or ("ips", "release", "203.0.113.7", "-a", "storefront"))),
        title="Release 203.0.113.7",
        why="Nobody on the internet reaches it any more.",
        changes="The app loses the address.",
        alters=frozenset({"addresses"}),
        cost_per_month_usd=None if cost is None else Decimal(cost),
        reversible=reversible,
    )


def address(
    *remedies: Remedy, status: Status = Status.ACTION, name: str = "203.0.113.7"
) -> Resource:
    seen = (Evidence("kind", "dedicated IPv4", "GraphQL app.ipAddresses", NOW),)
    return Resource("address", name, status, f"{name} is public.", seen, remedies)


def finding(
    status: Status = Status.ACTION,
    summary: str = "2 public addresses on an app that serves nobody.",
    *resources: Resource,
    remedies: tuple[Remedy, ...] = (),
) -> Finding:
    unseen = Unseen("The token may not read this.", "Use an organisation token.")
    return Finding(
        status,
        summary,
        (Evidence("addresses", "2", "GraphQL app.ipAddresses", NOW),),
        resources,
        remedies,
        unseen=unseen if status is Status.UNKNOWN else None,
    )


def assessment(
    item: str = "exposure",
    found: Finding | None = None,
    standing: Standing | None = None,
    changed: tuple[str, ...] = (),
) -> Assessment:
    review = Review(
        item,
        Decision.REVIEWED,
        "Behind the office proxy.",
        "Ana",
        NOW,
        date(2026, 6, 10),
        ("status: action",),
    )
    return Assessment(
        CHECKLIST[item],
        found or finding(),
        review if standing is not None else None,
        standing,
        changed,
    )


def report(*assessments: Assessment, app: str = "storefront") -> Report:
    return Report(
        version="1.2.3",
        at=NOW,
        identity=Identity(app, "acme", production=False),
        checklist=CHECKLIST,
        assessments=assessments,
        tally=tally(assessments, frozenset({"sso"})),
    )


LINK = Link("https://fly.io/docs/", "Read about it", "It explains.")
