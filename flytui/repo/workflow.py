"""GitHub workflows as what they deploy and which review apps they make."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flytui.repo.branches import is_plain, matches
from flytui.repo.checkout import BrokenFile, DeployStep, ReviewStep, Workflow
from flytui.repo.fly_calls import Kind
from flytui.repo.jobs import Reached, Walk
from flytui.repo.parsing import Unreadable, from_yaml, text_of
from flytui.repo.scope import Condition, reached
from flytui.repo.scripts import Scripts
from flytui.repo.tokens import leaked_lines
from flytui.repo.triggers import (
    PULL_REQUESTS,
    Event,
    Triggers,
    finished,
    named,
    pull_request,
    pushed,
    triggers,
)
from flytui.text import one_line

AppOf = Callable[[str | None, str], tuple[str | None, str | None]]
"""(`-c` path, folder) → (app, configuration's path)."""


@dataclass(frozen=True, slots=True)
class _Document:
    path: str
    text: str
    content: Mapping[str, Any]
    triggers: Triggers

    @property
    def name(self) -> str | None:
        written = self.content.get("name")
        return one_line(written, 120) if isinstance(written, str) else None


@dataclass(frozen=True, slots=True)
class _Repository:
    """What all workflows of one checkout share."""

    documents: tuple[_Document, ...]
    default_branch: str | None
    app_of: AppOf


def read_workflows(
    root: Path,
    paths: Iterable[str],
    scripts: Scripts,
    default_branch: str | None,
    app_of: AppOf,
) -> tuple[tuple[Workflow, ...], tuple[BrokenFile, ...]]:
    """The workflows that can be read, and those that cannot."""
    documents, broken = [], []
    for path in paths:
        match _document(root, path):
            case BrokenFile() as file:
                broken.append(file)
            case document:
                documents.append(document)
    repository = _Repository(tuple(documents), default_branch, app_of)
    walks = [Walk(root, scripts) for _ in documents]
    calls = [tuple(walk.reached(one.content)) for one, walk in zip(documents, walks, strict=True)]
    closes = any(
        _destroys(document, found, default_branch)
        for document, found in zip(documents, calls, strict=True)
    )
    workflows = tuple(
        Workflow(
            path=document.path,
            deploys=_deploys(document, found, repository),
            reviews=_reviews(document, found, repository, closes),
            leaked_token_lines=leaked_lines(document.text),
            remote_workflows=tuple(one_line(name, 200) for name in walk.remote),
            name=document.name,
        )
        for document, walk, found in zip(documents, walks, calls, strict=True)
    )
    return workflows, tuple(broken)


def _document(root: Path, path: str) -> _Document | BrokenFile:
    try:
        text = text_of(root / path)
        content = from_yaml(text)
    except Unreadable as error:
        return BrokenFile(path, error.problem, error.line)
    if not isinstance(content, Mapping):
        problem = "The file is empty." if content is None else "It is not a table with jobs."
        return BrokenFile(path, problem, 1)
    return _Document(path, text, content, triggers(content))


def _deploys(
    document: _Document, found: tuple[Reached, ...], repository: _Repository
) -> tuple[DeployStep, ...]:
    steps = []
    for one in found:
        if one.call.kind not in (Kind.DEPLOY, Kind.SCRIPT) or one.action:
            continue
        if one.call.kind is Kind.SCRIPT and re.search("review|preview", one.call.text):
            continue
        step = _deploy_step(document, one, repository)
        only_reviews = set(step.other_triggers) <= set(PULL_REQUESTS)
        reviews = only_reviews and _is_review(document, one, repository.default_branch)
        if not reviews and (step.on_push_to or step.after_workflow or step.other_triggers):
            steps.append(step)
    return tuple(dict.fromkeys(steps))


def _deploy_step(document: _Document, one: Reached, repository: _Repository) -> DeployStep:
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
        token_from_secret=_from_secret(call.token),
        concurrency=one.concurrency,
        pinned=_pinned(one.action or one.setup),
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


def _after(document: _Document, one: Reached, repository: _Repository) -> tuple[str, ...]:
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
            arrives = _reached_by_request(events, one, events.pull_request_types, default_branch)
        else:
            arrives = reached(one.conditions, named(event, default_branch))
        if arrives:
            found.append(one_line(event, 60))
    return tuple(found)


def _reviews(
    document: _Document, found: tuple[Reached, ...], repository: _Repository, closes: bool
) -> tuple[ReviewStep, ...]:
    steps = []
    for one in found:
        if one.action or _is_review(document, one, repository.default_branch):
            own = bool(one.action or one.call.kind is Kind.SCRIPT)
            steps.append(
                ReviewStep(
                    job=one_line(one.job, 120),
                    action=one_line(one.action, 120) if one.action else None,
                    on_pull_request=_on_pull_request(document, one, repository.default_branch),
                    closes=_on_close(document, one, repository.default_branch) if own else closes,
                    organization=one_line(org, 120) if (org := one.call.organization) else None,
                    token_from_secret=_from_secret(one.call.token),
                    concurrency=one.concurrency,
                    app=one_line(one.call.app, 120) if one.call.app else None,
                    pinned=_pinned(one.action or one.setup),
                    via=one.via,
                )
            )
    return tuple(dict.fromkeys(steps))


_PER_REQUEST = re.compile(
    r"github\.event\.(?:number|pull_request)|github\.head_ref|github\.ref_name|\bPR_?(?:NUMBER|NUM|ID)\b"
    r"|(?:^|[-_/\s.])(?:pr|review|preview)s?(?:[-_/\s.]|$)|review.?app",
    re.IGNORECASE,
)


def _is_review(document: _Document, one: Reached, default_branch: str | None) -> bool:
    """Whether it makes an app for a pull request, rather than deploying the same one."""
    if one.call.kind is Kind.DESTROY or not _on_pull_request(document, one, default_branch):
        return False
    words = (one.call.app, one.call.config, one.call.text, one.job, document.name, document.path)
    return bool(_PER_REQUEST.search(" ".join(word for word in words if word)))


def _on_pull_request(document: _Document, one: Reached, default_branch: str | None) -> bool:
    actions = document.triggers.pull_request_types - {"closed"}
    return _reached_by_request(document.triggers, one, actions, default_branch)


def _on_close(document: _Document, one: Reached, default_branch: str | None) -> bool:
    if "closed" not in document.triggers.pull_request_types:
        return False
    return _reached_by_request(document.triggers, one, ("closed",), default_branch)


def _reached_by_request(
    events: Triggers, one: Reached, actions: Iterable[str], default_branch: str | None
) -> bool:
    return any(
        reached(one.conditions, pull_request(action, default_branch, event))
        for action in actions
        for event in PULL_REQUESTS
        if event in events.events
    )


def _destroys(document: _Document, found: tuple[Reached, ...], default_branch: str | None) -> bool:
    """Whether a closed pull request gets here to an app's end."""
    return any(
        one.call.kind is Kind.DESTROY and _on_close(document, one, default_branch) for one in found
    )


def _from_secret(token: str | None) -> bool | None:
    """Whether the token is one of GitHub's secrets; None when none was seen or it is a step's."""
    if not token:
        return None
    if re.search(r"\$\{\{[^}]*\bsecrets\b", token):
        return True
    return None if re.search(r"\$\{\{[^}]*\b(?:steps|needs|inputs)\b|\$\w|\$\{\w", token) else False


def _pinned(action: str | None) -> bool | None:
    if action is None:
        return None
    version = action.partition("@")[2] or action.partition("docker://")[2].partition(":")[2]
    return bool(version) and version not in ("master", "main", "latest", "HEAD", "develop")


def _conditions(conditions: tuple[Condition, ...]) -> str | None:
    written = [
        str(c.written).lower() if isinstance(c.written, bool) else str(c.written)
        for c in conditions
        if c.written is not None
    ]
    bare = (re.sub(r"^\$\{\{\s*([^{}]*?)\s*\}\}$", r"\1", text.strip()) for text in written)
    return one_line(" && ".join(dict.fromkeys(bare)), 300) if written else None
