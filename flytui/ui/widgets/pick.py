"""One of a few words, on one line: the chosen one stands in brackets."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget


class Pick(Widget, can_focus=True):
    """Left and right choose, as a click does. The choice is told by brackets, not by colour."""

    DEFAULT_CSS = """
    Pick { height: auto; width: 1fr; }
    Pick:focus { background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", show=False, id="pick.previous", tooltip="The one before"),
        Binding("right,l,space", "step(1)", show=False, id="pick.next", tooltip="The next one"),
    ]

    chosen: reactive[int] = reactive(0, layout=True, init=False)

    class Picked(Message):
        """Another word was chosen."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, words: Sequence[str], chosen: int) -> None:
        super().__init__()
        self._words = words
        self.set_reactive(Pick.chosen, chosen)
        self.auto_links = False  # an underline under every word would say nothing

    def render(self) -> Content:
        return Content(" ").join(
            Content.styled(
                f"[{word}]" if n == self.chosen else f" {word} ".replace(" ", "\u00a0"),
                Style(bold=n == self.chosen) + Style.from_meta({"@click": f"choose({n})"}),
            )
            for n, word in enumerate(self._words)
        )

    def watch_chosen(self) -> None:
        self.post_message(self.Picked(self.chosen))

    def action_step(self, step: int) -> None:
        self.chosen = (self.chosen + step) % len(self._words)

    def action_choose(self, number: int) -> None:
        self.chosen = number
