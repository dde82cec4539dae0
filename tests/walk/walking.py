"""A walk over the made-up lamp, with what is typed given line by line."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace

from flytui.checks.check import Check
from flytui.finding import Finding, Status
from flytui.remedy import Edit, Link, Remedy
from flytui.session import Session
from flytui.walk.conversation import Conversation
from flytui.walk.voice import Voice
from tests.worlds import verdicts

MANUAL = Finding(Status.MANUAL, "Only a person can tell.")


@dataclass
class Walked:
    """What came of a walk."""

    text: str
    talk: Conversation
    session: Session


def with_open(session: Session, *items: str, remedies: tuple[Remedy, ...] = ()) -> Session:
    """The session with these items open as well."""
    found = replace(MANUAL, remedies=remedies)
    more = {item: Check(item, (), lambda: found) for item in items}
    parts = replace(session.parts, checks={**session.parts.checks, **more})
    return Session(session.identity, parts)


async def walked(
    session: Session,
    *typed: str,
    hidden: Callable[[str], str] | None = None,
    anew: bool = False,
) -> Walked:
    """Look at everything, walk while there are lines, and sum up."""
    await verdicts(session)
    out = io.StringIO()
    lines = io.StringIO("".join(f"{line}\n" for line in typed))
    talk = Conversation(session, Voice(out, lines, hidden), anew=anew)
    await talk.walk()
    talk.tell_summary()
    text = out.getvalue()
    assert [c for c in text if c < " " and c != "\n"] == []
    return Walked(text, talk, session)


EDIT = Edit("fly.toml", "Swap", "More room.", "swap_size_mb = 256", note="then fly deploy -a shop")
LINK = Link("https://fly.io/docs/", "Read about it", "It is short.")
