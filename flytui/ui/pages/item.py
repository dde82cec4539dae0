"""What the detail pane says about an item or one of its resources."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Literal, TypeAlias

from textual.content import Content

from flytui.assessment import Assessment
from flytui.checklist import Item
from flytui.finding import Evidence, Resource, Status
from flytui.ui.keys import key
from flytui.ui.pages.chart import sparkline
from flytui.ui.pages.lines import BLANK, MUTED, Line, clicked, heading, say, table, text, whole
from flytui.ui.words import Sign, age, day, decided, sign, verdict

if TYPE_CHECKING:
    from flytui.remedy import Remedy, Steps


Where: TypeAlias = Literal["main", "walk"]
"""The screen that the page is read on, whose keys it names."""
MOST = 200
"""Pieces of evidence, and resources, that a page shows: drawing thousands keeps keys waiting."""
_URGENT = {Status.ACTION: 0, Status.UNKNOWN: 1, Status.ADVICE: 2, Status.MANUAL: 3}


def status_line(status: Sign, summary: str) -> Line:
    """Glyph, word and sentence; the colour only repeats them."""
    head = Content.styled(f"{status.glyph} {status.word}", f"bold ${status.colour}")
    return Line(Content("").join([head, Content("   "), text(summary)]), hang=2)


def item_page(
    item: Item, known: Assessment | None, remedies: Sequence["Remedy"], now: datetime
) -> list[Line]:
    """Everything about an item: what was found, what to do, why, and who decided what."""
    if known is None:
        waiting = "Nothing is known yet: the facts are being read."
        return [status_line(sign(None), waiting), *why(item), *look_at(item)]
    finding = known.finding
    by_hand = finding.status in {Status.MANUAL, Status.UNKNOWN}
    return [
        status_line(sign(finding.status), finding.summary),
        # A decision comes before the details: who reads on must know what was decided.
        *(_review(known) if known.review else []),
        *_unseen(known, now),
        *_found(finding.evidence, finding.resources, now),
        *(look_at(item) if by_hand else []),
        *_to_do(remedies, finding.steps),
        *why(item),
        *([] if by_hand else look_at(item)),
        *([] if known.review else _review(known)),
    ]


def walk_page(known: Assessment, remedies: Sequence["Remedy"], now: datetime) -> list[Line]:
    """The same for one who goes from item to item: what it is, in a sentence, and what to do.

    The particulars come after that: what is to be done is in sight wherever an item begins.
    """
    finding = known.finding
    by_hand = not remedies or finding.status in {Status.MANUAL, Status.UNKNOWN}
    return [
        say((known.item.title, "bold")),
        status_line(sign(finding.status), finding.summary),
        *(_review(known, on="walk") if known.review else []),
        *_unseen(known, now),
        *_to_do(remedies, finding.steps, on="walk"),
        *(look_at(known.item) if by_hand else []),
        *_found(finding.evidence, finding.resources, now),
        *why(known.item, on="walk"),
    ]


def waiting_page(item: Item) -> list[Line]:
    """What there is to read of an item until something is heard of it."""
    skip = key("s", "walk.skip")
    waiting = f"It is still being looked at. {skip} goes on to the next without waiting."
    return [say((item.title, "bold")), status_line(sign(None), waiting), *why(item, on="walk")]


def resource_page(
    item: Item, one: Resource, remedies: Sequence["Remedy"], now: datetime
) -> list[Line]:
    """One thing an item speaks about."""
    return [
        say((f"{one.kind} ", MUTED), (one.id, "bold"), hang=2),
        status_line(sign(one.status), one.summary),
        *_found(one.evidence, (), now),
        *_to_do(remedies),
        BLANK,
        say(("Part of  ", MUTED), item.title, hang=9),
    ]


def gone_page(item: Item) -> list[Line]:
    return [say("This is no longer there."), BLANK, say(("Part of  ", MUTED), item.title)]


def _unseen(known: Assessment, now: datetime) -> list[Line]:
    if known.outdated is not None:
        return [
            BLANK,
            say(("! A newer look failed.  ", "$text-warning"), known.outdated.cause, hang=2),
            say(known.outdated.cure, indent=2),
            say((f"What follows is what was found {age(known.at, now)}.", MUTED), indent=2),
        ]
    unseen = known.finding.unseen
    if unseen is None:
        return []
    rows = [("why", text(unseen.cause)), ("cure", text(unseen.cure))]
    return [*heading("Could not look"), *table(rows)]


def _found(seen: Sequence[Evidence], resources: Sequence[Resource], now: datetime) -> list[Line]:
    if not seen and not resources:
        return []
    lines = heading("What we found")
    lines += table((e.label, _value(e)) for e in seen[:MOST])
    lines += [_resource_row(one) for one in _first(resources)]
    left = max(len(seen), MOST) + max(len(resources), MOST) - 2 * MOST
    if left:
        lines.append(say(f"and {left} more; the rows below this item tell of each.", indent=2))
    everything = [*seen, *(e for one in resources for e in one.evidence)]
    return lines + [say((words, MUTED), indent=2, hang=2) for words in sources(everything, now)]


def _first(resources: Sequence[Resource]) -> Sequence[Resource]:
    """As many as are shown; where that is not all, first those to do something about."""
    if len(resources) <= MOST:
        return resources
    return sorted(resources, key=lambda one: _URGENT.get(one.status, len(_URGENT)))[:MOST]


def _value(seen: Evidence) -> Content:
    """The value, after its course where there is one."""
    if not seen.series:
        return text(seen.value)
    return Content("  ").join([text(sparkline(seen.series), "$text-primary"), text(seen.value)])


def _resource_row(one: Resource) -> Line:
    status = sign(one.status)
    glyph = Content.styled(f"{status.glyph} {status.word}  ", f"${status.colour}")
    # A sentence that begins with the name needs it no second time.
    names_itself = one.summary.startswith(one.id)
    name = [] if names_itself else [text(one.id, "bold"), Content("  ")]
    return Line(
        Content("").join([glyph, *name, text(one.summary)]),
        indent=2,
        hang=2,
    )


def sources(seen: Sequence[Evidence], now: datetime) -> list[str]:
    """Where it was seen and how long ago, each source once."""
    times = {(e.source, e.at) for e in seen if e.source}
    pairs = sorted({(source, age(at, now)) for source, at in times})
    return [
        "source: " + " · ".join([source, *(a for _, a in group if a)][:2])
        for source, group in groupby(pairs, key=lambda pair: pair[0])
    ]


def _to_do(
    remedies: Sequence["Remedy"], steps: Sequence["Steps"] = (), *, on: Where = "main"
) -> list[Line]:
    if not remedies:
        return []
    # Not in the first frame, for which the kinds of remedies would be too dear.
    from flytui.ui.pages.remedies import to_do  # noqa: PLC0415

    fix = "decide.fix" if on == "main" else "walk.fix"
    return to_do(remedies, steps, fix, f"{on}.copy")


def why(item: Item, *, on: Where = "main") -> list[Line]:
    if not item.description and not item.links:
        return []
    docs = f"{key('o', f'{on}.docs')} docs"
    lines = [*heading("Why it matters", key=docs), say(item.description, indent=2)]
    links = (
        say(link.title + "  ", (link.url, f"{MUTED} underline"), indent=2, hang=2)
        for link in item.links
    )
    return [*lines, *(clicked(line, f"link({n})") for n, line in enumerate(links))]


def look_at(item: Item) -> list[Line]:
    if not item.look_at:
        return []
    return [
        *heading("What a reviewer looks at"),
        *(say("- ", line, indent=2, hang=2) for line in item.look_at),
    ]


def _review(known: Assessment, *, on: Where = "main") -> list[Line]:
    review = known.review
    if review is None:
        keys = (
            f"{key('r', 'decide.reviewed')} reviewed",
            f"{key('x', 'decide.not_applicable')} not applicable",
            f"{key('X', 'decide.accepted_risk')} accepted risk",
        )
        return [*heading("Review", key=" · ".join(keys)), say("not reviewed", indent=2)]
    edit = f"{key('e', 'decide.edit')} edit" if on == "main" else ""
    lines = heading("Review", key=edit)
    lines.append(
        say(
            (decided(review.decision).capitalize(), "bold"),
            f" on {day(review.at)} by {review.by}",
            indent=2,
        )
    )
    if review.note:
        lines += [Line(whole(review.note), indent=2)]
    lines += [
        say(f"{word.by} agreed on {day(word.at)}", f": {word.note}" if word.note else "", indent=2)
        for word in review.agreed
    ]
    lines.append(say(known.objection or verdict(review, known.standing), indent=2, hang=2))
    if known.reworded:
        lines.append(say("The checklist's text of it has changed since: read it again.", indent=2))
    lines += [say("since then: " + phrase, indent=2, hang=2) for phrase in known.changed]
    return lines
