"""What a rehearsal came to. The rehearsal itself is `flytui.rehearsal`."""

from dataclasses import dataclass

from flytui.finding import Status, worst
from flytui.remedy import Command


@dataclass(frozen=True, slots=True)
class Change:
    """An item before and after, in the copy."""

    item: str
    title: str
    before: Status
    after: Status
    summary: str
    """What is said of it afterwards."""

    @property
    def flips(self) -> bool:
        """Whether its status is another one, not the words alone."""
        return self.before is not self.after

    @property
    def worse(self) -> bool:
        return self.flips and worst((self.before, self.after)) is self.after


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What came of a command that was run on a copy. Nothing of it reached Fly.io."""

    command: Command
    code: int | None
    """The exit code of the stand-in `fly`; None when nothing was run."""
    output: tuple[str, ...]
    changes: tuple[Change, ...]
    """Items whose status or summary changed."""
    declined: str = ""
    """Why nothing could be rehearsed."""
    unlike: tuple[Change, ...] = ()
    """Items that the copy judged otherwise than the app from the start: live, then copied."""
    left_out: tuple[str, ...] = ()
    """What the copy does not hold, a phrase each."""
