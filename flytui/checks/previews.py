"""Whether one workflow job makes review apps that come and go with their pull request."""

import re
from collections.abc import Iterator

from flytui.checks.workflows import Review
from flytui.facts import project
from flytui.finding import Evidence, Resource, Status, evidence
from flytui.fly.models import App
from flytui.remedy import Edit

_DEAF_TO_SIZE = re.compile(r"@(1\.[2-6](\.\d+)?|latest)$")
"""Versions of the action that ignore their input `vmsize`."""


def preview(review: Review, app: App) -> Resource:
    """The job with the gravest thing to say about it."""
    concerns = tuple(_concerns(review, app))
    path = review.workflow.path
    summary = concerns[0][0] if concerns else f"1 job of {path} makes and destroys review apps."
    also = tuple(evidence("Also", sentence, project.checkout) for sentence, _ in concerns[1:])
    return Resource(
        "workflow job",
        review.place,
        Status.ADVICE if concerns else Status.OK,
        summary,
        (*_evidence(review), *also),
        tuple(edit for _, edit in concerns),
    )


def _evidence(review: Review) -> Iterator[Evidence]:
    step = review.step
    action = step.action or "commands of its own"
    yield evidence("Review apps by", f"{review.place}: {action}", project.checkout)
    yield evidence(
        "Organisation of review apps", step.organization or "personal, by default", project.checkout
    )
    if step.action and _DEAF_TO_SIZE.search(step.action):
        yield evidence(
            "Size of review apps",
            "this version of the action ignores vmsize and makes shared CPUs with 256 MB",
            project.checkout,
        )


def _concerns(review: Review, app: App) -> Iterator[tuple[str, Edit]]:
    step, place = review.step, review.place
    if step.token_from_secret is False:
        yield (
            f"1 token of {place} does not come from the repository's secrets.",
            _edit(review, "Take the token from a secret", _TOKEN, "Others can read it."),
        )
    if not step.on_pull_request:
        yield (
            f"1 job makes review apps, but no pull request starts it: {place}.",
            _edit(review, "Start it by pull requests", _TYPES, "It never runs otherwise."),
        )
    elif not step.closes:
        yield (
            f"1 job does not see pull requests close, so its review apps stay: {place}.",
            _edit(review, "Destroy review apps", _TYPES, "What stays is billed."),
        )
    if step.token_from_secret is None:
        yield (
            f"1 job makes review apps without any Fly.io token in sight: {place}.",
            _edit(review, "Give it a token", _TOKEN, "It cannot create apps without one."),
        )
    if step.organization in {app.organization.slug, app.organization.raw_slug}:
        yield (
            f"Review apps are made in 1 organisation with {app.name}: {step.organization}.",
            _edit(
                review,
                "Keep review apps apart",
                "env:\n  FLY_ORG: another-organisation\n",
                "Apps of one organisation share a private network.",
            ),
        )
    if not step.concurrency:
        yield (
            f"2 runs of {place} may deploy one pull request at the same time.",
            _edit(review, "One run at a time", _CONCURRENCY, "The older run may win."),
        )


_TOKEN = "env:\n  FLY_API_TOKEN: ${{ secrets.FLY_API_TOKEN }}\n"  # noqa: S105  (a reference)
_TYPES = "on:\n  pull_request:\n    types: [opened, reopened, synchronize, closed]\n"
_CONCURRENCY = "concurrency:\n  group: review-${{ github.event.number }}\n"


def _edit(review: Review, title: str, snippet: str, why: str) -> Edit:
    return Edit(review.workflow.path, title, why, snippet, note="Commit and push the change.")
