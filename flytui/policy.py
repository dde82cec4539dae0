"""What the team's policy says about a decision: whether it may be taken, and whether it counts."""

from datetime import date, timedelta

from flytui.finding import Finding, Status
from flytui.review import Decision, Review, Standing, same_person, standing
from flytui.settings import Policy

_WHERE = "the policy in .flytui/config.toml"


def judge(policy: Policy, review: Review, finding: Finding, today: date) -> tuple[Standing, str]:
    """What the review is worth today, and a sentence on why where the policy lessens it."""
    holds = standing(review, finding, today)
    if holds is Standing.EXPIRED:
        return holds, ""
    if objection := against(policy, review, finding.status):
        return Standing.REFUSED, objection
    if holds is Standing.HOLDS and (missing := lacking(policy, review)):
        return Standing.WAITING, missing
    return holds, ""


def against(policy: Policy, review: Review, status: Status | None = None) -> str:
    """Why the policy does not let this review count; empty when it does.

    Without the status of the item, as from a file alone, only what the file tells is held against
    it.
    """
    return _waived(policy, review, status) or _too_long(policy, review)


def lacking(policy: Policy, review: Review) -> str:
    """Whose word is still missing; empty when the review is complete."""
    if review.item not in policy.two_reviewers or len(review.reviewers) > 1:
        return ""
    return f"This item needs two reviewers, and so far only {review.by} has reviewed it."


def latest(policy: Policy, decision: Decision, given: date) -> date | None:
    """The last day on which a decision given on that day may hold; None when there is none."""
    days = _longest(policy, decision)
    return None if days is None else given + timedelta(days=days)


def joint(policy: Policy, earlier: Review | None, new: Review) -> bool:
    """Whether the new review is a second person's word on the earlier one, not another decision."""
    return (
        earlier is not None
        and (earlier.last_day is None or new.at.date() <= earlier.last_day)
        and new.item in policy.two_reviewers
        and earlier.decision is new.decision
        and earlier.basis == new.basis
        and earlier.text == new.text
        and not against(policy, earlier)
        and not same_person(earlier.by, new.by)
    )


def _waived(policy: Policy, review: Review, status: Status | None) -> str:
    if review.item not in policy.never_waive:
        return ""
    if review.decision.waives:
        return f"This item may not be decided {review.decision.words}: {_WHERE} forbids it."
    if status is Status.ACTION:
        # Else a review would be the waiver that the policy forbids, under another name.
        return f"This item needs action, and a review cannot stand in for it: {_WHERE} forbids it."
    return ""


def _too_long(policy: Policy, review: Review) -> str:
    given = review.at.date()
    last = latest(policy, review.decision, given)
    if last is None:
        return ""
    longest = f"{_longest(policy, review.decision)} days"
    if review.last_day is None:
        return (
            f"“{review.decision.words.capitalize()}” needs a last day, at most {longest} ahead "
            f"({last}): {_WHERE} asks for it."
        )
    if review.last_day > last:
        return (
            f"“{review.decision.words.capitalize()}” may hold for {longest} at most, until {last}: "
            f"{_WHERE} limits it."
        )
    return ""


def _longest(policy: Policy, decision: Decision) -> int | None:
    match decision:
        case Decision.REVIEWED:
            return policy.longest_days.reviewed
        case Decision.NOT_APPLICABLE:
            return policy.longest_days.not_applicable
        case Decision.ACCEPTED_RISK:
            return policy.longest_days.accepted_risk
