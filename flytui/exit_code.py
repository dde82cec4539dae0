"""What flytui says by its exit code."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The codes of `flytui check`; the screen and the other commands use those that fit them.

    For `flytui walk`, ACTION says that something that was typed is not on file.
    """

    DONE = 0
    ACTION = 1
    USAGE = 2
    UNSEEN = 3
    INTERRUPTED = 130

    @property
    def meaning(self) -> str:
        """One sentence, as the help tells it."""
        return _MEANINGS[self]


_MEANINGS = {
    ExitCode.DONE: "Nothing is open that must be done, and nothing is unseen.",
    ExitCode.ACTION: "At least one open item needs action, or fails what was asked for.",
    ExitCode.USAGE: "The command line, the configuration, the app's name or the token is missing "
    "or wrong.",
    ExitCode.UNSEEN: "Nothing else fails, but something could not be looked at.",
    ExitCode.INTERRUPTED: "It was interrupted.",
}
