"""What is shown when flytui cannot begin, or sees nothing at all: what is the matter, ways out."""

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from flytui.assessment import Identity
from flytui.settings.error import Named
from flytui.trouble import Trouble, Way, no_fly
from flytui.ui.errand import NotRun, run
from flytui.ui.keys import key
from flytui.ui.outside import Outside
from flytui.ui.pages.lines import BLANK, Line, heading, say, table, text, whole
from flytui.ui.widgets.keyline import KeyLine
from flytui.ui.widgets.page import Page
from flytui.ui.widgets.topline import TopLine

if TYPE_CHECKING:
    from flytui.ui.errand import Errand
    from flytui.ui.ways import Ways

_SHORT = {
    Way.LOGIN: "log in",
    Way.AGAIN: "try again",
    Way.DEMO: "demo",
    Way.COPY: "copy",
    Way.LOOK: "checklist",
    Way.BACK: "back",
    Way.QUIT: "quit",
}


def _binding(way: Way) -> Binding:
    name = way.name.lower()
    return Binding(way.key, f"take('{name}')", _SHORT[way], id=f"trouble.{name}", tooltip=way.words)


class TroubleScreen(ModalScreen[Way | Named]):
    """Gives the way chosen, or the app to go on with. Logging in and the demo happen here."""

    CSS_PATH = "trouble.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *map(_binding, Way),
        Binding("j", "down", show=False, id="trouble.down", tooltip="One down"),
        Binding("k", "up", show=False, id="trouble.up", tooltip="One up"),
        Binding("pagedown", "page(1)", show=False, id="trouble.page_down", priority=True),
        Binding("pageup", "page(-1)", show=False, id="trouble.page_up", priority=True),
    ]

    def __init__(  # noqa: PLR0913 (what there is to tell, and from where)
        self,
        identity: Identity,
        trouble: Trouble,
        ways: "Ways | None" = None,
        outside: Outside | None = None,
        *,
        look: bool = False,
        back: bool = False,
    ) -> None:
        """`look`: there is a checklist to go back to; `back`: another such screen."""
        super().__init__()
        self._identity = identity
        self.trouble = trouble
        self._ways = ways
        self._outside = outside or Outside()
        self._open = trouble.ways(
            # Without fly, the key tells what is missing.
            fly=ways is not None,
            demo=ways is not None and ways.demo is not None,
            look=look,
            back=back,
        )

    def compose(self) -> ComposeResult:
        yield TopLine(self._identity)
        with VerticalScroll(can_focus=not self.trouble.choices):
            yield Page(self.page())
            if self.trouble.choices:
                yield OptionList(*map(_option, self.trouble.choices), compact=True)
            yield Page(self.ways())
        yield KeyLine()

    def on_mount(self) -> None:
        # What is the matter stays in sight, above what there is to choose from.
        kind = OptionList if self.trouble.choices else VerticalScroll
        self.query_one(kind).focus(scroll_visible=False)
        self.call_after_refresh(self.query_one(VerticalScroll).scroll_home, animate=False)

    def page(self) -> list[Line]:
        """What is the matter; what there is to choose from stands right below."""
        trouble = self.trouble
        lines = [say((trouble.headline, "bold")), BLANK, Line(whole(trouble.cause))]
        return [*lines, *(heading("Go on with", key="↑ ↓ enter") if trouble.choices else [])]

    def ways(self) -> list[Line]:
        """The cure, and the keys with what they do."""
        trouble, lines = self.trouble, list[Line]()
        if trouble.cure:
            lines += [*heading("What to do"), Line(whole(trouble.cure), indent=2)]
        # Uncut, and on lines of their own: half a command is another command.
        lines += [Line(whole(line, "bold"), indent=4) for line in trouble.commands]
        keys = [(_key(way), text(_words(way))) for way in self._open]
        return [*lines, *heading("Ways out"), *table(keys, style="bold")]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "take":
            return any(way.name.lower() == parameters[0] for way in self._open)
        return True

    @work(exclusive=True, group="way")
    async def action_take(self, name: str) -> None:
        way = Way[name.upper()]
        match way:
            case Way.COPY:
                self._outside.copy(self.app, self.trouble.commands[-1])
            case Way.LOGIN:
                await self._log_in()
            case Way.DEMO if self._ways and self._ways.demo:
                await self._run(self._ways.demo)
            case _:
                self.dismiss(way)

    async def _log_in(self) -> None:
        login = self._ways.login if self._ways else None
        if login is None:
            self.app.push_screen(TroubleScreen(self._identity, no_fly(), back=True), self._then)
        elif await self._run(login) == 0:
            self.dismiss(Way.LOGIN)

    def _then(self, way: "Way | Named | None") -> None:
        """What was chosen on the page above this one; going back was all but that."""
        if way not in {None, Way.BACK}:
            self.dismiss(way)

    async def _run(self, errand: "Errand") -> int | None:
        try:
            return await run(self.app, errand)
        except NotRun as error:
            self.notify(str(error), severity="error", markup=False)
            return None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.trouble.choices[event.option_index])

    def action_down(self) -> None:
        self._step(1)

    def action_up(self) -> None:
        self._step(-1)

    def action_page(self, step: int) -> None:
        """The whole page, whatever is chosen on it."""
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_relative(y=step * max(scroll.size.height - 1, 1), animate=False)

    def _step(self, step: int) -> None:
        for rows in self.query(OptionList):
            rows.action_cursor_down() if step > 0 else rows.action_cursor_up()
            return
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_relative(y=step, animate=False)


def _key(way: Way) -> str:
    usual = "esc" if way.key == "escape" else way.key
    return key(usual, f"trouble.{way.name.lower()}")


def _words(way: Way) -> str:
    commands = {Way.LOGIN: "fly auth login: ", Way.DEMO: "flytui demo: "}
    return commands.get(way, "") + way.words


def _option(choice: Named) -> Option:
    where = f"   {choice.file}" if choice.file else ""
    return Option(Content("").join([text(choice.app, "bold"), text(where)]))
