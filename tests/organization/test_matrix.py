"""The matrix by itself: what a cell says, how rows are sorted, what the organisation decided."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from flytui.assessment import Assessment
from flytui.checklist import Item, load
from flytui.finding import Finding, Status, Unseen
from flytui.matrix import (
    Cell,
    Row,
    Stage,
    cell,
    cells,
    decided_once,
    ordered,
    stage,
    together,
    totals,
)
from flytui.review import Decision, Review, Standing, basis

ITEMS = load().sections[0].items
AT = datetime(2026, 3, 1, tzinfo=UTC)


def found(item: Item, status: Status, *, reviewed: bool = False, at: datetime = AT) -> Assessment:
    unseen = Unseen("Refused.", "Ask again.") if status is Status.UNKNOWN else None
    finding = Finding(status, "Said.", unseen=unseen)
    known = Assessment(item, finding)
    if not reviewed:
        return known
    review = Review(item.id, Decision.REVIEWED, "Fine.", "Ana", at, None, basis(finding))
    return replace(known, review=review, standing=Standing.HOLDS)


def known(*statuses: Status | None) -> dict[str, Assessment]:
    """The first items of a section with these statuses; None has not been heard of."""
    pairs = zip(ITEMS, statuses, strict=False)
    return {item.id: found(item, status) for item, status in pairs if status is not None}


def of(*statuses: Status | None) -> Cell:
    return cell(ITEMS[: len(statuses)], known(*statuses))


ACTION, ADVICE, OK = Status.ACTION, Status.ADVICE, Status.OK
MANUAL, UNKNOWN, NONE = Status.MANUAL, Status.UNKNOWN, Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("statuses", "status", "number"),
    [
        ((OK, OK), OK, 2),
        ((OK, ADVICE, ACTION), ACTION, 1),
        ((ACTION, ACTION, UNKNOWN), ACTION, 2),
        ((UNKNOWN, ADVICE, MANUAL), UNKNOWN, 1),
        ((ADVICE, MANUAL, MANUAL), ADVICE, 1),
        ((MANUAL, OK), MANUAL, 1),
        ((NONE, OK), OK, 1),
        ((NONE, NONE), NONE, 0),
        ((None, None), None, 0),
        ((ACTION, None), ACTION, 1),
    ],
)
def test_a_cell_says_the_worst_and_how_many_are_as_bad(
    statuses: tuple[Status | None, ...], status: Status | None, number: int
) -> None:
    assert (of(*statuses).status, of(*statuses).number) == (status, number)


@pytest.mark.parametrize("rest", [(OK,), (NONE,), ()])
def test_a_cell_with_an_item_unheard_of_is_never_green(rest: tuple[Status, ...]) -> None:
    assert of(*rest, None).status is None


def test_what_was_reviewed_and_still_holds_is_settled() -> None:
    one = found(ITEMS[0], ACTION, reviewed=True)
    assert cell(ITEMS[:1], {one.item.id: one}) == Cell((), 1, 1, 0, 1)


def test_cells_together_count_everything_once() -> None:
    both = together([of(ACTION, OK), of(ACTION, None), of(NONE)])
    assert both == Cell(((ACTION, 2),), 1, 3, 1, 4)


def test_items_left_out_are_in_no_cell() -> None:
    everything = {item.id for item in load()}
    assert together(cells(load(), known(ACTION), everything)) == Cell()


def row(name: str, *statuses: Status | None, suspended: bool = False) -> Row:
    return Row(name, (of(*statuses),), suspended=suspended)


def test_rows_are_sorted_the_worst_first_and_the_unseen_and_suspended_last() -> None:
    rows = [
        row("suspended", ACTION, ACTION, suspended=True),
        row("unseen", None),
        row("fine", OK),
        row("one", ACTION, OK),
        row("advice", ADVICE),
        row("unknown", UNKNOWN),
        row("two", ACTION, ACTION),
        row("also-one", ACTION, OK),
    ]
    names = [each.name for each in ordered(rows)]
    assert names == [
        *("two", "also-one", "one", "unknown", "advice", "fine", "unseen", "suspended"),
    ]


def test_a_filter_leaves_the_rows_with_the_text_in_their_name() -> None:
    rows = [row("shop-API", OK), row("shop-web", OK)]
    assert [each.name for each in ordered(rows, " api ")] == ["shop-API"]


def test_totals_add_up_each_section() -> None:
    assert totals([row("a", ACTION), row("b", OK)]) == (of(ACTION).plus(of(OK)),)


@pytest.mark.parametrize(
    ("name", "organization", "declared", "expected"),
    [
        ("shop-production", "acme", None, Stage.PRODUCTION),
        ("shop-staging", "acme-production", None, Stage.STAGING),
        ("shop", "acme-staging", None, Stage.STAGING),
        ("shop", "acme", None, Stage.UNSAID),
        ("shop", "acme", True, Stage.PRODUCTION),
        ("pr-12-shop", "acme", None, Stage.STAGING),
    ],
)
def test_a_name_tells_what_an_app_is_for_unless_it_was_declared(
    name: str, organization: str, declared: bool | None, expected: Stage
) -> None:
    assert stage(name, organization, declared=declared) is expected


def test_a_decision_made_in_one_app_stands_for_the_organisation() -> None:
    item = ITEMS[0]
    one, other = found(item, ACTION), found(item, ACTION, reviewed=True)
    assert decided_once([item.id], [{item.id: one}, {item.id: other}]) == {item.id: other}


def test_of_two_decisions_the_latest_stands() -> None:
    item = ITEMS[0]
    old = found(item, ACTION, reviewed=True)
    new = found(item, ACTION, reviewed=True, at=AT.replace(day=2))
    assert decided_once([item.id], [{item.id: new}, {item.id: old}]) == {item.id: new}


def test_what_could_not_be_seen_in_one_app_is_taken_from_another() -> None:
    item = ITEMS[0]
    blind, seen = found(item, UNKNOWN), found(item, ACTION)
    assert decided_once([item.id], [{item.id: blind}, {item.id: seen}]) == {item.id: seen}
