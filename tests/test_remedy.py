"""Remedies say exactly what would run."""

from dataclasses import replace
from decimal import Decimal

import pytest

from flytui.remedy import Blank, Command, Edit, Link, Step, Steps, money, what_to_copy


def add_certificate(pattern: str = r"[a-z0-9.-]+") -> Command:
    return Command(
        argv=("fly", "certs", "add", "{hostname}", "-a", "shop"),
        title="Add a certificate",
        filled="Add a certificate for {hostname}",
        why="Visitors reach the app under your own name.",
        changes="The app gets a certificate.",
        alters=frozenset({"certificates"}),
        blanks=(Blank("hostname", "Hostname", pattern),),
    )


def test_a_filled_command_has_no_blanks_left() -> None:
    filled = add_certificate().fill({"hostname": "shop.example.com"})
    assert filled.argv == ("fly", "certs", "add", "shop.example.com", "-a", "shop")
    assert filled.title == "Add a certificate for shop.example.com"
    assert not filled.blanks


@pytest.mark.parametrize("value", ["", "--yes", "-a", "two words", "a;b", "x\n"])
def test_a_value_that_could_be_something_else_is_rejected(value: str) -> None:
    with pytest.raises(ValueError, match="Hostname"):
        add_certificate().fill({"hostname": value})


def test_the_line_to_copy_is_quoted_as_a_shell_needs_it() -> None:
    command = add_certificate(pattern=r".+").fill({"hostname": "a b"})
    assert what_to_copy(command) == "fly certs add 'a b' -a shop"
    assert what_to_copy(Link("https://fly.io", "t", "w")) == "https://fly.io"
    assert what_to_copy(Edit("fly.toml", "t", "w", "x = 1")) == "x = 1"


@pytest.mark.parametrize(
    ("amount", "note", "words"),
    [
        (None, "", "cost unknown"),
        (None, "price of shared-cpu-1x unknown", "price of shared-cpu-1x unknown"),
        (Decimal(0), "", "free"),
        (Decimal(2), "", "+$2.00 a month"),
        (Decimal(-2), "dedicated IPv4", "−$2.00 a month (dedicated IPv4)"),
    ],
)
def test_costs_in_words(amount: Decimal | None, note: str, words: str) -> None:
    assert money(amount, note) == words


def command(verb: str = "release") -> Command:
    return Command(("fly", "ips", verb), verb, "why", "changes", frozenset())


def _in_order(seen: bool | None) -> tuple[Steps, Command, Link, Command]:
    flycast, callers, release = command("allocate"), Link("https://x.test", "Switch", ""), command()
    steps = Steps(
        "Move behind Flycast",
        "Nobody reaches it otherwise.",
        (
            Step(flycast, "a Flycast address", seen),
            Step(callers, "callers that switched"),
            Step(release, "no public address"),
            Step(command("other"), "no public address"),
        ),
    )
    return steps, flycast, callers, release


def test_a_later_step_waits_until_an_earlier_effect_was_seen() -> None:
    steps, flycast, callers, release = _in_order(seen=False)
    assert steps.blocked(flycast) == ""
    assert steps.blocked(callers) == "first a Flycast address. Nobody reaches it otherwise."
    assert steps.blocked(replace(release, why="told otherwise")) == steps.blocked(callers)


def test_what_nobody_can_see_is_named_and_holds_nothing_up() -> None:
    steps, _, _, release = _in_order(seen=True)
    assert steps.blocked(release) == ""
    assert steps.unseen_before(release) == ("callers that switched",)
    assert steps.unseen_before(command("other")) == ("callers that switched",)


def test_a_remedy_that_is_no_step_waits_for_nothing() -> None:
    steps, *_ = _in_order(seen=False)
    assert steps.number(command("unrelated")) is None
    assert steps.blocked(command("unrelated")) == ""
