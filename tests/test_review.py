"""A review holds as long as what it was given on, and no longer."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from flytui.finding import Evidence, Finding, Resource, Status, Unseen, unknown, worst
from flytui.review import Decision, Review, Standing, basis, digest, since, standing

TODAY = date(2026, 3, 12)


def address(value: str) -> Resource:
    return Resource("address", value, Status.ACTION, f"{value} is public.")


def finding(*resources: Resource, status: Status = Status.ACTION) -> Finding:
    evidence = (
        Evidence("addresses", str(len(resources)), "GraphQL"),
        Evidence("age", "12 days", "GraphQL", moves=True),
    )
    return Finding(status, "Some public addresses.", evidence, resources)


def review(given_on: Finding, expires: date | None = None) -> Review:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    return Review("exposure", Decision.REVIEWED, "fine", "Ana", at, expires, basis(given_on))


def test_it_holds_while_nothing_changed() -> None:
    given_on = finding(address("203.0.113.7"))
    assert standing(review(given_on), given_on, TODAY) is Standing.HOLDS


def test_a_new_address_makes_it_stale_and_is_named() -> None:
    given = review(finding(address("203.0.113.7")))
    now = finding(address("203.0.113.7"), address("198.51.100.4"))
    assert standing(given, now, TODAY) is Standing.STALE
    assert "198.51.100.4 was added" in since(given, now)


def test_what_moves_by_itself_and_what_is_said_about_it_do_not_matter() -> None:
    given_on = finding(address("203.0.113.7"))
    older = Evidence("age", "13 days", "GraphQL", moves=True)
    later = replace(given_on, summary="Said otherwise.", evidence=(given_on.evidence[0], older))
    assert standing(review(given_on), later, TODAY) is Standing.HOLDS


def test_the_order_of_resources_does_not_matter() -> None:
    one, two = address("203.0.113.7"), address("198.51.100.4")
    assert digest(basis(finding(one, two))) == digest(basis(finding(two, one)))


@pytest.mark.parametrize(
    ("expires", "expected"),
    [
        (date(2026, 3, 11), Standing.EXPIRED),
        (date(2026, 3, 12), Standing.HOLDS),
        (None, Standing.HOLDS),
    ],
)
def test_it_holds_through_its_last_day(expires: date | None, expected: Standing) -> None:
    given_on = finding(address("203.0.113.7"))
    assert standing(review(given_on, expires), given_on, TODAY) is expected


def test_an_item_that_cannot_be_seen_neither_confirms_nor_reopens_a_review() -> None:
    given = review(finding(address("203.0.113.7")))
    blind = unknown(Unseen("The token may not read addresses.", "Use another token."))
    assert standing(given, blind, TODAY) is Standing.UNCONFIRMED


def test_unknown_must_say_why() -> None:
    with pytest.raises(ValueError, match="UNKNOWN"):
        Finding(Status.UNKNOWN, "No idea.")


def test_the_worst_status_leads() -> None:
    assert worst([Status.OK, Status.UNKNOWN, Status.ACTION]) is Status.ACTION
    assert worst([Status.OK, Status.UNKNOWN]) is Status.UNKNOWN
    assert worst([]) is Status.NOT_APPLICABLE


def test_what_is_missing_only_because_it_could_not_be_seen_makes_nothing_stale() -> None:
    given = review(finding(address("203.0.113.7")))
    half = replace(finding(status=Status.ADVICE), hidden=("addresses",))
    assert standing(given, half, TODAY) is Standing.UNCONFIRMED


def test_a_newcomer_reopens_a_review_even_when_something_else_is_hidden() -> None:
    given = review(finding(address("203.0.113.7")))
    more = replace(finding(address("198.51.100.4")), hidden=("certificates",))
    assert standing(given, more, TODAY) is Standing.STALE
