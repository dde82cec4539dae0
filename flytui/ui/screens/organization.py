"""The organisation's screen: all its apps against the sections, as they are looked at."""

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input, Static

from flytui.assessment import Identity
from flytui.matrix import Row, cells, decided_once, ordered, stage, totals
from flytui.survey import Survey
from flytui.ui.board import Board, Place
from flytui.ui.drawn import hidden
from flytui.ui.pages.lines import text, whole
from flytui.ui.pages.organization import cell_words, matching, progress
from flytui.ui.widgets.keyline import KeyLine
from flytui.ui.widgets.matrix import MatrixView, heads, legend
from flytui.ui.widgets.notice import Notice
from flytui.ui.widgets.topline import TopLine
from flytui.ui.words import count

if TYPE_CHECKING:
    from flytui.estate import Estate
    from flytui.fly.models import App
    from flytui.ui.travelling import Travels

SOON = 0.15
"""Seconds within which what arrived is drawn together."""
MOVES = (
    ("↑ ↓  j k", "From app to app"),
    ("← →  h l", "From section to section"),
    ("pgup pgdn", "A page up, a page down"),
)


class NameField(Input):
    """Part of a name; the line of keys tells what leads out of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "to the matches", id="organization.to_matches"),
        Binding("escape", "screen.retreat", "all apps", id="organization.unfilter"),
    ]


class OrganizationScreen(Screen[None]):
    """Looks at the apps a few at a time, those in sight first, for as long as it is shown.

    An app counts only its own items. What is the same for all of them, such as single sign-on, is
    the organisation's: it is looked at once and stands in a row of its own.
    """

    CSS_PATH = "organization.tcss"
    COMMANDS = set()  # noqa: RUF012 (Textual declares it as an instance's set)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("O", "leave", "back", id="organization.leave", tooltip="Back to the app"),
        Binding("escape", "retreat", "back", show=False, id="organization.escape"),
        Binding("slash", "filter", "filter", id="organization.filter", tooltip="Filter by name"),
        Binding("p", "pause", "pause", id="organization.pause", tooltip="Pause looking, or go on"),
        Binding("R", "refresh", "refresh", id="organization.refresh", tooltip="Look at all again"),
        Binding("question_mark", "help", "help", id="app.help", tooltip="Keys and signs"),
    ]

    def __init__(
        self,
        board: Board,
        organization: str,
        estate: "Estate",
        travels: "Travels",
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self.board = replace(board, identity=_of(organization, board.identity))
        self._organization = organization
        self._estate = estate
        self._travels = travels
        self._clock = clock
        self._apps: dict[str, App] = {}
        self._problems: dict[str, str] = {}
        self._trouble = ""
        self._listed = False
        self._survey = Survey(self._look)
        self._paused = False
        """A person paused it; it also rests while it is not shown."""
        self._drawing = False
        self._own = estate.shared_items

    def compose(self) -> ComposeResult:
        sections = self.board.checklist.sections
        yield TopLine(self.board.identity)
        yield Static(id="heads")
        apps = MatrixView(sections)
        yield apps
        yield MatrixView(sections, below=apps)
        yield Static(id="legend")
        yield Static(id="cell")
        yield Notice()
        yield KeyLine()

    def on_mount(self) -> None:
        self._view.focus()
        self._list()
        self._go()

    @property
    def _view(self) -> MatrixView:
        return self.query(MatrixView).first()

    @work(exclusive=True, group="list")
    async def _list(self) -> None:
        """The organisation's apps; each is looked at in its turn, unless it is known."""
        from flytui.fly.errors import FlyError  # noqa: PLC0415 (after the first frame)

        self._listed, self._trouble = False, ""
        try:
            async with aclosing(self._estate.apps_of(self._organization)) as pages:
                async for page in pages:
                    self._apps |= {app.name: app for app in page}
                    self._survey.add(sorted(app.name for app in page if not self._known(app.name)))
                    self._soon()
        except FlyError as error:
            self._trouble = f"{error.cause} {error.cure}"
        self._listed = True
        self._soon()

    def _known(self, name: str) -> bool:
        """Whether everything about the app has been heard of."""
        session = self._estate.sessions.get(name)
        return session is not None and all(i.id in session.assessments for i in session.checklist)

    @work(exclusive=True, group="survey")
    async def _go(self) -> None:
        await self._survey.run()

    async def _look(self, name: str) -> None:
        """Look at one app. Why it cannot be looked at is told in its row."""
        from flytui.review_file import ReviewFileError  # noqa: PLC0415 (after the first frame)
        from flytui.settings import SettingsError  # noqa: PLC0415 (as above)

        self._problems.pop(name, None)
        try:
            async with aclosing(self._estate.look(self._apps[name])) as verdicts:
                async for _ in verdicts:
                    self._soon()
        except (SettingsError, ReviewFileError, ValueError) as error:
            self._problems[name] = str(error)
        self._soon()

    def _soon(self) -> None:
        """Draw in a moment, once for all that arrives until then."""
        if not self._drawing:
            self._drawing = True
            self.set_timer(SOON, self._draw)

    def on_screen_resume(self) -> None:
        """Looking goes on; decisions may have been made meanwhile."""
        if not self._paused:
            self._survey.go_on()
        self._soon()

    def on_screen_suspend(self) -> None:
        self._survey.pause()
        hidden(self)

    def rows(self) -> list[Row]:
        """A row for each app told of so far, as far as it is known."""
        return [self._row(name) for name in self._apps]

    def _row(self, name: str) -> Row:
        app, session = self._apps[name], self._estate.sessions.get(name)
        return Row(
            name,
            cells(self.board.checklist, session.assessments if session else {}, self._own),
            stage(name, app.organization.raw_slug, declared=self._marked(app)),
            suspended=app.status == "suspended",
            looking=name in self._survey.under_way,
            problem=self._problems.get(name, ""),
        )

    def _marked(self, app: "App") -> bool | None:
        """True for what was declared to be production; None leaves it to the name."""
        return self._estate.marked(app.name, app.organization.slug) or None

    def whole(self) -> Row:
        """The organisation's own items, decided once for all its apps."""
        every = [s.assessments for n, s in self._estate.sessions.items() if n in self._apps]
        others = [i.id for i in self.board.checklist if i.id not in self._own]
        known = decided_once(self._own, every)
        return Row("organisation", cells(self.board.checklist, known, others))

    def _draw(self) -> None:
        self._drawing = False
        if not self.is_mounted or not self.query(MatrixView):
            return
        every, own, view = self.rows(), self.whole(), self._view
        shown = ordered(every, self._text)
        view.show(shown, narrowed=bool(self._text))
        self._survey.prefer(view.in_sight)
        sums = totals([*every, own])
        self.query(MatrixView).last().show([own, Row(f"all {count(len(every), 'app')}", sums)])
        self._tell(every, matching(every, len(shown), self._text))

    def _tell(self, every: list[Row], filtered: str) -> None:
        self._show_columns()
        left, paused = self._survey.left, self._survey.paused
        doing = progress(every, listed=self._listed, left=left, paused=paused)
        self.query_one(TopLine).doing = doing
        self.query_one(Notice).say(self._trouble or filtered)

    def _show_columns(self) -> None:
        """The columns in sight, the same for the apps and for their sums, and what they tell."""
        view, sections = self._view, self.board.checklist.sections
        sums = self.query(MatrixView).last()
        if sums.column != view.column:
            sums.column = view.column
            sums.refresh()
        measure, first = view.measure, view.first
        self.query_one("#heads", Static).update(whole(heads(sections, measure, first), "bold"))
        words = legend(measure, len(sections), first)
        self.query_one("#legend", Static).update(text(words, "$foreground-muted"))

    @property
    def _text(self) -> str:
        return next((field.value.strip() for field in self.query(Input)), "")

    def on_matrix_view_moved(self, message: MatrixView.Moved) -> None:
        message.stop()
        if not self.query("#cell"):  # flytui is left at this very moment
            return
        view, sections = self._view, self.board.checklist.sections
        self._show_columns()
        self._survey.prefer(view.in_sight)
        row = view.row
        words = ""
        if row is not None:
            room, cell = self.size.width - 2, row.cells[view.column]
            words = cell_words(row, sections[view.column].title, cell, room)
        self.query_one("#cell", Static).update(text(words))

    @work(exclusive=True, group="open")
    async def on_matrix_view_opened(self) -> None:
        """The app's own screen, at its first item of the section; it comes back here."""
        view = self._view
        if view.row is not None:
            section = self.board.checklist.sections[view.column]
            place = Place(section.id, section.items[0].id if section.items else None)
            await self._travels.go(view.row.name, self._organization, place, over=True)

    def action_leave(self) -> None:
        self.app.pop_screen()

    def action_retreat(self) -> None:
        """A filter goes first, then the screen."""
        fields = self.query(Input)
        if not fields:
            self.action_leave()
            return
        fields.remove()
        self._view.filtering(begun=False)
        self._view.focus()
        self._soon()

    def action_filter(self) -> None:
        if not self.query(Input):
            self.mount(NameField(placeholder="Part of a name", compact=True), before="#legend")
            self._view.filtering(begun=True)
        self.query(Input).first().focus()

    def on_input_changed(self) -> None:
        self._view.begin_anew()
        self._draw()

    def on_input_submitted(self) -> None:
        self._view.focus()

    def on_resize(self) -> None:
        self._soon()

    def action_pause(self) -> None:
        self._paused = not self._paused
        if self._paused:
            self._survey.pause()
        else:
            self._survey.go_on()
        self._soon()

    def action_refresh(self) -> None:
        self._estate.forget(self._organization)
        self._survey.add(sorted(self._apps))
        self._list()

    def action_help(self) -> None:
        from flytui.ui.screens.help import HelpScreen  # noqa: PLC0415 (not in the first frame)

        self.app.push_screen(HelpScreen(self, self.board.identity, MOVES))


def _of(organization: str, identity: Identity) -> Identity:
    """The organisation in the place of an app."""
    return Identity(organization, None, production=False, demo=identity.demo)
