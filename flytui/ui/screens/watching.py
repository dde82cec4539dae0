"""The main screen kept up to date with the world: what fails, what changed, what is looked at."""

from collections.abc import Callable, Mapping
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from textual import work
from textual.binding import Binding, BindingType

from flytui.finding import Status
from flytui.ui.board import Board, Place
from flytui.ui.keys import key
from flytui.ui.messages import Blind, Seen
from flytui.ui.outside import Outside
from flytui.ui.pages.lines import Line
from flytui.ui.pulse import EVERY, Pulse
from flytui.ui.screens.main import MainScreen
from flytui.ui.widgets.topline import TopLine

if TYPE_CHECKING:
    from flytui.assessment import Assessment, Identity
    from flytui.last_look import LastLook
    from flytui.outage import Outage
    from flytui.settings.personal import Personal
    from flytui.ui.ports import Session


@runtime_checkable
class _Personal(Protocol):
    """An app that knows what the person likes."""

    preferences: "Personal"


BEAT = 5.0
"""Seconds between two looks at the clock, to see whether something is due."""


class WatchingScreen(MainScreen):
    """Tells once what keeps all items from being seen, and what changed since the last time.

    Invariant: what an earlier flytui saw is shown with its age, and never among what is seen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "C",
            "changes",
            "changes",
            show=False,
            id="main.changes",
            tooltip="What changed since you last looked at this app",
        ),
        Binding(
            "P",
            "pause",
            "pause",
            show=False,
            id="main.pause",
            tooltip="Stop looking again by itself, or go on with it",
        ),
    ]

    def __init__(self, board: Board, clock: Callable[[], datetime], outside: Outside) -> None:
        super().__init__(board, clock, outside)
        self.pulse = Pulse()
        self.outage: Outage | None = None
        self.changes: Mapping[str, tuple[str, ...]] = {}
        """By item: what is not as it was the last time, a phrase each."""
        self._last: LastLook | None = None
        self._compared: frozenset[str] = frozenset()
        self._told = False
        """Whether the person has seen the list of changes."""
        self._forgotten = ""

    def on_mount(self) -> None:
        super().on_mount()
        every = self.app.preferences.refresh_every if isinstance(self.app, _Personal) else None
        self.pulse = Pulse(EVERY if every is None else every)
        self.set_interval(BEAT, self.beat)

    def begin(self, session: "Session", *, look: bool = True) -> None:
        """As always; how it was the last time stands here until something better is known."""
        self._recall(session)
        super().begin(session, look=look)
        if not look:
            # It was looked at already, by whoever chose it among the organisation's apps.
            self.pulse = self.pulse.looked(self.clock(), well=True)

    def forget(self) -> None:
        """Everything about the session goes; another one may begin."""
        self.workers.cancel_node(self)
        self.session = None
        self.outage, self.changes, self._last = None, {}, None
        self._compared, self._told, self._forgotten = frozenset(), False, ""
        board = self.board
        self.board = Board(board.checklist, replace(board.identity, organization=None))

    def entitle(self, app: str) -> None:
        """Show which app it is going to be about."""
        self.board = replace(
            self.board, identity=replace(self.board.identity, app=app, organization=None)
        )

    def _recall(self, session: "Session") -> None:
        from flytui.memory import Forgotten  # noqa: PLC0415 (not in the first frame)

        if session.memory is None:
            return
        try:
            self._last = session.memory.last(session.identity.organization)
        except Forgotten as error:
            self._forgotten = str(error)
        if self._last is not None:
            self.board = replace(self.board, recalled=self._last.items)

    def looked(self) -> None:
        """Everything has been looked at once more: what fails, what changed, what to remember."""
        from flytui.outage import outage  # noqa: PLC0415 (not in the first frame)

        board = self.board
        self._leave_another(board.identity)
        self.outage = outage(board.assessments.values(), board.manual, board.identity)
        silent = self.outage is not None and self.outage.kind == "unreachable"
        self.pulse = self.pulse.looked(self.clock(), well=not silent)
        if self.outage is None:
            self._compare()
            self.post_message(Seen())
        elif self.is_active and not self._something_stands_here(self.outage):
            self.post_message(Blind(self.outage))
        self._remember()
        self.draw()

    def _leave_another(self, identity: "Identity") -> None:
        """An app that belongs to another organisation now is not the one that was remembered."""
        owner = identity.organization
        if self._last is not None and owner is not None and owner != self._last.organization:
            self._last = None
            self.board = replace(self.board, recalled={})

    def _something_stands_here(self, why: "Outage") -> bool:
        """Whether there is anything to read; a refusal is for a person to mend, all the same."""
        known = self.board.assessments.values()
        seen = any(a.finding.status is not Status.UNKNOWN for a in known if not self._manual(a))
        waits = why.kind in {"unreachable", "unexpected", ""}
        return seen or (waits and self._last is not None)

    def _manual(self, known: "Assessment") -> bool:
        return known.item.id in self.board.manual

    def _compare(self) -> None:
        """Each item once, when it is first seen: what is not as it was the last time."""
        from flytui.last_look import differences  # noqa: PLC0415 (not in the first frame)

        if self._last is None:
            return
        fresh = {
            id_: known
            for id_, known in self.board.assessments.items()
            if id_ not in self._compared and known.finding.status is not Status.UNKNOWN
        }
        self._compared |= frozenset(fresh)
        found = {
            id_: told
            for id_, known in fresh.items()
            if id_ in self._last.items and (told := differences(self._last.items[id_], known))
        }
        if found:
            self.changes = {**self.changes, **found}
            self._told = False
            self.board = replace(self.board, news=self.board.news | frozenset(found))

    def _remember(self) -> None:
        """Keep what is seen now for the next time; without a disk there is no next time to tell."""
        from flytui.last_look import look  # noqa: PLC0415 (not in the first frame)

        session, owner = self.session, self.board.identity.organization
        seen = self.board.updated is not None and self.outage is None
        if session is None or session.memory is None or owner is None or not seen:
            return
        known = self.board.assessments.values()
        whose = (self.board.identity.app, owner)
        try:
            session.memory.keep(look(self._last, known, whose, self.clock()))
        except OSError as error:
            self._forgotten = f"What is seen cannot be kept for the next time: {error.strerror}."

    def on_unmount(self) -> None:
        self._remember()

    def watch_shown(self, before: Place | None, now: Place | None) -> None:
        """What the pane leaves and what it comes to has been looked at."""
        left, come = (place.item if place else None for place in (before, now))
        read = frozenset({left, come}) & self.board.news
        if read and left != come:
            self.board = replace(self.board, news=self.board.news - read)

    def beat(self) -> None:
        """Look again at what is on the screen, when it is time and nothing covers it."""
        idle = self.session is not None and self.board.updated is not None
        if idle and self.is_active and not self.board.pending and self.pulse.is_due(self.clock()):
            self.look_here()
        self._tell_of_the_pulse()

    def draw(self) -> None:
        super().draw()
        self._tell_of_the_pulse()

    def _tell_of_the_pulse(self) -> None:
        self.query_one(TopLine).pulse = self.pulse.words(self.clock())

    @work(exclusive=True, group="live")
    async def look_here(self) -> None:
        """The item under the cursor and the app's quick facts, without moving anything."""
        from flytui.events import Assessed  # noqa: PLC0415 (not in the first frame)

        session = self.session
        if session is None:
            return
        # One at a time: the next is due a while after this one.
        self.pulse = replace(self.pulse, due=None)
        failed = False
        item = self.place.item if self.place else None
        async with aclosing(session.renew(item)) as events:
            async for event in events:
                if isinstance(event, Assessed):
                    failed = failed or _failed(event.assessment)
                    self.board = self.board.heard(event.assessment)
        better = self.pulse.failures > 0 and not failed
        self.pulse = self.pulse.looked(self.clock(), well=not failed)
        if better:
            # What failed meanwhile is known to have failed, until it is asked for anew.
            self.look(again=True)
        self.draw()

    def action_pause(self) -> None:
        self.pulse = self.pulse.toggled(self.clock())
        self._tell_of_the_pulse()
        again = key("R", "main.refresh")
        words = f"paused: {again} looks again" if self.pulse.paused else "goes on"
        self.notify(f"Looking again by itself {words}.", timeout=4, markup=False)

    @work(exclusive=True, group="ask")
    async def action_changes(self) -> None:
        from flytui.ui.screens.changes import ChangesScreen  # noqa: PLC0415 (not in the first frame)

        if self._last is None:
            return
        self._told = True
        screen = ChangesScreen(self.board, self.changes, self._last.at)
        item = await self.app.push_screen_wait(screen)
        self.draw()
        if item is not None:
            self.go_to(Place(self.board.checklist[item].section, item))

    def why_not(self, action: str) -> str | None:
        if action == "changes" and not self.changes:
            if self._last is None:
                return "No earlier look at this app is remembered."
            return "Nothing has changed since you last looked, as far as flytui has seen so far."
        if action == "pause" and self.pulse.every <= 0:
            return "Looking again by itself is off: your settings say [refresh] every = 0."
        return super().why_not(action)

    def _page(self, place: Place) -> tuple[str, list[Line]]:
        title, lines = super()._page(place)
        if place.item is None or place.resource is not None or self._last is None:
            return title, lines
        from flytui.ui.pages import since  # noqa: PLC0415 (not in the first frame)

        then = self.board.earlier(place.item)
        more = since.as_it_was(then, self.clock()) if then else []
        if told := self.changes.get(place.item):
            more = since.what_changed(told, self._last.at)
        return title, [*lines[:1], *more, *lines[1:]]

    def _notice(self) -> str:
        """What was seen earlier and stands here still says by itself that it is old."""
        from flytui.ui.notices import notice  # noqa: PLC0415 (not in the first frame)

        changed = [] if self._told else [self.board.checklist[i].title for i in self.changes]
        own = notice(self.board, self.outage, self._last, changed, self.clock())
        return super()._notice() or own or self._forgotten


def _failed(known: "Assessment") -> bool:
    """Whether asking again may help: no answer, too many requests, an outage on the other side.

    What Fly.io refuses, and what the checkout does not tell, is the same the next time.
    """
    unseen = known.outdated or known.finding.unseen
    return unseen is not None and unseen.kind == "unreachable"
