"""Stand-ins that go in through constructors: a runner, reviews and a history in memory, a clock."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from flytui.audit import Entry
from flytui.review import Review
from flytui.review_file import ReviewFileError
from flytui.runner import Aside, Ended, Output, RunEvent, Started
from flytui.secret import Typed

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that only moves when told."""

    time: datetime = NOON

    def __call__(self) -> datetime:
        return self.time

    def advance(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@dataclass
class Memory:
    """Reviews in memory; `failing` makes the next change fail."""

    kept: dict[str, Review] = field(default_factory=dict)
    failing: bool = False
    place: str = "memory"

    def load(self) -> tuple[dict[str, Review], tuple[ReviewFileError, ...]]:
        return dict(self.kept), ()

    def save(self, review: Review) -> None:
        self._fail()
        self.kept[review.item] = review

    def remove(self, item: str) -> None:
        self._fail()
        self.kept.pop(item, None)

    def _fail(self) -> None:
        if self.failing:
            raise ReviewFileError("The disk is full: make room and save again.")


@dataclass
class Ledger:
    """A history in memory."""

    begun: list[Entry] = field(default_factory=list)
    ended: list[Entry] = field(default_factory=list)
    full: bool = False
    filling: bool = False
    """Full once a run has begun."""

    def entries(self) -> tuple[Entry, ...]:
        latest = {entry.id: entry for entry in (*self.begun, *self.ended)}
        return tuple(latest.values())

    def begin(self, entry: Entry) -> None:
        if self.full:
            raise OSError(28, "No space left on device")
        self.begun.append(entry)

    def end(self, entry: Entry) -> None:
        if self.filling:
            raise OSError(28, "No space left on device")
        self.ended.append(entry)


@dataclass
class FakeRunner:
    """Runs nothing: says what it was given, does `effect`, ends with `code`."""

    effect: Callable[[], None] = lambda: None
    code: int = 0
    available: str | None = "/usr/local/bin/fly"
    ran: list[tuple[str, ...]] = field(default_factory=list)
    closed: bool = False
    read: Typed | None = None
    refuses: str | None = None

    async def refusal(self) -> str | None:
        return self.refuses

    async def run_aside(
        self, argv: tuple[str, ...], aside: Aside
    ) -> AsyncGenerator[RunEvent, None]:
        self.ran.append(argv)
        yield Started(argv)
        with aside():
            self.effect()
        yield Ended(self.code)

    async def run(
        self,
        argv: tuple[str, ...],
        *,
        deadline: float,
        typed: Typed | None = None,
        clear: bool = False,
    ) -> AsyncGenerator[RunEvent, None]:
        try:
            self.ran.append(argv)
            self.read = typed
            yield Started(argv)
            self.effect()
            yield Output("done")
            yield Ended(self.code)
        finally:
            self.closed = True

    async def stop(self) -> None:
        self.closed = True
