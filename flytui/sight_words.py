"""What a report and the screen say of a token, in the same words."""

import shlex
from datetime import UTC, datetime

from flytui.checks.words import count, listed
from flytui.sight import Cure, Hidden, Kind, Sees, Sight, Verdict

MARKS = {
    Verdict.CAN: ("✓", "can decide"),
    Verdict.IN_PART: ("!", "in part"),
    Verdict.CANNOT: ("✗", "cannot"),
    Verdict.PERSON: ("?", "a person"),
}
"""A sign of one cell and a word for each verdict."""


_MANY = 4
"""Facts named in one sentence; the JSON has them all."""


def facts(sight: Sight, now: datetime) -> tuple[tuple[str, str], ...]:
    """The token in pairs of a word and what it says, for every form of report."""
    return (
        ("kind", sight.kind.value),
        ("from", sight.origin),
        ("organisations", _ids(sight, sight.organizations)),
        ("apps", _ids(sight, sight.apps)),
        ("ends", _end(sight, now)),
        *(("note", words) for words in sight.notes),
    )


def narrowness(sight: Sight | None) -> str:
    """What is to be known before any verdict; empty when nothing is surely hidden."""
    if sight is None:
        return ""
    short = [one for one in sight.items if any(h.sees is Sees.NO for h in one.hidden)]
    if not short:
        return ""
    none = sum(one.verdict is Verdict.CANNOT for one in short)
    ended = " has expired: it" if sight.ended else ""
    told = [
        (none, f"cannot decide {count(none, 'item')}"),
        (len(short) - none, f"shows part of what {count(len(short) - none, 'item')} rest on"),
    ]
    said = " and ".join(words for number, words in told if number)
    return f"The {sight.kind.value} from {sight.origin}{ended} {said}."


def reasons(hidden: tuple[Hidden, ...]) -> tuple[str, ...]:
    """What is hidden and why, a sentence for each reason."""
    alike: dict[tuple[Sees, str], list[str]] = {}
    for one in hidden:
        alike.setdefault((one.sees, one.reason), []).append(one.fact.source)
    return tuple(
        f"{'may not show' if sees is Sees.PERHAPS else 'does not show'} "
        f"{listed(dict.fromkeys(sources), _MANY)}: {why}."
        for (sees, why), sources in alike.items()
    )


def cure(one: Cure) -> str:
    """The command that makes a better token, and what it is good for."""
    return f"{shlex.join(one.argv)}   ({MARKS[one.verdict][1]})"


def summary(sight: Sight) -> str:
    """How many items it decides, in one line."""
    parts = [
        (Verdict.CAN, "can be decided"),
        (Verdict.IN_PART, "in part"),
        (Verdict.CANNOT, "cannot"),
        (Verdict.PERSON, "a person has to decide"),
    ]
    told = ", ".join(f"{sight.count(verdict)} {words}" for verdict, words in parts)
    return f"{told}. In part: where the hidden rest matters, the item stays unknown."


def _ids(sight: Sight, ids: tuple[int, ...]) -> str:
    if not ids and sight.kind in {Kind.OAUTH, Kind.SESSION, Kind.UNREADABLE}:
        return "the token does not say" if sight.kind is not Kind.SESSION else "all of its person's"
    return f"{', '.join(map(str, ids))} (numeric ids)" if ids else "not confined to any"


def _end(sight: Sight, now: datetime) -> str:
    if sight.expires is None:
        return "the token does not say"
    at = sight.expires.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    if sight.ended:
        return f"{at}: it has expired"
    days = (sight.expires - now).days
    return f"{at}, in {days} days" if days else f"{at}, in less than a day"
