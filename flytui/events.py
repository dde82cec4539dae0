"""What a session tells: verdicts as they arrive, and the steps of a run."""

from dataclasses import dataclass
from typing import TypeAlias

from flytui.assessment import Assessment, Identity
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


@dataclass(frozen=True, slots=True)
class Declined:
    """Nothing was run, and why."""

    reason: str
    differences: tuple[str, ...] = ()
    """What is not as it was on the card, a phrase each."""


@dataclass(frozen=True, slots=True)
class Observed:
    """The item after the run, looked at again."""

    before: Assessment
    after: Assessment
    effect: bool
    """Whether the new observation differs from the old one. An exit code alone proves nothing."""


RunStep: TypeAlias = Started | Output | Ended | Declined | Assessed | Observed
