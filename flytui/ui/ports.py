"""What the screen asks of a session, and nothing else."""

from collections.abc import AsyncGenerator, Awaitable, Collection
from datetime import date
from typing import TYPE_CHECKING, Protocol

from flytui.assessment import Assessment, Identity
from flytui.audit import Entry
from flytui.checklist import Checklist
from flytui.events import Event, Plan, RunStep
from flytui.remedy import Command, Edit
from flytui.review import Decision
from flytui.runner import Aside

if TYPE_CHECKING:
    from flytui.editing import FilePlan
    from flytui.journey.bookmark import Bookmark
    from flytui.memory import Memory
    from flytui.rehearsed import Rehearsal
    from flytui.review_history import Past
    from flytui.sight import Sight


class Session(Protocol):
    """The part of `flytui.session.Session` that the screen uses."""

    identity: Identity
    checklist: Checklist
    assessments: dict[str, Assessment]
    by: str
    bookmark: "Bookmark"
    memory: "Memory | None"

    @property
    def problems(self) -> Collection[Exception]: ...

    @property
    def manual(self) -> frozenset[str]: ...

    @property
    def runner_path(self) -> str | None: ...

    def sight(self) -> "Sight | None": ...

    def outlived(self) -> str | None: ...

    def near(self) -> Awaitable[tuple[str, ...]]: ...

    def assess(self, items: Collection[str] | None = None) -> AsyncGenerator[Event, None]: ...

    def refresh(self, items: Collection[str] | None = None) -> AsyncGenerator[Event, None]: ...

    def renew(self, item: str | None) -> AsyncGenerator[Event, None]: ...

    def decide(
        self, item: str, decision: Decision, note: str, expires: date | None = None
    ) -> Assessment: ...

    def undo(self) -> Assessment | None: ...

    def past(self, item: str) -> "Past": ...

    def export(self, form: str, file: str) -> str: ...

    def plan(self, item: str, offered: Command, values: dict[str, str] | None = None) -> Plan: ...

    async def hindrance(self) -> str | None: ...

    def run(self, plan: Plan, aside: Aside | None = None) -> AsyncGenerator[RunStep, None]: ...

    def history(self) -> tuple[Entry, ...]: ...

    def acknowledge(self, entry: Entry) -> None: ...

    def back(self, entry: Entry) -> Plan | None: ...

    async def rehearse(self, plan: Plan) -> "Rehearsal": ...

    def edit(self, edit: Edit) -> "FilePlan": ...

    def apply(self, plan: "FilePlan") -> AsyncGenerator[RunStep, None]: ...

    async def stop(self) -> None: ...

    async def close(self) -> None: ...
