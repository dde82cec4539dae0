"""Decisions taken line by line. What was typed is kept until it is saved."""

from datetime import date, timedelta

from flytui.assessment import Assessment
from flytui.review import Decision
from flytui.review_file import ReviewFileError
from flytui.session import Session
from flytui.walk.voice import Voice

_LEAVE = "leave"


class Deciding:
    """Asks for a note and for how long it holds.

    Invariant: a note that was typed is in `unsaved` until a decision with it is on file, or until
    another one takes its place.
    """

    def __init__(self, session: Session, voice: Voice) -> None:
        self._session = session
        self._voice = voice
        self.unsaved: dict[tuple[str, Decision], str] = {}
        """By item and decision."""

    def decide(self, known: Assessment, decision: Decision) -> Assessment | None:
        """The assessment with the decision; None when there is none. Raises Gone."""
        key = (known.item.id, decision)
        while True:
            note = self._note(key)
            if note is None:
                return None
            self.unsaved[key] = note
            saved = self._saved(known, decision, note)
            if saved is not None or not self._once_more(note):
                return saved

    def _note(self, key: tuple[str, Decision]) -> str | None:
        """The note, which may be empty where none is needed; None for nothing to be decided."""
        kept, waives = self.unsaved.get(key, ""), key[1].waives
        if kept:
            self._voice.say(f"Typed before, and not saved yet: {kept}")
            alone = "Enter alone takes that again"
        else:
            alone = "Enter alone decides nothing" if waives else "Enter alone for none"
        what = "Reason, for whoever reads it next" if waives else "Note"
        note = self._voice.ask(f"{what} ({alone}):") or kept
        if note or not waives:
            return note
        self._voice.say(f"Nothing was decided: {key[1].words} needs a reason.")
        return None

    def _saved(self, known: Assessment, decision: Decision, note: str) -> Assessment | None:
        """What was saved; None when it was not, and the person knows why."""
        item = known.item.id
        try:
            expires = self._expires()
            saved = self._session.decide(item, decision, note, expires)
        except (ReviewFileError, ValueError) as error:
            self._voice.say(f"Not saved: {error}")
            return None
        del self.unsaved[item, decision]
        until = f"until {expires:%Y-%m-%d}" if expires else "until it changes"
        words = f"Saved as {decision.words} by {self._session.by}, {until}"
        self._voice.say(f"{words}. Say undo to undo it.")
        return saved

    def _expires(self) -> date | None:
        """The last day on which it holds. Raises ValueError for a day that will not do."""
        today = self._session.parts.clock().date()
        example = (today + timedelta(days=60)).isoformat()
        typed = self._voice.ask(
            "How long does it hold? Enter alone: until the facts change. Or a number of days, "
            f"such as 30, 90 or 180, or a last day, such as {example}:"
        )
        days = typed.removesuffix("days").strip()
        if days in {"", "until it changes"}:
            return None
        try:
            if days.isascii() and days.isdecimal():
                return today + timedelta(days=int(days))
            return date.fromisoformat(typed)
        except (ValueError, OverflowError):
            words = f"{typed!r} is neither a number of days nor a day such as {example}."
            raise ValueError(words) from None

    def _once_more(self, note: str) -> bool:
        """Whether to try again; the note stays either way."""
        if note:
            self._voice.say(f"What you typed is kept: {note}")
        typed = self._voice.ask(f"Enter alone tries again, {_LEAVE} goes back to the item:")
        return typed.casefold() != _LEAVE
