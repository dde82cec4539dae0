"""Taking a decision: the review that is to be kept, or why there can be none. Pure."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from flytui.assessment import Assessment
from flytui.policy import against, joint
from flytui.review import Agreement, Decision, Review, basis, same_person, seal
from flytui.settings import Policy
from flytui.text import one_line, plain


@dataclass(frozen=True, slots=True)
class Word:
    """What a person says about an item."""

    decision: Decision
    note: str
    expires: date | None
    by: str
    at: datetime


def decide(policy: Policy, known: Assessment, word: Word) -> Review:
    """The review to keep: a new one, or the earlier one with this person's agreement.

    Raises ValueError, with a sentence, when a reason is missing, the last day has passed or the
    policy does not allow it.
    """
    new = Review(
        known.item.id,
        word.decision,
        plain(word.note.strip()),
        one_line(word.by, 200) or "unknown",
        word.at.replace(microsecond=0),
        word.expires,
        basis(known.finding),
        known.item.digest,
    )
    if new.decision.waives and not new.note:
        words = new.decision.words.capitalize()
        raise ValueError(f"{words} needs a reason that somebody else can follow.")
    if new.expires is not None and new.expires < word.at.date():
        raise ValueError(f"The last day, {new.expires}, has passed already.")
    if objection := against(policy, new, known.finding.status):
        raise ValueError(objection)
    if known.review is not None and joint(policy, known.review, new):
        return _with_agreement(known.review, new)
    return new


def _with_agreement(earlier: Review, new: Review) -> Review:
    agreement = Agreement(new.by, new.at, new.note, new.expires, seal(earlier))
    others = tuple(a for a in earlier.agreed if not same_person(a.by, new.by))
    return replace(earlier, agreements=(*others, agreement))
