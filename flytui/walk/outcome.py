"""What happens while a command runs or a file is written, a sentence a step. Pure."""

from collections.abc import Iterator, Mapping
from typing import assert_never

from flytui.assessment import Assessment
from flytui.events import Assessed, Declined, Observed, RunStep, Waiting
from flytui.report.words import WORDS
from flytui.runner import Ended, Output, Started


def run_told(step: RunStep) -> Iterator[str]:
    """A step of a command's run, but for what it prints, which is no sentence of ours.

    An exit code proves nothing; what is seen afterwards does.
    """
    match step:
        case Started():
            yield "It runs. Ctrl-C stops it."
        case Ended(code, reason):
            end = "it did not start" if code is None else f"exit code {code}"
            yield f"It has ended: {end}{', ' if reason else ''}{reason}"
        case Waiting():
            yield "No effect can be seen yet; Fly.io's answers may lag behind."
        case Declined(reason, differences):
            yield reason
            yield from (f"  {phrase}" for phrase in differences)
        case Observed():
            yield from _observed(step)
        case Assessed() | Output():
            return
        case _:
            assert_never(step)


def edit_told(step: RunStep, before: Mapping[str, Assessment]) -> Iterator[str]:
    """A step after a file was written; an item is told of where it is not as it was."""
    match step:
        case Started():
            yield "fly checks the file."
        case Ended(0):
            yield "fly accepts the file."
        case Ended(code, reason):
            yield reason or f"fly does not accept it (exit code {code}): undo the change."
        case Assessed(known):
            then = before.get(known.item.id)
            if then is None or then.finding != known.finding:
                yield f"{known.item.title}: now {_status(known)}"
        case _:
            yield from run_told(step)


def _observed(seen: Observed) -> Iterator[str]:
    yield f"Before: {_status(seen.before)}"
    yield f"After: {_status(seen.after)}"
    yield from (f"  {phrase}" for phrase in seen.changed)
    for flip in seen.also:
        then, now = WORDS[flip.before][1], WORDS[flip.after][1]
        if flip.before is flip.after:
            yield f"Also: {flip.title}, still {now}: {flip.summary}"
        else:
            yield f"Also: {flip.title}, {then} before, {now} now."
    yield seen.moral


def _status(known: Assessment) -> str:
    return f"{WORDS[known.finding.status][1]}. {known.finding.summary}"
