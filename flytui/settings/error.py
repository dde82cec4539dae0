"""Settings that cannot be used."""

from dataclasses import dataclass
from pathlib import Path


class SettingsError(Exception):
    """Settings that cannot be used: which ones and why, and what to do."""

    def __init__(
        self, cause: str, cure: str, *, path: Path | None = None, line: int | None = None
    ) -> None:
        super().__init__(cause)
        self.cause = cause
        self.cure = cure
        self.path = path
        """The file it is about."""
        self.line = line


class NoToken(SettingsError):  # noqa: N818  (named for what happened)
    """Nobody gave a token, and `fly` has no session."""


class NoApp(SettingsError):  # noqa: N818  (named for what happened)
    """Nothing names an app."""


@dataclass(frozen=True, slots=True)
class Named:
    """A file of the folder, and the app it is for."""

    file: str
    app: str


class NoOrganization(NoApp):
    """Nothing names an app, and the token sees none of the organisation that was named."""

    def __init__(self, organization: str, seen: tuple[str, ...]) -> None:
        super().__init__(
            f"This token sees no app of an organisation {organization}: there is none of this "
            "name, or it has no apps, or the token may not read it.",
            "Check the name: `fly orgs list` shows those your login sees. For another one, use a "
            "token of it.",
        )
        self.organization = organization
        self.choices = tuple(Named("", name) for name in seen)
        """The apps it does see."""


class SeveralApps(NoApp):
    """Files of the folder name apps, and none of them is the one that counts by itself."""

    def __init__(self, cause: str, cure: str, choices: tuple[Named, ...]) -> None:
        super().__init__(cause, cure)
        self.choices = choices
