"""The consequence card in words: everything before a command runs, and the word that runs it."""

from collections.abc import Iterator

from flytui.consequences import rows
from flytui.events import Plan
from flytui.rehearsed import Change, Rehearsal
from flytui.report.words import WORDS
from flytui.session import Session
from flytui.walk.pages import whose
from flytui.walk.voice import Voice

RUN = "run"
REHEARSE = "rehearse"


async def confirmed(session: Session, voice: Voice, plan: Plan) -> bool:
    """Tell all of it; whether exactly the word that it asks for was typed. Raises Gone."""
    _tell(voice, plan)
    if hindrance := await session.hindrance():
        voice.say(f"It cannot be run from here: {hindrance}")
        return False
    name = plan.identity.app
    word = RUN if plan.command.reversible else name
    what = "the word run" if plan.command.reversible else f"the app's name, {name},"
    trial = f", {REHEARSE} to try it on a copy" if session.parts.rehearse is not None else ""
    question = f"Type {what} to run it{trial}; anything else, or Enter alone, runs nothing:"
    typed = voice.ask(question)
    while typed == REHEARSE != word and trial:
        voice.say("Copying the app and trying the command there; nothing is sent to Fly.io.")
        voice.say(*rehearsal_told(await session.rehearse(plan)))
        typed = voice.ask(question)
    if typed != word:
        voice.say("Nothing was run.")
    return typed == word


def _tell(voice: Voice, plan: Plan) -> None:
    command = plan.command
    voice.say(f"{command.title}. {command.why}", "The exact command:")
    voice.exact(f"  {command.line}")
    voice.say(*(f"  {label}: {words}" for label, words in rows(command)))
    voice.say(f"  for: {whose(plan.identity)}")


def rehearsal_told(found: Rehearsal) -> Iterator[str]:
    """What would change, what the copy cannot tell, and what it does not hold."""
    if found.declined:
        yield found.declined
    yield from (f"  the copy's fly says: {line}" for line in found.output)
    if found.code is not None:
        yield f"It would end with exit code {found.code}."
        yield from map(_change, found.changes)
        if not found.changes:
            yield "No item would change."
    if found.unlike:
        yield f"The copy tells nothing about {', '.join(c.title for c in found.unlike)}."
    if found.left_out:
        yield f"The copy does not hold {', '.join(found.left_out)}."


def _change(change: Change) -> str:
    before, after = WORDS[change.before][1], WORDS[change.after][1]
    how = f"{before} before, {after} then" if change.flips else f"{after}, still"
    return f"  {'Worse: ' if change.worse else ''}{change.title}: {how}. {change.summary}"
