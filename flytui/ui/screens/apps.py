"""The apps the token sees, to choose one of: type to filter, those opened last first."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from flytui.assessment import Identity
from flytui.text import file_name
from flytui.ui.keys import key
from flytui.ui.listing import Listing, chosen_from
from flytui.ui.pages.lines import text, whole
from flytui.ui.widgets.topline import TopLine
from flytui.ui.words import age, count

if TYPE_CHECKING:
    from flytui.estate import Estate, Listed

MOST = 200
"""Apps shown at once; the others are found by typing."""
_AGAIN = "again"


class AppsScreen(ModalScreen["tuple[str, str | None] | None"]):
    """Gives the app's name and its organisation, None where that is not known."""

    CSS_PATH = "apps.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "cancel", id="apps.leave", tooltip="Stay with the app there is"),
        Binding("down", "move(1)", show=False, id="apps.down", tooltip="One down", priority=True),
        Binding("up", "move(-1)", show=False, id="apps.up", tooltip="One up", priority=True),
        Binding("pagedown", "move(8)", show=False, id="apps.page_down", tooltip="A page down"),
        Binding("pageup", "move(-8)", show=False, id="apps.page_up", tooltip="A page up"),
    ]

    def __init__(  # noqa: PLR0913 (what there is to show)
        self,
        identity: Identity,
        estate: "Estate",
        listing: Listing,
        recent: Sequence[str],
        now: datetime,
        *,
        required: bool = False,
        typed: str = "",
    ) -> None:
        """Where it is required, there is no app to stay with: leaving it is leaving flytui.

        `typed`: what the list is filtered by until the person types something else.
        """
        super().__init__()
        self._required = required
        self._typed = typed
        self._identity = identity
        self._estate = estate
        self._listing = listing
        self._recent = recent
        self._now = now

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield TopLine(self._identity)
            yield Static(id="told")
            yield Input(self._typed, placeholder="Type to filter", compact=True)
            yield OptionList()
            yield Static(self._keys(), id="keys", classes="keys")

    def _keys(self, typed: str = "") -> Content:
        """What enter and escape do now: the first escape takes back what was typed."""
        leave = "whole list" if typed else "quit" if self._required else "cancel"
        return Content(f"enter open   {key('esc', 'apps.leave')} {leave}")

    def on_mount(self) -> None:
        for field in self.query(Input):  # none when flytui is left at this very moment
            field.focus()
        self._show()
        if not self._listing.done or self._listing.trouble:
            self._fill()

    @work(exclusive=True, group="apps")
    async def _fill(self) -> None:
        await self._listing.fill(self._estate, self._show)

    def _show(self) -> None:
        """Bring the list up to date; the row under the cursor stays the one under the cursor."""
        if not self.is_mounted or not self.query(Input):
            return
        typed = self.query_one(Input).value.strip()
        choices = chosen_from(self._listing.choices, self._recent, typed)
        options = self.query_one(OptionList)
        marked = options.highlighted_option.id if options.highlighted_option else None
        width = max(options.scrollable_content_region.width - 1, 20)
        rows = [Option(self._row(one, width), one.name) for one in choices[:MOST]]
        if len(choices) > MOST:
            more = count(len(choices) - MOST, "more app")
            rows.append(Option(Content(f"{more}: type to find them"), disabled=True))
        if self._listing.trouble:
            rows.append(Option(Content.styled("Ask Fly.io again", "bold"), _AGAIN))
        if not choices and _possible(typed):
            rows.append(
                Option(text(f"Open {typed}, which is not in the list", "bold"), f"={typed}")
            )
        options.set_options(rows)
        ids = [row.id for row in rows]
        options.highlighted = ids.index(marked) if typed == "" and marked in ids else 0
        self.query_one("#told", Static).update(self._told(len(choices)))
        self.query_one("#keys", Static).update(self._keys(typed))

    def _told(self, matching: int) -> Content:
        known = len(self._listing.choices)
        own = len(self._listing.rows) - known
        words = f"{count(known, 'app')} that this token sees"
        if matching != known:
            words = f"{matching} of {words}"
        if own:
            words += f"; {count(own, 'app')} of fly's own left out"
        lines = [Content.styled("Choose an app", "bold")]
        if not self._listing.done:
            words = f"Asking Fly.io which apps this token sees: {known} so far"
        lines.append(Content.styled(words, "$foreground-muted"))
        if self._listing.trouble:
            cause, cure = self._listing.trouble
            lines = [lines[0], whole(cause, "$text-error"), whole(cure)]
            lines.append(Content("Until then, an app can be opened by typing its name."))
        return Content("\n").join(lines)

    def _row(self, one: "Listed", width: int) -> Content:
        """Name, organisation, status and last deployment, as much as there is room for."""
        deployed = f"deployed {age(one.deployed_at, self._now)}" if one.deployed_at else ""
        marks = [mark for mark, holds in (("open now", one.name == self._identity.app),) if holds]
        if one.status != "deployed":
            marks.append("never deployed" if one.status == "pending" else one.status)
        if one.name in self._recent[:5] and not marks:
            marks.append("recent")
        style = "$foreground-muted" if one.suspended else ""
        tails = [", ".join(filter(None, (*marks, deployed))), ", ".join(marks), ""]
        name = text(one.name, f"bold {style}".strip(), limit=80)
        owner = text(f"  {one.organization}", "$foreground-muted", limit=60)
        left = Content("").join([name, owner])
        if marks and left.cell_length + 2 + len(tails[1]) > width:
            # Better half a name than a colour that alone tells of a suspended app.
            left = left.truncate(max(width - 2 - len(tails[1]), 8), ellipsis=True)
        for tail in tails:
            gap = width - left.cell_length - len(tail)
            if gap >= 2:
                return Content("").join([left, Content(" " * gap), Content.styled(tail, style)])
        return left.truncate(width, ellipsis=True)

    def on_resize(self) -> None:
        self._show()

    def on_input_changed(self) -> None:
        self._show()

    def on_input_submitted(self) -> None:
        option = self.query_one(OptionList).highlighted_option
        if option is not None and option.id is not None and not option.disabled:
            self._take(option.id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_id is not None:
            self._take(event.option_id)

    def _take(self, id_: str) -> None:
        if id_ == _AGAIN:
            self._fill()
        elif id_.startswith("="):
            self.dismiss((id_[1:], None))
        else:
            self.dismiss((id_, self._listing.rows[id_].organization))

    def action_move(self, step: int) -> None:
        options = self.query_one(OptionList)
        at = (options.highlighted or 0) + step
        options.highlighted = min(max(at, 0), max(options.option_count - 1, 0))

    def action_leave(self) -> None:
        """Nothing is typed: leave. Something is: the whole list again first."""
        typed = self.query_one(Input)
        if typed.value:
            typed.value = ""
        elif self._required:
            self.app.exit()
        else:
            self.dismiss(None)


def _possible(name: str) -> bool:
    """Whether an app can have this name."""
    try:
        return bool(name) and file_name(name) == name
    except ValueError:
        return False
