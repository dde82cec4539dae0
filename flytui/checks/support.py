"""Get support: the community forum and the support plan."""

from collections.abc import Iterator

from flytui.checks.check import check
from flytui.checks.concerns import Concern, weighed
from flytui.checks.manual import dashboard
from flytui.facts import app as facts_app
from flytui.facts import organization as facts
from flytui.facts.fact import Unseen, optional
from flytui.finding import Evidence, Finding, Status, evidence
from flytui.fly.models import App, HostIssue
from flytui.fly.models.people import Billing
from flytui.remedy import Link, Remedy

_ENDANGERED = {
    "SUSPENDED": "is suspended",
    "TRIAL_ENDED": "has come to the end of its trial",
}
_UNSETTLED = {
    "DELINQUENT": "has bills that were not paid",
    "PAST_DUE": "has a bill that is past due",
    "SOURCE_REQUIRED": "has no means of payment on file",
    "TRIAL_ACTIVE": "is on trial",
}
_PLANS = Link(
    "https://fly.io/support",
    "Compare the support plans",
    "Standard is $29 a month, Premium $199, Enterprise from $2500; without a plan there is the"
    " forum. An admin buys it on the dashboard.",
)


@check("community", optional(facts_app.app), optional(facts_app.host_issues))
def community(app: App | Unseen, issues: tuple[HostIssue, ...] | Unseen) -> Finding:
    """Only a person can tell whether the team knows the forum and the status page.

    Trouble that Fly.io knows of on the app's own hosts is shown: it is the first thing to look at
    before asking anybody.

    Follows https://fly.io/docs/about/support/.
    """
    return Finding(
        Status.MANUAL,
        "Somebody of the team should have an account on the forum and follow the status page.",
        evidence=_to_bring(app, issues),
        remedies=(
            Link(
                "https://community.fly.io",
                "Open the community forum",
                "Bring the app's name, a Machine's id and times in UTC.",
            ),
            Link(
                "https://status.flyio.net",
                "Open the status page",
                "Its subscribers hear of an incident before their users tell them.",
            ),
        ),
    )


def _open(issues: tuple[HostIssue, ...] | Unseen) -> tuple[HostIssue, ...]:
    known = () if isinstance(issues, Unseen) else issues
    return tuple(each for each in known if each.resolved_at is None)


def _to_bring(app: App | Unseen, issues: tuple[HostIssue, ...] | Unseen) -> tuple[Evidence, ...]:
    """What a question has to say, and what Fly.io knows already."""
    found: list[Evidence] = []
    if not isinstance(app, Unseen):
        found.append(evidence("App", app.name, facts_app.app))
    if not isinstance(issues, Unseen):
        number = len(_open(issues))
        words = f"{number} now, {len(issues) - number} resolved"
        found.append(evidence("Host issues", words, facts_app.host_issues, moves=True))
    for issue in _open(issues):
        words = issue.message or "a host of the app's Machines is in trouble"
        found.append(evidence("Host issue", words, facts_app.host_issues, moves=True))
    return tuple(found)


@check("email-support", facts_app.app, optional(facts.billing))
def email_support(app: App, billing: Billing | Unseen) -> Finding:
    """The organisation has a support address of a paid plan, and its account is in order.

    Without an address it is advice to consider a plan; an account that is suspended, or whose
    trial has ended, is something to do, because its apps may be stopped. Fly.io does not say
    which tokens may read this: where this one may not, a person looks on the dashboard.

    Follows https://fly.io/docs/about/support/ and https://fly.io/docs/about/pricing/.
    """
    if isinstance(billing, Unseen):
        return Finding(
            Status.MANUAL,
            "The dashboard's Support page shows an e-mail address if the organisation has a plan.",
            evidence=(Evidence("Not told", billing.cause, facts.billing.source),),
            remedies=_pages(app),
        )
    address = billing.paid_support_email
    return weighed(
        _of_billing(app, billing),
        f"Support answers at {address}.",
        evidence=(
            evidence("Support address", address or "none", facts.billing),
            evidence("Account", billing.billing_status.lower().replace("_", " "), facts.billing),
            evidence("Paid plan", "yes" if billing.paid_plan else "no", facts.billing),
        ),
    )


def _of_billing(app: App, billing: Billing) -> Iterator[Concern]:
    slug, status = app.organization.slug, billing.billing_status
    page = (_billing_page(app),)
    if status in _ENDANGERED:
        words = f"{slug} {_ENDANGERED[status]}: Fly.io may stop its apps."
        yield Concern(Status.ACTION, words, page)
    elif status != "CURRENT":
        known = _UNSETTLED.get(status, f"has the billing status {status}")
        yield Concern(Status.ADVICE, f"{slug} {known}.", page)
    if not billing.paid_support_email:
        words = f"No support address of a paid plan is on record for {slug}."
        yield Concern(Status.ADVICE, words, _pages(app))


def _billing_page(app: App) -> Link:
    return dashboard(app, "billing", "Open the billing", "An admin settles it there.")


def _pages(app: App) -> tuple[Remedy, ...]:
    look = dashboard(
        app,
        "",
        "Open the organisation's dashboard",
        "Support shows the plan and its address, Billing whether the account is in order.",
    )
    return (look, _PLANS)
