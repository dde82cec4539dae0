"""What a page says of the last time: how the item was, and what changed since."""

from collections.abc import Sequence
from datetime import datetime

from textual.content import Content

from flytui.last_look import Remembered, Thing
from flytui.ui.pages.lines import MUTED, Line, heading, say, text
from flytui.ui.words import age, moment, sign

_MANY = 12


def as_it_was(then: Remembered, now: datetime) -> list[Line]:
    """How it was seen last, with its age; it says nothing about how it is."""
    how = sign(then.status)
    when = f"as of {age(then.at, now)}, {moment(then.at)}"
    lines = [
        *heading("What was seen the last time", key=when),
        say((f"{how.glyph} {how.word}  ", MUTED), then.summary, indent=2, hang=2),
        *(_thing(one) for one in then.things[:_MANY]),
    ]
    if len(then.things) > _MANY:
        lines.append(say(f"… and {len(then.things) - _MANY} more", indent=2))
    return [*lines, say(("It does not count as seen until it is seen again.", MUTED), indent=2)]


def _thing(one: Thing) -> Line:
    how = sign(one.status)
    name = [] if one.summary.startswith(one.id) else [text(one.id, "bold"), Content("  ")]
    head = text(f"{how.glyph} {how.word}  ", MUTED)
    return Line(Content("").join([head, *name, text(one.summary)]), indent=2, hang=2)


def what_changed(differences: Sequence[str], since: datetime) -> list[Line]:
    """What is not as it was when somebody last looked."""
    lines = [*heading("Since you last looked", key=moment(since))]
    lines += [say("- ", words, indent=2, hang=2) for words in differences[:_MANY]]
    if len(differences) > _MANY:
        lines.append(say(f"… and {len(differences) - _MANY} more", indent=2))
    return lines
