"""The conversation: tells an item, does what is said about it, and goes on to the next."""

from flytui.assessment import Assessment
from flytui.journey.model import Journey, Outcome, begin
from flytui.journey.words import progress
from flytui.review import Decision
from flytui.review_file import ReviewFileError
from flytui.session import Session
from flytui.walk.deciding import Deciding
from flytui.walk.fixing import Fixing
from flytui.walk.pages import item_lines, summary_lines
from flytui.walk.vocabulary import Word, known, listed, understood
from flytui.walk.voice import Gone, Voice

_DECISIONS = {decision.words: decision for decision in Decision}


class Conversation:
    """One walk over a session that has looked at everything.

    Invariant: after every step the journey is kept, so that the next walk goes on from there.
    """

    def __init__(self, session: Session, voice: Voice, *, anew: bool = False) -> None:
        self._session = session
        self._voice = voice
        self._deciding = Deciding(session, voice)
        self._fixing = Fixing(session, voice)
        self._unkept = False
        order = [item.id for item in session.checklist]
        self.journey = begin(order) if anew else session.bookmark.load(order)

    @property
    def unsaved(self) -> dict[tuple[str, Decision], str]:
        """What was typed and is not on file, by item and decision."""
        return self._deciding.unsaved

    async def walk(self) -> None:
        """Go on until the end, or until nobody says anything more. Raises KeyboardInterrupt."""
        went_on = bool(self.journey.deeds)
        self._move(self.journey.look(self._session.assessments))
        try:
            if went_on and not self.journey.ended:
                self._voice.say("Going on where the last walkthrough stopped.")
            await self._go()
        except Gone:
            return

    async def _go(self) -> None:
        told: str | None = None
        while (at := self.journey.at) is not None:
            if at != told:
                self._tell(at)
                told = at
            match self._heard():
                case None:
                    continue
                case ("stop", _):
                    return
                case ("read", _):
                    told = None
                case (word, number):
                    if await self._do(at, word, number):
                        told = None

    def _tell(self, at: str) -> None:
        items, found = self._session.checklist, self._session.assessments
        known = found[at]
        section = next(s.title for s in items.sections if s.id == known.item.section)
        words = progress(self.journey, found)
        now = self._session.parts.clock()
        self._voice.say("", f"{words[0].upper()}{words[1:]}: {known.item.title}.")
        self._voice.say(*item_lines(known, section, now))
        self._voice.say(f"You can say: {listed(self._words)}.")

    @property
    def _words(self) -> tuple[Word, ...]:
        return known(may_change=not self._session.identity.read_only)

    def _heard(self) -> tuple[str, str] | None:
        """The word that was said; None when it was none, or has been answered already."""
        typed = self._voice.ask("Your word:")
        heard = understood(typed, self._words)
        if heard is None:
            strange = f"{typed!r} is not understood. " if typed else ""
            self._voice.say(f"{strange}You can say: {listed(self._words)}.")
        elif heard[0] == "help":
            self._voice.say(*(f"  {word.name}: {word.about}" for word in self._words))
        elif heard[0] == "summary":
            self.tell_summary()
        else:
            return heard
        return None

    async def _do(self, at: str, word: str, number: str) -> bool:
        """Do what was said; whether the item one stands at is to be told anew in any case."""
        found = self._session.assessments
        match word:
            case "fix":
                await self._fix(at, number)
            case "skip":
                self._did(at, Outcome.SKIPPED)
                self._move(self.journey.next(found))
            case "back":
                earlier = self.journey.back(found)
                if earlier == self.journey:
                    self._voice.say("This is the first one.")
                self._move(earlier)
            case "undo":
                return self._undo()
            case _:
                self._decide(found[at], _DECISIONS[word])
        return False

    def _decide(self, known: Assessment, decision: Decision) -> None:
        saved = self._deciding.decide(known, decision)
        if saved is not None:
            self._did(known.item.id, Outcome(decision))
            self._move(self.journey.next(self._session.assessments))

    async def _fix(self, at: str, number: str) -> None:
        if not await self._fixing.fix(at, number):
            return
        still_open = self._session.assessments[at].open
        self._did(at, Outcome.TRIED if still_open else Outcome.FIXED)
        if still_open:
            self._voice.say("The item is still open. The word read tells it once more.")
        else:
            self._move(self.journey.next(self._session.assessments))

    def _undo(self) -> bool:
        try:
            undone = self._session.undo()
        except ReviewFileError as error:
            self._voice.say(f"Nothing was undone: {error}")
            return False
        if undone is None:
            self._voice.say("No decision was made in this walkthrough.")
            return False
        self._voice.say(f"Undone: {undone.item.title}.")
        self._move(self.journey.undone(undone.item.id).to(undone.item.id))
        return True

    def _did(self, item: str, outcome: Outcome) -> None:
        now = self._session.parts.clock()
        self._move(self.journey.did(item, outcome, self._session.by, now))

    def _move(self, journey: Journey) -> None:
        self.journey = journey
        try:
            self._session.bookmark.keep(journey)
        except OSError as error:
            if not self._unkept:
                self._unkept = True
                words = f"Where you are cannot be kept for the next start: {error.strerror}."
                self._voice.say(words)

    def tell_summary(self) -> None:
        """What came of it, and what was typed and is not on file. Raises Gone."""
        session = self._session
        self._voice.say("")
        self._voice.say(
            *summary_lines(self.journey, session.checklist, session.assessments, session.identity)
        )
        for (item, decision), note in self.unsaved.items():
            if note:
                title = session.checklist[item].title
                self._voice.say(f"Not saved, {decision.words}, {title}: {note}")
