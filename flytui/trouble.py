"""What keeps flytui from showing an app, and the ways out of it. Pure."""

import re
import shlex
from dataclasses import dataclass, replace
from enum import Enum

from flytui.exit_code import ExitCode
from flytui.expiry import LOOKING
from flytui.fly.errors import FlyError, Unreachable
from flytui.outage import Outage
from flytui.review_file import ReviewFileError
from flytui.settings.error import Named, NoApp, NoOrganization, NoToken, SettingsError, SeveralApps

_COMMAND = re.compile(r"`(fly [^`]+)`")
_INSTALL = "https://fly.io/docs/flyctl/install/"


class Way(Enum):
    """A way out: the key that takes it, and what it does."""

    LOGIN = ("l", "log in with fly, then begin again")
    AGAIN = ("t", "try again")
    DEMO = ("d", "a simulated Fly.io, which needs no account")
    COPY = ("c", "copy the command")
    LOOK = ("escape", "look at the checklist all the same")
    BACK = ("escape", "back to what was here before")
    QUIT = ("q", "quit")

    @property
    def key(self) -> str:
        return self.value[0]

    @property
    def words(self) -> str:
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Trouble:
    """One kind of it, told: what is the matter, what came back, what to do."""

    headline: str
    cause: str
    cure: str
    kind: str = ""
    """A `FlyError.kind`, or ours: `no token`, `no app`, `no organisation`, `no fly`."""
    choices: tuple[Named, ...] = ()
    """Apps to go on with, each with where it was found."""
    signs_in: bool = False
    """Whether a login cures it."""
    code: ExitCode = ExitCode.USAGE
    """What flytui ends with when it ends here."""

    @property
    def commands(self) -> tuple[str, ...]:
        """The commands the cure names, to be copied; a login has its key."""
        found = dict.fromkeys(_COMMAND.findall(self.cure))
        return tuple(line for line in found if line != "fly auth login")

    def ways(self, *, fly: bool, demo: bool, look: bool, back: bool = False) -> tuple[Way, ...]:
        """The ways that lead on from here.

        `look`: a checklist stands behind it; `back`: another trouble, of which this came.
        """
        there = {
            Way.LOGIN: self.signs_in and fly,
            Way.AGAIN: True,
            Way.DEMO: demo,
            Way.COPY: bool(self.commands),
            Way.LOOK: look and not back,
            Way.BACK: back,
            Way.QUIT: True,
        }
        return tuple(way for way, open_ in there.items() if open_)

    def meaning(self, names: tuple[str, ...]) -> "Trouble":
        """With apps of like names to go on with."""
        return replace(self, choices=tuple(Named("", name) for name in names))


def beginning(error: SettingsError | FlyError | ReviewFileError) -> Trouble:
    """Why there is no session."""
    match error:
        case NoToken():
            return Trouble(
                "flytui has no token to ask Fly.io with.",
                *(error.cause, error.cure, "no token"),
                signs_in=True,
            )
        case NoApp():
            return _nameless(error)
        case SettingsError():
            return _settings(error)
        case ReviewFileError():
            cure = "Correct or move the file, then try again."
            return Trouble("A review cannot be read.", str(error), cure, "file")
        case _:
            signs_in = error.kind == "not accepted"
            headline = "flytui cannot ask Fly.io."
            return Trouble(
                *(headline, error.cause, error.cure, error.kind),
                signs_in=signs_in,
                code=_code(error.kind),
            )


def _nameless(error: NoApp) -> Trouble:
    match error:
        case SeveralApps():
            headline = "Which app is this about?"
            return Trouble(headline, error.cause, "", "several apps", error.choices)
        case NoOrganization():
            headline = f"There is nothing to see of the organisation {error.organization}."
            told = (error.cause, error.cure, "no organisation", error.choices)
            return Trouble(headline, *told, signs_in=True)
        case _:
            return Trouble("flytui does not know which app.", error.cause, error.cure, "no app")


def astray(error: SettingsError) -> Trouble:
    """The app is there, and is not the one that was asked for."""
    headline = "This app belongs to another organisation than the one named."
    return Trouble(headline, error.cause, error.cure, "settings")


def _settings(error: SettingsError) -> Trouble:
    if error.path is None:
        return Trouble("flytui cannot start like this.", error.cause, error.cure, "settings")
    line = "" if error.line is None else f", line {error.line}"
    headline = f"{error.path.name}{line} has to be corrected first."
    return Trouble(headline, error.cause, error.cure, "file", signs_in=error.path.name == _SESSION)


_SESSION = "config.yml"
"""`fly`'s own file: another login writes it anew."""


def blind(why: Outage, app: str, outlived: str | None = None) -> Trouble:
    """Why a look saw nothing. `outlived` says that the login is older than `fly` itself allows."""
    # Whoever is told that there is no such app has a token that is accepted.
    signs_in = why.kind in {"not accepted", "refused"}
    cure = f"{outlived} {why.cure}" if outlived and signs_in else why.cure
    if why.kind == "missing":
        line = shlex.join(("fly", "tokens", "create", "deploy", "-a", app, "-x", LOOKING))
        cure += f" If it is there and this token may not see it, one that may: `{line}`."
    return Trouble(
        *(why.headline, why.cause, cure, why.kind),
        signs_in=signs_in,
        code=_code(why.kind),
    )


def no_fly() -> Trouble:
    """Nothing can be run from here; everything else works."""
    return Trouble(
        "There is no fly on this machine.",
        "Neither `fly` nor `flyctl` is in a folder of PATH. Everything but running commands and "
        "logging in works without it, and each command can be copied.",
        f"Install it ({_INSTALL}), then try again. To look without it, set FLY_ACCESS_TOKEN to a "
        "token that somebody else made.",
        "no fly",
    )


def _code(kind: str) -> ExitCode:
    return ExitCode.UNSEEN if kind in {Unreachable.kind, "unexpected", ""} else ExitCode.USAGE
