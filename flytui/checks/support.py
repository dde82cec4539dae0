"""Get support: the community forum and the support plan."""

from flytui.checks.check import check
from flytui.checks.manual import dashboard, manual
from flytui.facts import app as facts_app
from flytui.facts.fact import Unseen, optional
from flytui.finding import Finding
from flytui.fly.models import App
from flytui.remedy import Link


@check("community", optional(facts_app.app))
def community(_app: App | Unseen) -> Finding:
    """Only a person can tell whether the team knows the forum and the status page.

    Follows https://fly.io/docs/about/support/.
    """
    return manual(
        "Somebody of the team should have an account on the forum and follow the status page.",
        Link(
            "https://community.fly.io",
            "Open the community forum",
            "Questions are answered there, often by the people who built the platform.",
        ),
        Link(
            "https://status.flyio.net",
            "Open the status page",
            "Its subscribers hear of an incident before their users tell them.",
        ),
    )


@check("email-support", optional(facts_app.app))
def email_support(app: App | Unseen) -> Finding:
    """Only a person can tell whether the organisation's support plan fits.

    Follows https://fly.io/docs/about/support/ and https://fly.io/support.
    """
    return manual(
        "The dashboard's Support page shows an e-mail address if the organisation has a plan.",
        dashboard(
            app,
            "",
            "Open the organisation's dashboard",
            "Support shows the plan and its address, Billing whether the account is in order.",
        ),
        Link(
            "https://fly.io/support",
            "Compare the support plans",
            "Standard, Premium and Enterprise answer e-mail; without a plan there is the forum.",
        ),
    )
