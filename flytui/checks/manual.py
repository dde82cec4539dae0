"""Items that only a person can settle: what to look at, and where."""

from decimal import Decimal

from flytui.facts.fact import Unseen
from flytui.finding import Finding, Status
from flytui.fly.models import App
from flytui.remedy import NOTHING_TO_UNDO, Blank, Command, Link, Remedy


def manual(summary: str, *remedies: Remedy) -> Finding:
    """MANUAL: the summary says what a person must look at, the remedies where."""
    return Finding(Status.MANUAL, summary, remedies=remedies)


def organization_page(app: App | Unseen, page: str = "") -> str:
    """A page of the app's organisation on the dashboard; the dashboard itself without the app."""
    if isinstance(app, Unseen):
        return "https://fly.io/dashboard"
    return f"https://fly.io/dashboard/{app.organization.slug}/{page}".rstrip("/")


def app_page(app: App | Unseen, page: str = "") -> str:
    """A page of the app on the dashboard; the dashboard itself without the app."""
    if isinstance(app, Unseen):
        return "https://fly.io/dashboard"
    return f"https://fly.io/apps/{app.name}/{page}".rstrip("/")


def dashboard(app: App | Unseen, page: str, title: str, why: str) -> Link:
    """A link to the organisation's page of that name."""
    return Link(organization_page(app, page), title, why)


def look(argv: tuple[str, ...], title: str, why: str, *blanks: Blank) -> Command:
    """A command that shows something and changes nothing."""
    return Command(
        argv=("fly", *argv),
        title=title,
        why=why,
        changes="Nothing changes: it only shows what is there.",
        alters=frozenset(),
        cost_per_month_usd=Decimal(0),
        undo=NOTHING_TO_UNDO,
        blanks=blanks,
    )


def look_at_app(
    app: App | Unseen, argv: tuple[str, ...], title: str, why: str
) -> tuple[Command, ...]:
    """The command with the app's `-a`; none while the app's name is unseen."""
    if isinstance(app, Unseen):
        return ()
    return (look((*argv, "-a", app.name), title, why),)
