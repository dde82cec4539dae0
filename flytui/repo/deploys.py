"""Steps that deploy to Fly.io, and which branches and events get to them."""

import re
from collections.abc import Callable

from flytui.repo.branches import is_plain, matches
from flytui.repo.checkout import DeployStep
from flytui.repo.documents import Document, Repository, from_secret, pinned_version
from flytui.repo.fly_calls import Kind
from flytui.repo.jobs import Reached
from flytui.repo.reviews import is_review, reached_by_request
from flytui.repo.scope import Condition, reached
from flytui.repo.triggers import PULL_REQUESTS, Event, Triggers, finished, named, pushed
from flytui.text import one_line


def deploy_steps(
    document: Document, found: tuple[Reached, ...], repository: Repository
) -> tuple[DeployStep, ...]:
    steps = []
    for one in found:
        if one.call.kind not in (Kind.DEPLOY, Kind.SCRIPT) or one.action:
            continue
        if one.call.kind is Kind.SCRIPT and re.search("review|preview", one.call.text):
            continue
        step = _deploy_step(document, one, repository)
        only_reviews = set(step.other_triggers) <= set(PULL_REQUESTS)
        reviews = only_reviews and is_review(document, one, repository.default_branch)
        if not reviews and (step.on_push_to or step.after_workflow or step.other_triggers):
            steps.append(step)
    return tuple(dict.fromkeys(steps))


def _deploy_step(document: Document, one: Reached, repository: Repository) -> DeployStep:
    default = repository.default_branch
    events = document.triggers
    call = one.call
    app, config = repository.app_of(call.config, call.folder)
    given = one_line(call.app, 120) if call.app else None
    unresolved = bool(given and re.search(r"[$\ue000]", given))
    after = _after(document, one, repository)
    return DeployStep(
        job=one_line(one.job, 120),
        app=given if given and not unresolved else None if unresolved else app,
        config=config,
        on_push_to=_branches(events.push_branches, one, pushed, default),
        other_triggers=(*_others(events, one, default), *(["workflow_run"] if after else [])),
        token_from_secret=from_secret(call.token),
        concurrency=one.concurrency,
        pinned=pinned_version(one.action or one.setup),
        condition=_conditions(one.conditions),
        after_workflow=tuple(one_line(n, 120) for n in events.finished_workflows) if after else (),
        after_push_to=after,
        waits_for_success=_waits(one, default) if after else None,
        via=one.via,
        app_given=given if unresolved else None,
    )


def _branches(
    patterns: tuple[str, ...],
    one: Reached,
    event: Callable[[str, str | None], Event],
    default_branch: str | None,
) -> tuple[str, ...]:
    """The patterns as far as the conditions let their branches pass."""

    def passes(branch: str) -> bool:
        return reached(one.conditions, event(branch, default_branch))

    if not patterns:
        return ()
    anybody = passes("any-other/branch")
    kept = [p for p in patterns if (passes(p) if is_plain(p) else anybody)]
    if not anybody:
        candidates = dict.fromkeys([*filter(None, [default_branch]), *_named_branches(one)])
        kept += [b for b in candidates if b not in kept and matches(patterns, b) and passes(b)]
    elif default_branch and matches(patterns, default_branch) and not passes(default_branch):
        kept.append(f"!{default_branch}")
    return tuple(one_line(pattern, 120) for pattern in kept)


def _named_branches(one: Reached) -> list[str]:
    written = " ".join(str(condition.written) for condition in one.conditions)
    literals = re.findall(r"'([^']{1,100})'", written)
    return [literal.removeprefix("refs/heads/") for literal in literals if is_plain(literal)]


def _after(document: Document, one: Reached, repository: Repository) -> tuple[str, ...]:
    """Branches whose push starts another workflow, whose end starts this one."""
    events = document.triggers
    waited = [d for d in repository.documents if d.name in events.finished_workflows]
    all_known = {d.name for d in waited} == set(events.finished_workflows)
    pushed_to = any(d.triggers.push_branches or d.triggers.finished_branches for d in waited)
    if waited and all_known and not pushed_to:
        return ()
    return _branches(events.finished_branches, one, finished, repository.default_branch)


def _waits(one: Reached, default_branch: str | None) -> bool:
    values = dict(finished("any", default_branch).values)
    failed = Event({**values, "github.event.workflow_run.conclusion": "failure"})
    return not reached(one.conditions, failed)


def _others(events: Triggers, one: Reached, default_branch: str | None) -> tuple[str, ...]:
    """Other events that get to the command; pushed tags are one of them."""
    found = ["tag"] if events.push_tags and not events.push_branches else []
    for event in events.others:
        if event == "workflow_run":
            continue
        if event in PULL_REQUESTS:
            arrives = reached_by_request(events, one, events.pull_request_types, default_branch)
        else:
            arrives = reached(one.conditions, named(event, default_branch))
        if arrives:
            found.append(one_line(event, 60))
    return tuple(found)


def _conditions(conditions: tuple[Condition, ...]) -> str | None:
    written = [
        str(c.written).lower() if isinstance(c.written, bool) else str(c.written)
        for c in conditions
        if c.written is not None
    ]
    bare = (re.sub(r"^\$\{\{\s*([^{}]*?)\s*\}\}$", r"\1", text.strip()) for text in written)
    return one_line(" && ".join(dict.fromkeys(bare)), 300) if written else None
