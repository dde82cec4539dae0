"""The main screen with the keys that decide: reviews, and taking them back."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from flytui.assessment import Assessment
from flytui.review import Decision
from flytui.ui import keys
from flytui.ui.board import Board, Place
from flytui.ui.outside import Outside
from flytui.ui.screens.remedying import RemedyingScreen
from flytui.ui.words import decided

if TYPE_CHECKING:
    from flytui.ui.ports import Session
    from flytui.ui.screens.note import Draft
    from flytui.ui.screens.walk import WalkScreen

_CHANGING = frozenset({"decide", "edit", "undo"})


class DecidingScreen(RemedyingScreen):
    """What `--read-only` leaves out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "r",
            "decide('reviewed')",
            "reviewed",
            id="decide.reviewed",
            tooltip="Note that this was reviewed",
        ),
        Binding(
            "x",
            "decide('not_applicable')",
            "not applicable",
            id="decide.not_applicable",
            tooltip="Note that this does not concern the app, and why",
        ),
        Binding(
            "X",
            "decide('accepted_risk')",
            "accepted risk",
            show=False,
            id="decide.accepted_risk",
            tooltip="Note that it stays as it is, and why somebody answers for that",
        ),
        Binding(
            "e", "edit", "edit note", show=False, id="decide.edit", tooltip="Edit the item's review"
        ),
        Binding(
            "u", "undo", "undo", show=False, id="decide.undo", tooltip="Undo the last decision"
        ),
    ]

    def __init__(self, board: Board, clock: Callable[[], datetime], outside: Outside) -> None:
        super().__init__(board, clock, outside)
        self._drafts: dict[tuple[str, Decision], Draft] = {}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where nothing is to be changed, the keys that would are not there at all."""
        if self.board.identity.read_only and action in _CHANGING:
            return False
        return super().check_action(action, parameters)

    @work(exclusive=True, group="ask")
    async def action_decide(self, decision: str) -> None:
        await self.ask(self._selected(), Decision(decision))

    @work(exclusive=True, group="ask")
    async def action_edit(self) -> None:
        known = self._selected()
        if known is not None and known.review is not None:
            await self.ask(known, known.review.decision, edit=True)

    def action_undo(self) -> None:
        self.take_back()

    def walkthrough(self, session: "Session") -> "WalkScreen":
        from flytui.ui.screens.walk import WalkScreen  # noqa: PLC0415 (not in the first frame)

        return WalkScreen(self, session, self.ask, self.take_back)

    def take_back(self) -> Assessment | None:
        """Undo the last decision, and show the item it was about; None when none was undone."""
        from flytui.review_file import ReviewFileError  # noqa: PLC0415 (not in the first frame)

        if self.session is None:
            return None
        try:
            undone = self.session.undo()
        except ReviewFileError as error:
            self.notify(str(error), severity="error", markup=False)
            return None
        if undone is None:
            self.decisions = 0
            return None
        self.decisions -= 1
        self.heard(undone)
        self.go_to(Place(undone.item.section, undone.item.id))
        self.notify(f"Undone: {undone.item.title}", markup=False)
        return undone

    @property
    def unsaved(self) -> tuple[str, ...]:
        """The items, with the app, about which something was typed and not saved."""
        app = self.board.identity.app
        items = dict.fromkeys(item for (item, _), draft in self._drafts.items() if draft.unsaved)
        return tuple(f"{self.board.checklist[item].title} ({app})" for item in items)

    def _selected(self) -> Assessment | None:
        return self.board.get(self.place.item if self.place else None)

    async def ask(
        self, known: Assessment | None, decision: Decision, *, edit: bool = False
    ) -> Assessment | None:
        """The dialog for the note; the assessment with the decision, None when it was left."""
        from flytui.ui.screens.note import Draft, NoteScreen, Question  # noqa: PLC0415

        if known is None or self.session is None:
            return None
        item = known.item.id
        key = (item, decision)
        if edit and known.review is not None and key not in self._drafts:
            expires = known.review.expires
            self._drafts[key] = Draft(
                known.review.note,
                "a date" if expires else "until it changes",
                expires.isoformat() if expires else "",
                known.review.note,
            )
        draft = self._drafts.setdefault(key, Draft())
        question = Question(
            self.board.identity,
            known,
            decision,
            self.session.by,
            self.clock().date(),
            partial(self.session.decide, item, decision),
        )
        saved = await self.app.push_screen_wait(NoteScreen(question, draft))
        if saved is None:
            if draft.unsaved:
                self.notify("Not saved. What you typed is kept until you quit.", markup=False)
            return None
        del self._drafts[key]
        self.decisions += 1
        self.heard(saved)
        undo = keys.key("u", "decide.undo")
        words = f"Saved as {decided(decision)}: {saved.item.title}. {undo} undoes it."
        self.notify(words, markup=False)
        return saved
