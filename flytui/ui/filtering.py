"""The filter of the checklist: what was typed, read word by word, and the rows it leaves; pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flytui.assessment import Assessment
from flytui.checklist import Checklist, Item
from flytui.finding import Evidence, Resource, Status
from flytui.review import Decision, Standing
from flytui.ui.board import Board, Place, keyed

_TERM = re.compile(r'(-?)(?:(status|section|review):)?(?:"([^"]*)"?|(\S*))', re.IGNORECASE)

_STATUSES: dict[str, Callable[[Assessment], bool]] = {
    "action": lambda known: known.finding.status is Status.ACTION,
    "advice": lambda known: known.finding.status is Status.ADVICE,
    "ok": lambda known: known.finding.status is Status.OK,
    "manual": lambda known: known.finding.status is Status.MANUAL,
    "unknown": lambda known: known.finding.status is Status.UNKNOWN,
    "not_applicable": lambda known: known.finding.status is Status.NOT_APPLICABLE,
    "open": lambda known: known.open,
    "ready": lambda known: known.applicable and known.settled,
}
_REVIEWS: dict[str, Callable[[Assessment], bool]] = {
    "none": lambda known: known.review is None,
    "reviewed": lambda known: _decided(known) is Decision.REVIEWED,
    "accepted": lambda known: _decided(known) is Decision.ACCEPTED_RISK,
    "not_applicable": lambda known: _decided(known) is Decision.NOT_APPLICABLE,
    "holds": lambda known: known.standing is Standing.HOLDS,
    "stale": lambda known: known.standing is Standing.STALE,
    "changed": lambda known: known.standing is Standing.STALE,
    "expired": lambda known: known.standing is Standing.EXPIRED,
    "waiting": lambda known: known.standing is Standing.WAITING,
    "refused": lambda known: known.standing is Standing.REFUSED,
    "unconfirmed": lambda known: known.standing is Standing.UNCONFIRMED,
}
STATUS_WORDS = ", ".join(_STATUSES)
REVIEW_WORDS = ", ".join(_REVIEWS)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked of an item: words in its text, or one of the words a field knows."""

    text: str
    field: str = ""
    """`status`, `section` or `review`; empty for words anywhere in the text."""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a filter leaves of the checklist."""

    items: tuple[str, ...]
    """Ids of the items that match, in order."""
    places: frozenset[Place]
    """Every row that stays: the items, the sections they stand in, the resources below them."""
    opened: frozenset[Place]
    """Items that are opened, because a resource of theirs matches."""
    words: tuple[str, ...]
    """What to highlight."""
    total: int
    unheard: int = 0
    """Items nothing is known of yet: they may match later."""
    problem: str = ""
    """What a field was asked that it does not know, and what it knows."""

    @property
    def says(self) -> str:
        """`3 of 24 items match`."""
        verb = "matches" if len(self.items) == 1 else "match"
        words = f"{len(self.items)} of {self.total} items {verb}"
        return f"{words}, {self.unheard} not known yet" if self.unheard else words


def terms(typed: str) -> tuple[Term, ...]:
    """What was typed as terms, all of which an item must match; `"two words"` are one."""
    found = []
    for minus, field, quoted, bare in _TERM.findall(typed):
        text = " ".join((quoted or bare).split())
        if text or field:
            found.append(Term(text.casefold(), field.lower(), bool(minus)))
    return tuple(found)


def search(typed: str, board: Board) -> Found:
    """The rows that what was typed leaves; a term that makes no sense is told, and left out."""
    asked = terms(typed)
    problems = [p for term in asked if (p := _problem(term, board.checklist))]
    sound = [term for term in asked if not _problem(term, board.checklist)]
    words = tuple(t.text for t in sound if not t.field and not t.negated)
    items = [i for i in board.checklist if all(_holds(t, i, board) != t.negated for t in sound)]
    places: set[Place] = set()
    opened = set()
    for item in items:
        here = Place(item.section, item.id)
        below, hit = _resources(item, board, sound, words)
        places |= {Place(item.section), here, *below}
        if hit:
            opened.add(here)
    total = sum(1 for _ in board.checklist)
    unheard = sum(board.get(item.id) is None for item in board.checklist)
    return Found(
        tuple(item.id for item in items),
        frozenset(places),
        frozenset(opened),
        words,
        total,
        unheard,
        " ".join(problems),
    )


def _problem(term: Term, checklist: Checklist) -> str:
    """Why a field cannot be asked that; empty when it can."""
    match term.field:
        case "":
            return ""
        case "section":
            unknown = [w for w in term.text.split(",") if not _sections(w, checklist)]
            known = f"1 to {len(checklist.sections)}, " + ", ".join(
                section.id for section in checklist.sections
            )
        case field:
            tests = _STATUSES if field == "status" else _REVIEWS
            unknown = [word for word in term.text.split(",") if not _known(word, tests)]
            known = ", ".join(tests)
    if not unknown:
        return ""
    wrong = f"does not know {unknown[0]!r}; it knows" if unknown[0] else "knows"
    return f"{term.field}: {wrong} {known}."


def _holds(term: Term, item: Item, board: Board) -> bool:
    """Whether the term, taken without its minus, is true of the item."""
    known = board.get(item.id)
    match term.field:
        case "":
            return term.text in _own(item, board) or any(
                term.text in _told(one) for one in (known.finding.resources if known else ())
            )
        case "section":
            wanted = (_sections(word, board.checklist) for word in term.text.split(","))
            return any(item.section in ids for ids in wanted)
        case field:
            tests = _STATUSES if field == "status" else _REVIEWS
            asked = (test for word in term.text.split(",") for test in _known(word, tests))
            return known is not None and any(test(known) for test in asked)


def _known(
    word: str, tests: dict[str, Callable[[Assessment], bool]]
) -> list[Callable[[Assessment], bool]]:
    """The tests a word means: its own, or those of all words that begin with it."""
    plain = word.replace("-", "_")
    if plain in tests:
        return [tests[plain]]
    return [test for name, test in tests.items() if plain and name.startswith(plain)]


def _sections(word: str, checklist: Checklist) -> set[str]:
    """Ids of the sections a word means: a number, or how an id, a title or a word of it begins."""
    if word.isdecimal():
        return {s.id for n, s in enumerate(checklist.sections, 1) if str(n) == word}
    names = {s.id: (s.id, s.title, *s.title.split()) for s in checklist.sections}
    return {
        id_
        for id_, told in names.items()
        if word and any(name.casefold().startswith(word) for name in told)
    }


def _resources(
    item: Item, board: Board, asked: list[Term], words: tuple[str, ...]
) -> tuple[list[Place], bool]:
    """The rows under a matching item, and whether it is for them that it matches.

    Where some of them hold what was typed, only these stay; else all do.
    """
    known = board.get(item.id)
    pairs = keyed(known.finding.resources) if known else []
    own = _own(item, board)
    without = [t.text for t in asked if not t.field and t.negated]

    def meant(one: Resource) -> bool:
        told = _told(one)
        held = [word for word in words if word in told]
        rest = all(word in held or word in own for word in words)
        return bool(held) and rest and not any(word in told for word in without)

    hits = [key for key, one in pairs if meant(one)] if words else []
    keys = hits or [key for key, _ in pairs]
    return [Place(item.section, item.id, key) for key in keys], bool(hits)


_ALSO = {
    "custom-domain": "tls https ssl certificates dns",
    "test-backups": "restore drill",
}
"""Words people use for what an item is about, by its id, where the item has others."""


def _own(item: Item, board: Board) -> str:
    """All that is told of the item itself."""
    known = board.get(item.id)
    parts = [item.id, item.title, board.section(item.section).title, _ALSO.get(item.id, "")]
    if known is not None:
        parts += [known.finding.summary, *_seen(known.finding.evidence)]
    return _plain(parts)


def _told(one: Resource) -> str:
    """All that is told of a resource."""
    return _plain([one.kind, one.id, one.summary, *_seen(one.evidence)])


def _seen(evidence: tuple[Evidence, ...]) -> Iterator[str]:
    for one in evidence:
        yield one.label
        yield one.value


def _plain(parts: list[str]) -> str:
    return "\n".join(" ".join(part.split()) for part in parts).casefold()


def _decided(known: Assessment) -> Decision | None:
    return known.review.decision if known.review else None
