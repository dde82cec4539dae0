"""What a session tells: verdicts as they arrive, and the steps of a run."""

from dataclasses import dataclass
from typing import TypeAlias

from flytui.assessment import Assessment, Identity
from flytui.finding import Status
from flytui.remedy import Command
from flytui.runner import Ended, Output, Started


@dataclass(frozen=True, slots=True)
class Assessed:
    """One item has a (new) assessment."""

    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Known:
    """Whose app this is has become known."""

    identity: Identity


Event: TypeAlias = Assessed | Known


@dataclass(frozen=True, slots=True)
class Plan:
    """A command about to be run, frozen with what it rested on when it was shown."""

    item: str
    offered: Command
    """As the finding offered it, blanks and all."""
    command: Command
    """With the blanks filled: exactly what runs."""
    identity: Identity
    before: Assessment
    undoes: str = ""
    """The id of the run that this takes back; such a command is not among those offered, so it
    rests on the item's evidence staying as it was shown."""


@dataclass(frozen=True, slots=True)
class Declined:
    """Nothing was run, and why."""

    reason: str
    differences: tuple[str, ...] = ()
    """What is not as it was on the card, a phrase each."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """No effect is to be seen yet; Fly.io's answers settle eventually."""

    looks: int
    """How many there were since the command ended."""
    pause: float
    """Seconds until the next."""


@dataclass(frozen=True, slots=True)
class Flip:
    """Another item of which something else is said than before the run."""

    item: str
    title: str
    before: Status
    after: Status
    summary: str = ""
    """What is said of it now."""

    @property
    def words(self) -> str:
        """For the history: the statuses, or what is said where the status is the same."""
        if self.before is self.after:
            return f"{self.title}: still {self.after.word}. {self.summary}"
        return f"{self.title}: {self.before.word} → {self.after.word}"


@dataclass(frozen=True, slots=True)
class Observed:
    """The item after the run, looked at again."""

    before: Assessment
    after: Assessment
    effect: bool
    """Whether the new observation differs from the old one. An exit code alone proves nothing."""
    changed: tuple[str, ...] = ()
    """What is not as it was, a phrase each: `address fdaa::3: new, ok`."""
    also: tuple[Flip, ...] = ()
    complete: bool = True
    """Whether the command ended well; if not, `changed` is what it did before it failed."""
    looks: int = 1
    """How often it was looked at until then."""
    waited: float = 0.0
    """Seconds between the first look and the last."""
    shows: bool = False
    """The command shows something and changes nothing that flytui looks at."""

    @property
    def moral(self) -> str:
        """What to make of it, in words. That `fly` said it is done proves nothing."""
        if self.shows:
            return "This command shows something and changes nothing that flytui looks at."
        match self.complete, self.effect:
            case True, True:
                return "This is what Fly.io says now."
            case True, False:
                return (
                    "Nothing that flytui can see has changed. fly said it is done; no effect was"
                    f" visible yet after {self.waited:.0f} s, in {self.looks} looks: look again in"
                    " a moment."
                )
            case False, True:
                return "It failed, and this is what it did before that. The rest was not done."
            case _:
                return "It failed, and nothing that flytui can see has changed."


RunStep: TypeAlias = Started | Output | Ended | Declined | Waiting | Assessed | Observed
