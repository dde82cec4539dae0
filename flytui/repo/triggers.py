"""What starts a workflow: every shape of `on`, and the events as conditions see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flytui.repo.expressions import UNKNOWN, Value
from flytui.repo.shapes import words

PULL_REQUESTS = ("pull_request", "pull_request_target")
_DEFAULT_TYPES = ("opened", "synchronize", "reopened")


@dataclass(frozen=True, slots=True)
class Triggers:
    """The events of one workflow."""

    events: Mapping[str, Mapping[str, Any]]

    @property
    def push_branches(self) -> tuple[str, ...]:
        """Branch filters of `push` as GitHub reads them; `("*",)` for all, empty for none."""
        return self._branches("push")

    @property
    def push_tags(self) -> bool:
        """Whether a pushed tag starts it."""
        push = self.events.get("push")
        if push is None:
            return False
        return _said(push, "tags") or not _said(push, "branches")

    @property
    def finished_branches(self) -> tuple[str, ...]:
        """Branches on which another workflow's end starts it."""
        types = words(self.events.get("workflow_run", {}).get("types"))
        return self._branches("workflow_run") if not types or "completed" in types else ()

    @property
    def finished_workflows(self) -> tuple[str, ...]:
        return words(self.events.get("workflow_run", {}).get("workflows"))

    @property
    def pull_request_types(self) -> frozenset[str]:
        """Actions of a pull request that start it; GitHub's default leaves `closed` out."""
        found: set[str] = set()
        for event in PULL_REQUESTS:
            if event in self.events:
                found |= set(words(self.events[event].get("types")) or _DEFAULT_TYPES)
        return frozenset(found)

    @property
    def others(self) -> tuple[str, ...]:
        """Events that are neither a push nor another workflow's call."""
        return tuple(event for event in self.events if event not in ("push", "workflow_call"))

    def _branches(self, event: str) -> tuple[str, ...]:
        filters = self.events.get(event)
        if filters is None:
            return ()
        if ignored := words(filters.get("branches-ignore")):
            return ("*", *(f"!{pattern}" for pattern in ignored))
        if listed := words(filters.get("branches")):
            return listed
        return () if event == "push" and _said(filters, "tags") else ("*",)


def _said(filters: Mapping[str, Any], kind: str) -> bool:
    return bool(words(filters.get(kind)) or words(filters.get(f"{kind}-ignore")))


def triggers(workflow: Mapping[str, Any]) -> Triggers:
    """`on` as a word, a list, or a table with or without details.

    A reader of YAML 1.1 makes the key `on` the truth value.
    """
    on: object = workflow.get("on", dict(workflow).get(True))  # type: ignore[call-overload] # see above
    match on:
        case Mapping():
            tables = {str(name): value for name, value in on.items()}
        case _:
            tables = dict.fromkeys(words(on))
    return Triggers(
        {name: value if isinstance(value, Mapping) else {} for name, value in tables.items()}
    )


@dataclass(frozen=True, slots=True)
class Event:
    """One way a workflow is started, for its conditions to be tried on."""

    values: Mapping[str, Value]
    null: tuple[str, ...] = ()
    """Paths whose every property is empty in this event."""

    def lookup(self, path: str) -> Value:
        if path in self.values:
            return self.values[path]
        return None if path.startswith(self.null) else UNKNOWN


def pushed(branch: str, default_branch: str | None) -> Event:
    """A commit was pushed to `branch`."""
    return Event(
        {
            "github.event_name": "push",
            "github.ref": f"refs/heads/{branch}",
            "github.event.ref": f"refs/heads/{branch}",
            "github.ref_name": branch,
            "github.ref_type": "branch",
            "github.head_ref": "",
            "github.base_ref": "",
            **_repository(default_branch),
        },
        null=(
            "github.event.pull_request",
            "github.event.workflow_run",
            "github.event.inputs",
            "github.event.action",
            "github.event.release",
        ),
    )


def finished(branch: str, default_branch: str | None) -> Event:
    """Another workflow ended well on `branch`."""
    default = default_branch or UNKNOWN
    return Event(
        {
            "github.event_name": "workflow_run",
            "github.event.action": "completed",
            "github.event.workflow_run.conclusion": "success",
            "github.event.workflow_run.head_branch": branch,
            "github.event.workflow_run.event": "push",
            "github.ref_name": default,
            "github.ref": UNKNOWN if default is UNKNOWN else f"refs/heads/{default}",
            **_repository(default_branch),
        },
        null=("github.event.pull_request", "github.event.inputs"),
    )


def pull_request(action: str, default_branch: str | None, event: str = "pull_request") -> Event:
    """A pull request was opened, updated or closed."""
    return Event(
        {
            "github.event_name": event,
            "github.event.action": action,
            "github.event.pull_request.action": action,
            "github.event.pull_request.state": "closed" if action == "closed" else "open",
            "github.ref_type": "branch",
            "github.ref": "refs/pull/1/merge",
            "github.ref_name": "1/merge",
            **_repository(default_branch),
        },
        null=("github.event.workflow_run", "github.event.inputs", "github.event.release"),
    )


def named(event: str, default_branch: str | None) -> Event:
    """Some other event, of which only the name is known."""
    return Event({"github.event_name": event, **_repository(default_branch)})


def _repository(default_branch: str | None) -> dict[str, Value]:
    return {"github.event.repository.default_branch": default_branch or UNKNOWN}
