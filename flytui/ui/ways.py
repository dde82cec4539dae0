"""What the screen asks of whoever started it: another app, a login, the demo."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from flytui.settings.error import SettingsError
    from flytui.ui.errand import Errand


class Ways(Protocol):
    """The ways out of trouble that lead out of the screen."""

    @property
    def login(self) -> "Errand | None":
        """Logs in; None where there is no `fly`, or nothing to log in to."""
        ...

    @property
    def demo(self) -> "Errand | None":
        """Shows the demo; None within it."""
        ...

    @property
    def organization(self) -> str | None:
        """The organisation that was named, where one was."""
        ...

    async def astray(self) -> "SettingsError | None":
        """Why the app that was seen is not the one that was meant; None when it is."""
        ...

    def about(self, app: str) -> None:
        """From the next session on it is about this app."""
        ...

    def logged_in(self) -> str:
        """From the next session on the login is used; what that replaces, in a sentence."""
        ...
