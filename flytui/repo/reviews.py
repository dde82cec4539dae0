"""Steps that make an app for a pull request, and whether that app ends with it."""

import re
from collections.abc import Iterable

from flytui.repo.checkout import ReviewStep
from flytui.repo.documents import Document, Repository, from_secret, pinned_version
from flytui.repo.fly_calls import Kind
from flytui.repo.jobs import Reached
from flytui.repo.scope import reached
from flytui.repo.triggers import PULL_REQUESTS, Triggers, pull_request
from flytui.text import one_line


def review_steps(
    document: Document, found: tuple[Reached, ...], repository: Repository, closes: bool
) -> tuple[ReviewStep, ...]:
    """The steps that make review apps; `closes` says that some file of the checkout ends them."""
    default = repository.default_branch
    steps = (
        _step(document, one, default, closes)
        for one in found
        if is_review(document, one, default) or (one.action and not _only_ends(document, one))
    )
    return tuple(dict.fromkeys(steps))


def _step(document: Document, one: Reached, default_branch: str | None, closes: bool) -> ReviewStep:
    call = one.call
    ends_itself = bool(one.action) or call.kind is Kind.SCRIPT
    return ReviewStep(
        job=one_line(one.job, 120),
        action=one_line(one.action, 120) if one.action else None,
        on_pull_request=_on_pull_request(document, one, default_branch),
        closes=closes or (ends_itself and _on_close(document, one, default_branch)),
        organization=one_line(call.organization, 120) if call.organization else None,
        token_from_secret=from_secret(call.token),
        concurrency=one.concurrency,
        app=one_line(call.app, 120) if call.app else None,
        pinned=pinned_version(one.action or one.setup),
        via=one.via,
    )


def _only_ends(document: Document, one: Reached) -> bool:
    """A pull request gets here only when it is closed, so no review app begins here."""
    begins = _on_pull_request(document, one, None)
    return (
        bool(document.triggers.pull_request_types) and not begins and _on_close(document, one, None)
    )


_PER_REQUEST = re.compile(
    r"github\.event\.(?:number|pull_request)|github\.(?:head_ref|ref_name)|\bPR_?(?:NUMBER|NUM|ID)\b"
    r"|(?:^|[-_/\s.])(?:pr|review|preview)s?(?:[-_/\s.]|$)|review.?app",
    re.IGNORECASE,
)


def is_review(document: Document, one: Reached, default_branch: str | None) -> bool:
    """Whether it makes an app for a pull request, rather than deploying the same one."""
    if one.call.kind is Kind.DESTROY or not _on_pull_request(document, one, default_branch):
        return False
    words = (one.call.app, one.call.config, one.call.text, one.job, document.name, document.path)
    return bool(_PER_REQUEST.search(" ".join(word for word in words if word)))


def _on_pull_request(document: Document, one: Reached, default_branch: str | None) -> bool:
    actions = document.triggers.pull_request_types - {"closed"}
    return reached_by_request(document.triggers, one, actions, default_branch)


def _on_close(document: Document, one: Reached, default_branch: str | None) -> bool:
    if "closed" not in document.triggers.pull_request_types:
        return False
    return reached_by_request(document.triggers, one, ("closed",), default_branch)


def reached_by_request(
    events: Triggers, one: Reached, actions: Iterable[str], default_branch: str | None
) -> bool:
    return any(
        reached(one.conditions, pull_request(action, default_branch, event))
        for action in actions
        for event in PULL_REQUESTS
        if event in events.events
    )


def destroys(document: Document, found: tuple[Reached, ...], default_branch: str | None) -> bool:
    """Whether a closed pull request gets here to an app's end."""
    ends = (one for one in found if one.call.kind is Kind.DESTROY or one.action)
    return any(_on_close(document, one, default_branch) for one in ends)
