"""Security: sign-in, isolation, tokens, secrets, exposure, application security."""

from flytui.checks.check import check
from flytui.checks.exposure import exposure
from flytui.checks.manual import (
    app_page,
    dashboard,
    look_at_app,
    look_at_organization,
    manual,
    organization_page,
)
from flytui.checks.secrets import secrets
from flytui.facts import app as facts_app
from flytui.facts.fact import Unseen, optional
from flytui.finding import Finding
from flytui.fly.models import App
from flytui.remedy import Link

__all__ = ["arcjet", "exposure", "isolation", "least_privilege", "secrets", "sso"]


@check("sso", optional(facts_app.app))
def sso(app: App | Unseen) -> Finding:
    """Only a person can tell: Fly.io shows the requirement on the dashboard alone.

    Follows https://fly.io/docs/security/sso/.
    """
    return manual(
        "Look in the organisation's settings whether Google or GitHub sign-on is required.",
        dashboard(
            app,
            "settings",
            "Open the organisation's settings",
            "Single Sign On is there, for admins of the organisation.",
        ),
        Link(
            "https://fly.io/docs/security/sso/",
            "Read how to require single sign-on",
            "Other members are asked to sign in again once it is required.",
        ),
    )


@check("isolation", optional(facts_app.app))
def isolation(app: App | Unseen) -> Finding:
    """Only a person can tell whether staging and production share an organisation.

    Follows https://fly.io/docs/blueprints/staging-prod-isolation/.
    """
    return manual(
        "Look whether staging, test or review apps live in the organisation of production.",
        *look_at_organization(
            app,
            ("apps", "list"),
            "List the organisation's apps",
            "Names with staging, dev, test or pr in them do not belong beside production.",
        ),
        dashboard(
            app,
            "team",
            "Open the organisation's team",
            "Fewer people should be in the production organisation than in the others.",
        ),
    )


@check("least-privilege", optional(facts_app.app))
def least_privilege(app: App | Unseen) -> Finding:
    """Only a person can tell what each token is for.

    Follows https://fly.io/docs/security/tokens/.
    """
    return manual(
        "Ask of each token of the app and the organisation who uses it, and until when.",
        *look_at_app(
            app,
            ("tokens", "list"),
            "List the app's tokens",
            "A token that nobody can explain should be revoked.",
        ),
        *look_at_organization(
            app,
            ("tokens", "list"),
            "List the organisation's tokens",
            "One app's pipeline needs no token of the whole organisation.",
        ),
        Link(
            organization_page(app, "tokens"),
            "Open the organisation's tokens",
            "It shows each token's name, owner and expiry.",
        ),
    )


@check("arcjet", optional(facts_app.app))
def arcjet(app: App | Unseen) -> Finding:
    """Only a person can tell what guards sign-in and other expensive endpoints.

    Follows https://fly.io/docs/security/arcjet/.
    """
    return manual(
        "Look whether Arcjet, or anything else, limits requests to sign-in and sign-up.",
        *look_at_app(
            app,
            ("secrets", "list"),
            "List the names of the app's secrets",
            "ARCJET_KEY among them means that Arcjet was set up.",
        ),
        Link(
            app_page(app),
            "Open the app on the dashboard",
            "Its extensions are listed there.",
        ),
        Link(
            "https://fly.io/docs/security/arcjet/",
            "Read about Arcjet on Fly.io",
            "It is for JavaScript and Python apps.",
        ),
    )
