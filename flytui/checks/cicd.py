"""CI/CD: review apps, and deploys from the repository."""

import re
from datetime import datetime

from flytui.checks.check import check
from flytui.checks.deployed import primary_region
from flytui.checks.pipeline import leaked, pipeline
from flytui.checks.previews import preview
from flytui.checks.remedies_cicd import (
    deploy_token,
    deploy_workflow,
    github_secret,
    review_token,
    review_workflow,
)
from flytui.checks.verdict import kept_apart
from flytui.checks.words import be, count, listed
from flytui.checks.workflows import absent, deploys, reviews
from flytui.facts import app as app_facts
from flytui.facts import fact as fact_facts
from flytui.facts import project
from flytui.facts.fact import Unseen, optional
from flytui.finding import Evidence, Finding, Status, evidence, unknown, worst
from flytui.fly.models import (
    App,
    DeploymentSource,
    LimitedAccessToken,
    OrganizationApp,
    ReleaseRecord,
)
from flytui.repo import Checkout
from flytui.settings import Preferences

_REVIEW_APP = re.compile(r"^pr-\d+-|-pr-\d+$")


@check(
    "review-apps",
    app_facts.app,
    project.checkout,
    optional(app_facts.organization_apps),
)
def review_apps(
    app: App, checkout: Checkout, organization_apps: tuple[OrganizationApp, ...] | Unseen
) -> Finding:
    """A workflow makes a review app for each pull request and destroys it when that is closed.

    It uses a token from the repository's secrets, one run at a time, outside the app's own
    organisation. Checkouts without a GitHub remote are left out.
    Follows https://fly.io/docs/blueprints/review-apps-guide/.
    """
    if apart := kept_apart(app):
        return apart
    live = _live(app, organization_apps)
    found = reviews(checkout)
    if found:
        rows = tuple(preview(r, app) for r in found)
        status = worst(r.status for r in rows)
        leading = next(r for r in rows if r.status is status)
        well = f"{count(len(found), 'workflow job')} make{'s' if len(found) == 1 else ''}"
        return Finding(
            status,
            f"{well} review apps and destroy{'s' if len(found) == 1 else ''} them."
            if status is Status.OK
            else leading.summary,
            evidence=(*(e for r in rows for e in r.evidence), *live),
            resources=rows,
            remedies=tuple(dict.fromkeys(remedy for r in rows for remedy in r.remedies)),
        )
    if checkout.is_repository and checkout.github is None:
        return Finding(
            Status.NOT_APPLICABLE, "The checkout has 0 GitHub remotes, so no pull requests there."
        )
    if unseen := absent(checkout, app):
        return unknown(unseen, evidence=live)
    return Finding(
        Status.ADVICE,
        _none_of(checkout, "review apps are made"),
        evidence=live,
        remedies=(
            review_workflow(app, checkout, primary_region(app, ())),
            review_token(),
            *github_secret(checkout),
        ),
    )


def _none_of(checkout: Checkout, deed: str) -> str:
    number = len(checkout.workflows)
    return f"The checkout has {count(number, 'workflow')}; {deed} by none of them."


def _live(app: App, apps: tuple[OrganizationApp, ...] | Unseen) -> tuple[Evidence, ...]:
    """The review apps that exist now."""
    fact = app_facts.organization_apps
    if isinstance(apps, Unseen):
        return (evidence("Review apps now", f"not seen: {apps.cause}", fact, moves=True),)
    names = sorted(a.name for a in apps if _REVIEW_APP.search(a.name))
    words = f"{len(names)} in {app.organization.slug}" + (f": {listed(names)}" if names else "")
    return (evidence("Review apps now", words, fact, moves=True),)


@check(
    "deploy-with-github-actions",
    app_facts.app,
    project.checkout,
    project.preferences,
    fact_facts.now,
    optional(app_facts.deployment_source),
    optional(app_facts.app_tokens),
    optional(app_facts.releases),
)
def deploy_with_github_actions(  # noqa: PLR0913, PLR0917  (one parameter a fact)
    app: App,
    checkout: Checkout,
    preferences: Preferences,
    now: datetime,
    deployment_source: DeploymentSource | Unseen | None,
    app_tokens: tuple[LimitedAccessToken, ...] | Unseen,
    releases: tuple[ReleaseRecord, ...] | Unseen,
) -> Finding:
    """A push to the default branch deploys this app, with a token from the repository's secrets.

    Fly.io's own GitHub integration counts too. A token that stands in a workflow is to be acted
    on: whoever reads the repository can use it.
    Follows https://fly.io/docs/launch/continuous-deployment-with-github-actions/.
    """
    if apart := kept_apart(app):
        return apart
    seen = (
        *_source(deployment_source),
        *_tokens(app_tokens, now, preferences.thresholds.long_token_days),
        *_releasers(releases),
    )
    if found := leaked(app, checkout):
        return Finding(
            Status.ACTION,
            found[0].summary,
            evidence=(*(e for r in found for e in r.evidence), *seen),
            resources=found,
            remedies=tuple(dict.fromkeys(remedy for r in found for remedy in r.remedies)),
        )
    if isinstance(deployment_source, DeploymentSource) and deployment_source.connected:
        where = f"{deployment_source.ref} of {deployment_source.repository_url}"
        return Finding(Status.OK, f"Fly.io deploys each push to 1 branch: {where}.", evidence=seen)
    ours = [d for d in deploys(checkout) if d.step.app == app.name]
    return pipeline(app, checkout, ours, seen) if ours else _without(app, checkout, seen)


def _without(app: App, checkout: Checkout, seen: tuple[Evidence, ...]) -> Finding:
    """No step is known to deploy this app: what may be the reason, the most telling first."""
    others = deploys(checkout)
    vague = [d for d in others if d.step.app is None]
    if vague:
        unseen = Unseen(
            f"{vague[0].place} deploys, but which app cannot be told from the file.",
            f"Name it there: flyctl deploy -a {app.name}.",
        )
        return unknown(unseen, evidence=seen)
    if checkout.other_ci:
        number = len(checkout.other_ci)
        return Finding(
            Status.MANUAL,
            f"{count(number, 'file')} of another CI system {'calls' if number == 1 else 'call'}"
            f" flyctl: see whether {app.name} is deployed by {'it' if number == 1 else 'them'}.",
            evidence=(
                *(evidence("CI file", f, project.checkout) for f in checkout.other_ci),
                *seen,
            ),
        )
    if reason := absent(checkout, app):
        return unknown(reason, evidence=seen)
    other_apps = sorted({d.step.app for d in others if d.step.app})
    summary = _none_of(checkout, f"{app.name} is deployed")
    if other_apps:
        summary = f"{count(len(others), 'workflow job')} {be(len(others))} there to deploy"
        summary += f" {listed(other_apps)}, 0 to deploy {app.name}."
    return Finding(
        Status.ADVICE,
        summary,
        evidence=seen,
        remedies=(deploy_workflow(app, checkout), deploy_token(app), *github_secret(checkout)),
    )


def _source(source: DeploymentSource | Unseen | None) -> tuple[Evidence, ...]:
    fact = app_facts.deployment_source
    match source:
        case None:
            return (evidence("Fly.io's GitHub integration", "not used", fact),)
        case Unseen():
            words = f"not seen: {source.cause}"
            return (evidence("Fly.io's GitHub integration", words, fact, moves=True),)
        case DeploymentSource():
            state = "connected" if source.connected else "not connected"
            words = f"{source.repository_url} {source.ref}, {state}"
            return (evidence("Fly.io's GitHub integration", words, fact),)


def _tokens(
    tokens: tuple[LimitedAccessToken, ...] | Unseen, now: datetime, long_days: int
) -> tuple[Evidence, ...]:
    fact = app_facts.app_tokens
    if isinstance(tokens, Unseen):
        return (evidence("Deploy tokens", f"not seen: {tokens.cause}", fact, moves=True),)
    live = [t for t in tokens if t.profile == "deploy" and not t.revoked_at and t.expires_at > now]
    long = [t for t in live if (t.expires_at - now).days > long_days]
    words = f"{len(live)} in force" + (f", {len(long)} for more than {long_days} days" * bool(long))
    return (evidence("Deploy tokens", words, fact, moves=True),)


def _releasers(releases: tuple[ReleaseRecord, ...] | Unseen) -> tuple[Evidence, ...]:
    """Who made the last releases; a pipeline shows as whoever made its token."""
    if isinstance(releases, Unseen) or not releases:
        return ()
    last = releases[:10]
    users = sorted({r.user for r in last if r.user})
    words = f"the last {len(last)} by {listed(users) if users else 'nobody named'}"
    return (evidence("Releases", words, app_facts.releases, moves=True),)
