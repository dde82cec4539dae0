"""The command palette: every action of the main screen, every section, item and resource."""

from collections.abc import Iterator
from functools import partial
from heapq import nlargest
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import Matcher
from textual.style import Style
from textual.types import IgnoreReturnCallbackType

from flytui.text import one_line
from flytui.ui.board import Place, keyed

if TYPE_CHECKING:
    from flytui.ui.screens.main import MainScreen

Entry: TypeAlias = tuple[str, str, IgnoreReturnCallbackType]
"""What is offered, what is told of it, and what choosing it does."""

MOST = 100
"""Resources that are offered at once: nobody reads thousands."""


class Keys(Provider):
    """Offers what the keys of the screen do, with the key beside it."""

    async def discover(self) -> Hits:
        for words, tip, command in self._actions():
            yield DiscoveryHit(_told(Content(words), tip), command, text=words)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for entry in self._actions():
            if (score := matcher.match(entry[0])) > 0:
                yield _hit(matcher, score, entry)

    def _why_not(self, action: str) -> str | None:
        """Why the action cannot be done now."""
        del action
        return None

    def _actions(self) -> Iterator[Entry]:
        for active in self.screen.active_bindings.values():
            binding = active.binding
            ours = active.node in (self.screen, self.app)
            if not ours or not (binding.id and binding.description):
                continue
            if binding.action.startswith("section("):
                continue  # by name
            key = self.app.get_key_display(binding)
            why = self._why_not(binding.action) if not active.enabled else None
            words = f"{binding.description.capitalize()} ({key})"
            command = partial(self.app.run_action, binding.action, active.node)
            tell = partial(self.app.notify, why or "", severity="warning", markup=False)
            yield words, why or active.tooltip, tell if why else command


class WalkKeys(Keys):
    """Those of the walkthrough."""

    def _why_not(self, action: str) -> str | None:
        from flytui.ui.screens.walk import WalkScreen  # noqa: PLC0415 (it names this provider)

        return self.screen.why_not(action) if isinstance(self.screen, WalkScreen) else None


class Actions(Keys):
    """Those of the checklist, and a way to each place of its tree."""

    @property
    def _main(self) -> "MainScreen | None":
        from flytui.ui.screens.main import MainScreen  # noqa: PLC0415 (it names this provider)

        return self.screen if isinstance(self.screen, MainScreen) else None

    def _why_not(self, action: str) -> str | None:
        main = self._main
        return main.why_not(action) if main is not None else None

    async def discover(self) -> Hits:
        """The actions and the sections, before anything is typed."""
        for words, tip, command in (*self._actions(), *self._sections()):
            yield DiscoveryHit(_told(Content(words), tip), command, text=words)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for entry in (*self._actions(), *self._sections(), *self._items()):
            if (score := matcher.match(entry[0])) > 0:
                yield _hit(matcher, score, entry)
        scored = ((matcher.match(entry[0]), entry) for entry in self._resources())
        best = nlargest(MOST, (pair for pair in scored if pair[0] > 0), key=itemgetter(0))
        for score, entry in best:
            yield _hit(matcher, score, entry)

    def _sections(self) -> Iterator[Entry]:
        main = self._main
        for number, section in enumerate(main.board.checklist.sections if main else (), 1):
            if main is not None:
                key = f" ({number})" if number < 10 else ""
                settled, applicable = main.board.counts(section)
                tip = f"Section, {settled} of {applicable} settled"
                go = partial(main.go_to, Place(section.id))
                yield one_line(section.title, 100) + key, tip, go

    def _items(self) -> Iterator[Entry]:
        main = self._main
        for item in main.board.checklist if main else ():
            if main is not None:
                section = one_line(main.board.section(item.section).title, 100)
                go = partial(main.go_to, Place(item.section, item.id))
                yield one_line(item.title, 200), f"Item of {section}", go

    def _resources(self) -> Iterator[Entry]:
        """Each thing an item speaks about; one of two items' is offered for each of them."""
        main = self._main
        for item in main.board.checklist if main else ():
            known = main.board.get(item.id) if main else None
            if main is None or known is None:
                continue
            tip = f"In {one_line(item.title, 200)}"
            for key, one in keyed(known.finding.resources):
                words = f"{one_line(one.id, 200)}  {one_line(one.kind, 50)}"
                yield words, tip, partial(main.go_to, Place(item.section, item.id, key))


def _hit(matcher: Matcher, score: float, entry: Entry) -> Hit:
    """The entry with what was typed marked in it; its words are text, and never markup."""
    words, tip, command = entry
    shown = Content(words)
    for at in matcher.fuzzy_search.match(matcher.query, words)[1]:
        shown = shown.stylize(matcher.match_style, at, at + 1)
    return Hit(score, _told(shown, tip), command, text=words)


def _told(shown: Content, tip: str) -> Content:
    """What is offered, and below it what is told of it; as a hit's help it would be markup."""
    below = Content.styled(f"  {one_line(tip)}", Style(dim=True))
    return Content("\n").join([shown, below]) if tip else shown
