"""Workflow files to add, and the tokens they deploy with."""

import json
from decimal import Decimal

from flytui.expiry import UNATTENDED, UNATTENDED_WORDS
from flytui.facts import app as facts
from flytui.fly.models import App
from flytui.remedy import Blank, Command, Edit, Link
from flytui.repo import Checkout

_DEPLOY = """\
name: Deploy to Fly.io

on:
  push:
    branches: [{branch}]
  workflow_dispatch:

permissions:
  contents: read

concurrency:
  group: deploy-{app}
  cancel-in-progress: false

jobs:
  deploy:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v4
      - uses: superfly/flyctl-actions/setup-flyctl@1.5
      - run: flyctl deploy --remote-only -a {app}{config}
        env:
          FLY_API_TOKEN: ${{{{ secrets.FLY_API_TOKEN }}}}
"""

_REVIEW = """\
name: Review app

on:
  pull_request:
    types: [opened, reopened, synchronize, closed]

permissions:
  contents: read

concurrency:
  group: review-${{{{ github.event.number }}}}

jobs:
  review:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    env:
      FLY_API_TOKEN: ${{{{ secrets.FLY_REVIEW_TOKEN }}}}
      FLY_ORG: {organization}
      FLY_REGION: {region}
    environment:
      name: review-${{{{ github.event.number }}}}
      url: ${{{{ steps.app.outputs.url }}}}
    steps:
      - uses: actions/checkout@v4
      - id: app
        uses: superfly/fly-pr-review-apps@1.5.0
"""


def deploy_workflow(app: App, checkout: Checkout) -> Edit:
    """A new file: each push to the default branch deploys the app, one deploy at a time."""
    branch = checkout.default_branch or "main"
    config = checkout.config_for(app.name)
    named = config.path if config is not None and config.path != "fly.toml" else ""
    return Edit(
        path=free_path(checkout, "fly-deploy"),
        title=f"Deploy {app.name} from GitHub",
        why=f"Each push to {branch} then deploys the same way, whoever made it.",
        snippet=_DEPLOY.format(
            app=app.name,
            branch=json.dumps(branch),
            config=f" -c {json.dumps(named)}" if named else "",
        ),
        note="Set the repository's secret FLY_API_TOKEN first: the first push deploys.",
        creates=True,
    )


def review_workflow(app: App, checkout: Checkout, region: str | None) -> Edit:
    """A new file: a review app for each pull request, destroyed when that is closed."""
    organization = f"{app.organization.slug.removesuffix('-production')}-review"
    return Edit(
        path=free_path(checkout, "fly-review"),
        title="Create a review app for each pull request",
        why="A change can be tried at an address of its own before it is merged.",
        snippet=_REVIEW.format(organization=organization, region=region or "iad"),
        note=f"Replace {organization} by an organisation apart from production, and set the"
        " repository's secret FLY_REVIEW_TOKEN to a token of it.",
        creates=True,
    )


def free_path(checkout: Checkout, name: str) -> str:
    """A path under which no workflow stands, so that nothing is overwritten."""
    taken = {w.path for w in checkout.workflows} | {b.path for b in checkout.broken}
    number = 1
    while (path := _workflow_path(name, number)) in taken:
        number += 1
    return path


def _workflow_path(name: str, number: int) -> str:
    return f".github/workflows/{name}{f'-{number}' if number > 1 else ''}.yml"


def deploy_token(app: App) -> Command:
    """A token that may deploy this app and nothing else, for a year."""
    return _token(
        ("deploy", "-a", app.name, "-n", "github-actions"),
        f"Create a deploy token for {app.name}",
        f"It may change {app.name} and nothing else of {app.organization.slug}.",
    )


def review_token() -> Command:
    """A token of the organisation that holds the review apps; which one is for a person to say."""
    blank = Blank("organization", "Organisation of the review apps", r"[a-z0-9][a-z0-9-]*")
    return _token(
        ("org", "-o", "{organization}", "-n", "review-apps"),
        "Create a token for review apps",
        "Review apps are created and destroyed, which takes a token of their organisation.",
        blank,
        filled="Create a token for review apps in {organization}",
    )


def _token(
    words: tuple[str, ...], title: str, why: str, *blanks: Blank, filled: str = ""
) -> Command:
    return Command(
        argv=("fly", "tokens", "create", *words, "-x", UNATTENDED),
        title=title,
        filled=filled,
        why=why,
        changes="1 more token, printed once: give it to GitHub at once. " + UNATTENDED_WORDS,
        alters=frozenset({facts.app_tokens.name}),
        cost_per_month_usd=Decimal(0),
        undo="fly tokens revoke with the token's id",
        blanks=blanks,
        prints_secret=True,
    )


def github_secret(checkout: Checkout) -> tuple[Link, ...]:
    """The page on which a repository's secret is set."""
    if checkout.github is None:
        return ()
    return (
        Link(
            f"https://github.com/{checkout.github}/settings/secrets/actions",
            "Set the repository's secrets",
            "Workflows read the token from there, and nobody else can.",
        ),
    )


def token_pages(app: App) -> tuple[Link, ...]:
    """Where a token that became known is revoked."""
    return (
        Link(
            f"https://fly.io/apps/{app.name}/tokens",
            "Revoke the token",
            "Whoever has read the repository can use it until it is revoked.",
        ),
    )
