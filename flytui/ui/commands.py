"""The command palette: every action of the main screen, and every item."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.types import IgnoreReturnCallbackType

from flytui.ui.board import Place

if TYPE_CHECKING:
    from flytui.ui.screens.main import MainScreen


class Actions(Provider):
    """Offers what the keys offer, with the key beside it, and a way to each item."""

    @property
    def _main(self) -> "MainScreen | None":
        from flytui.ui.screens.main import MainScreen  # noqa: PLC0415 (it names this provider)

        return self.screen if isinstance(self.screen, MainScreen) else None

    async def discover(self) -> Hits:
        """The actions, before anything is typed."""
        for words, tip, command in self._actions():
            yield DiscoveryHit(Content(words), command, text=words, help=tip)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for words, tip, command in (*self._actions(), *self._items()):
            score = matcher.match(words)
            if score > 0:
                yield Hit(score, matcher.highlight(words), command, text=words, help=tip)

    def _actions(self) -> Iterator[tuple[str, str, IgnoreReturnCallbackType]]:
        main = self._main
        if main is None:
            return
        for active in main.active_bindings.values():
            binding = active.binding
            if active.node not in (main, self.app) or not (binding.id and binding.description):
                continue
            key = self.app.get_key_display(binding)
            why = main.why_not(binding.action) if not active.enabled else None
            words = f"{binding.description.capitalize()} ({key})"
            command = partial(self.app.run_action, binding.action, active.node)
            tell = partial(self.app.notify, why or "", severity="warning", markup=False)
            yield words, why or active.tooltip, tell if why else command

    def _items(self) -> Iterator[tuple[str, str, IgnoreReturnCallbackType]]:
        main = self._main
        if main is None:
            return
        for item in main.board.checklist:
            section = main.board.section(item.section).title
            yield item.title, section, partial(main.go_to, Place(item.section, item.id))
