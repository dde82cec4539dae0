"""The note dialog: what was decided about an item, why, until when, by whom."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Literal, TypeAlias, get_args

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Static, TextArea

from flytui.assessment import Assessment, Identity
from flytui.review import Decision
from flytui.ui.drawn import unwatched
from flytui.ui.dressed import DressedApp
from flytui.ui.keys import key
from flytui.ui.pages.lines import Line, say, text
from flytui.ui.widgets.dialog import Dialog
from flytui.ui.widgets.page import Page
from flytui.ui.widgets.pick import Pick
from flytui.ui.widgets.topline import TopLine
from flytui.ui.words import day, decided, sign

Expiry: TypeAlias = Literal["until it changes", "30 days", "90 days", "180 days", "a date"]
EXPIRIES: tuple[Expiry, ...] = get_args(Expiry)


@dataclass(slots=True)
class Draft:
    """What was typed about an item so far; kept for the session, so that leaving loses nothing."""

    note: str = ""
    expiry: Expiry = "until it changes"
    until: str = ""
    """As typed, for the expiry `a date`."""
    began: str = ""
    """The note as it was kept before."""

    @property
    def unsaved(self) -> bool:
        """Whether anything would be lost with it."""
        return bool(self.note.strip()) and self.note.strip() != self.began.strip()

    def expires(self, today: date) -> date | None:
        """The last day it holds. Raises ValueError with a sentence for a date that will not do."""
        if self.expiry == "until it changes":
            return None
        if self.expiry != "a date":
            return today + timedelta(days=int(self.expiry.split()[0]))
        try:
            last = date.fromisoformat(self.until.strip())
        except ValueError as error:
            example = (today + timedelta(days=60)).isoformat()
            raise ValueError(f"{self.until!r} is not a date like {example}.") from error
        if last < today:
            raise ValueError(f"{day(last)} has passed already.")
        return last


@dataclass(frozen=True, slots=True)
class Question:
    """What the dialog is about."""

    identity: Identity
    before: Assessment
    decision: Decision
    by: str
    today: date
    save: Callable[[str, date | None], Assessment]
    """Keeps the review. Raises ReviewFileError or ValueError."""


class Words(TextArea):
    """Where the note is written."""

    def on_unmount(self) -> None:
        unwatched(self)


class NoteScreen(ModalScreen[Assessment | None]):
    """Gives the saved assessment; None when it was left, the draft then holds what was typed."""

    CSS_PATH = "note.tcss"
    AUTO_FOCUS = ""  # Textual would scroll to where the note is before the terminal's size counts
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "cancel", id="note.cancel", tooltip="Back; the draft is kept"),
        Binding(
            "ctrl+o", "editor", "editor", id="note.editor", tooltip="Write it in your own editor"
        ),
        # Before the text area, which would take a letter away.
        Binding("ctrl+d", "save", "save", id="note.save", tooltip="Save it", priority=True),
    ]

    def __init__(self, question: Question, draft: Draft) -> None:
        super().__init__()
        self._question = question
        self._draft = draft

    def compose(self) -> ComposeResult:
        question, draft = self._question, self._draft
        with Dialog():
            yield TopLine(question.identity)
            yield Page(self._head())
            yield Label(text("Note" if self._optional else "Reason, for whoever reads it next"))
            yield Words(draft.note, tab_behavior="focus", soft_wrap=True)
            yield Label(text("Holds"))
            yield Pick(EXPIRIES, EXPIRIES.index(draft.expiry))
            example = (question.today + timedelta(days=60)).isoformat()
            yield Input(draft.until, placeholder=example, compact=True)
            yield Static(classes="error")
            yield Static(Content(self._hint()), classes="hint")
            with Horizontal(classes="buttons"):
                yield Button("Cancel", id="cancel")
                yield Button("Save", id="save", variant="primary")

    def on_mount(self) -> None:
        self.query_one(Input).display = self._draft.expiry == "a date"
        area = self.query_one(Words)
        area.focus(scroll_visible=False)
        area.move_cursor(area.document.end)

    def on_resize(self) -> None:
        """What has the focus stays in sight, however small the terminal becomes."""
        if self.focused is not None:
            self.call_after_refresh(self.focused.scroll_visible, animate=False)

    @property
    def _optional(self) -> bool:
        return not self._question.decision.waives

    @staticmethod
    def _hint() -> str:
        editor = f"{key('^o', 'note.editor')} opens your editor"
        leave = f"{key('esc', 'note.cancel')} leaves and keeps a draft"
        save = f"{key('^d', 'note.save')} saves"
        return f"{save}   tab moves on   ← → choose   {editor}   {leave}"

    def _head(self) -> list[Line]:
        finding = self._question.before.finding
        status = sign(finding.status)
        by = self._question.by
        return [
            say((decided(self._question.decision).capitalize(), "bold"), ": ", self._title),
            say((f"{status.glyph} {status.word}   ", f"${status.colour}"), finding.summary, hang=2),
            say(("decided by ", "$foreground-muted"), by),
        ]

    @property
    def _title(self) -> str:
        return self._question.before.item.title

    @work(exclusive=True, group="editor")
    async def action_editor(self) -> None:
        """The note in the person's own editor; whatever goes wrong, what was typed stays."""
        from flytui.ui.editor import edited  # noqa: PLC0415 (seldom needed)
        from flytui.ui.errand import NotRun  # noqa: PLC0415 (as above)

        area, app = self.query_one(TextArea), self.app
        editor = app.preferences.editor if isinstance(app, DressedApp) else ""
        try:
            area.text = await edited(app, editor, area.text, os.environ)
        except (NotRun, OSError) as error:
            self.query_one(".error", Static).update(text(str(error)))
        else:
            self.query_one(".error", Static).update("")
            area.move_cursor(area.document.end)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        self._draft.note = event.text_area.text
        self._complain("")

    def on_input_changed(self, event: Input.Changed) -> None:
        self._draft.until = event.value
        self._complain("")

    def on_input_submitted(self) -> None:
        self._save()

    def on_pick_picked(self, message: Pick.Picked) -> None:
        self._draft.expiry = EXPIRIES[message.number]
        self._complain("")
        self.query_one(Input).display = self._draft.expiry == "a date"

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "save":
            self._save()
        else:
            self.dismiss(None)

    def action_save(self) -> None:
        self._save()

    def _save(self) -> None:
        from flytui.review_file import ReviewFileError  # noqa: PLC0415 (not in the first frame)

        try:
            if not self._optional and not self._draft.note.strip():
                words = decided(self._question.decision).capitalize()
                raise ValueError(f"{words} needs a reason that somebody else can follow.")
            expires = self._draft.expires(self._question.today)
            saved = self._question.save(self._draft.note, expires)
        except (ReviewFileError, ValueError) as error:
            self._complain(str(error))
            self.query_one(".error").scroll_visible(animate=False)
        else:
            self.dismiss(saved)

    def _complain(self, words: str) -> None:
        """What keeps it from being saved; gone as soon as something is changed."""
        self.query_one(".error", Static).update(text(words))
