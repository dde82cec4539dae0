"""What there is to say of a journey, in words that the screen and the lines share. Pure."""

from flytui.journey.model import Deed, Journey, Known, Left, Outcome, Summary


def progress(journey: Journey, known: Known) -> str:
    """`item 3 of 12 open`, and how many nobody knows of yet."""
    if journey.at is None:
        return "the end"
    now = journey.progress(known)
    looking = f"{now.waiting} still being looked at" if now.waiting else ""
    if journey.waiting(known):
        return f"waiting for the next item, {looking}"
    return ", ".join(filter(None, (f"item {now.number} of {now.total} open", looking)))


def done(deed: Deed) -> str:
    """`reviewed by Ana, 12 March 2026`."""
    return f"{deed.outcome.words} by {deed.by}, " + f"{deed.at.astimezone():%d %B %Y}".lstrip("0")


def why_left(left: Left) -> str:
    """What was done about an item that is open all the same; empty for nothing."""
    if left.deed is None:
        return ""
    if left.deed.outcome is Outcome.SKIPPED:
        return "skipped"
    return f"{done(left.deed)}, and open all the same"


def counted(summary: Summary) -> str:
    """The summary in one sentence: `3 decided, 1 fixed, 8 still open`."""
    fixed = sum(deed.outcome is Outcome.FIXED for deed in summary.settled)
    parts = [
        f"{len(summary.settled) - fixed} decided",
        f"{fixed} fixed",
        f"{len(summary.left)} still open",
    ]
    if summary.waiting:
        parts.append(f"{len(summary.waiting)} not looked at yet")
    return f"{', '.join(parts)}."
