"""What changed under a review is told in words that people read."""

import pytest

from flytui.review_changes import changes


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        ("status: action", "status: ok", "it was Action, is OK"),
        ("status: ok", "status: not_applicable", "it was OK, is Not applicable"),
        ("", "address 203.0.113.7: action", "203.0.113.7 was added"),
        ("Machine 1234: ok", "", "the Machine 1234 is gone"),
        ("Machine 1234: ok", "Machine 1234: advice", "the Machine 1234 was OK, is Advice"),
        ("", "hostname shop.example.com: ok", "shop.example.com was added"),
        ("process group web: ok", "", "the process group web is gone"),
        ("Strategy: rolling", "Strategy: bluegreen", "Strategy was rolling, is bluegreen"),
        ("Region: ord, iad", "Region: ord", "Region was “ord, iad”, is ord"),
        ("", "service: tcp 80 → 8080", "service “tcp 80 → 8080” was added"),
        ("declared: private", "", "declared private is gone"),
        ("service tcp 80: x: ok", "service tcp 80: x: action", "the service tcp 80: x was OK"),
        ("2001:db8::1: IPv6", "2001:db8::1: shared", "2001:db8::1 was IPv6, is shared"),
    ],
)
def test_each_difference_has_its_phrase(then: str, now: str, told: str) -> None:
    lines = changes(_basis(then), _basis(now))
    assert len(lines) == 1
    assert lines[0].startswith(told)


def _basis(line: str) -> tuple[str, ...]:
    return (line,) if line.startswith("status") else tuple(filter(None, ("status: ok", line)))


def test_what_a_new_row_says_is_not_told_twice() -> None:
    then = ("status: action",)
    now = ("status: action", "203.0.113.7: dedicated IPv4", "address 203.0.113.7: action")
    assert changes(then, now) == ("203.0.113.7 was added",)


def test_of_several_values_only_the_new_and_the_lost_are_told() -> None:
    then = ("status: ok", "service: one", "service: two")
    now = ("status: ok", "service: three", "service: two")
    assert changes(then, now) == ("service three was added", "service one is gone")


def test_the_same_changes_nothing() -> None:
    assert changes(("status: ok", "a: b"), ("status: ok", "a: b")) == ()
