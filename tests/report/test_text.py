"""The text report reads well, and nothing in it is taken for a command."""

import re
from dataclasses import replace

import pytest

from flytui.finding import Status
from flytui.remedy import Blank, Edit
from flytui.report.text import render
from flytui.review import Standing
from tests.report.builders import LINK, address, assessment, command, finding, report


def test_a_whole_report() -> None:
    edit = Edit("fly.toml", "Set a minimum", "It answers at once.", "min_machines_running = 1")
    told = render(
        report(
            assessment(
                "exposure",
                finding(
                    Status.ACTION,
                    "2 public addresses.",
                    address(command(cost="-2")),
                    address(status=Status.OK, name="fdaa::3"),
                ),
            ),
            assessment("ipv4", finding(Status.OK, "1 dedicated IPv4 address.")),
            assessment("secrets", finding(Status.UNKNOWN, "The token may not read this.")),
            assessment("autostop-autostart", finding(remedies=(edit, LINK)), Standing.HOLDS),
            assessment("sentry", finding(Status.ADVICE, "None found.", remedies=(edit, LINK))),
            assessment("flycast", finding(Status.NOT_APPLICABLE, "No private services.")),
        )
    )
    assert (
        told
        == """\
storefront · acme
ready 2/5 · seen 5/6 · 2026-03-12 10:30 UTC · flytui 1.2.3
Failed: 1 item needs action; 1 item could not be seen (exit code 1).

Security
  ~ Unknown         Protect sensitive information: The token may not read this.
      To see it: Use an organisation token.
  ✗ Action          Make sure private services are not exposed: 2 public addresses.
      ✗ address 203.0.113.7 (Action): 203.0.113.7 is public.
          To do: fly ips release 203.0.113.7 -a storefront   (−$2.00 a month, cannot be undone)

Availability, resiliency, and costs
  ✗ Action          Use autostop/autostart to reduce costs: 2 public addresses on an app that \
serves nobody.
      Reviewed on 2026-03-12 by Ana, good until 2026-06-10 (Behind the office proxy.).

Networking
  ✓ OK              Consider using a dedicated IPv4 address: 1 dedicated IPv4 address.
  – Not applicable  Set up Flycast for private apps: No private services.

Monitoring
  ! Advice          Use Sentry for Error tracking: None found.
      To do: Set a minimum in fly.toml: It answers at once.
      To do: Read about it: https://fly.io/docs/

1 needs action, 1 could not be seen, 1 waits for a decision.
"""
    )


def test_it_says_which_of_what_is_open_fails_nothing() -> None:
    unseen = finding(Status.UNKNOWN)
    told = render(report(assessment("secrets", unseen), assessment("metrics", unseen)))
    assert "Failed: 2 items could not be seen (exit code 3)." in told
    assert told.endswith("\n\n2 could not be seen.\n")
    told = render(report(assessment("secrets", unseen), assessment("arcjet", unseen)))
    assert "Failed: 1 item could not be seen (exit code 3)." in told
    words = "2 could not be seen. Of these, 1 is optional and fails nothing.\n"
    assert told.endswith(f"\n\n{words}")


def test_a_settled_checklist_says_so() -> None:
    told = render(report(assessment(found=finding(Status.OK))))
    assert told.endswith("\n\nEverything that was looked at is settled.\n")


def test_a_manual_item_says_what_to_look_at() -> None:
    told = render(report(assessment("sso", finding(Status.MANUAL))))
    assert told.count("Look at: ") >= 2


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (Standing.STALE, "since then it has changed: now address 198.51.100.4: action."),
        (Standing.EXPIRED, "that has expired."),
        (Standing.UNCONFIRMED, "nobody can tell now whether that still holds."),
    ],
)
def test_a_review_that_does_not_hold_says_why(standing: Standing, words: str) -> None:
    known = assessment(standing=standing, changed=("now address 198.51.100.4: action",))
    assert words in render(report(known))


def test_a_value_still_to_be_given_stands_out() -> None:
    asks = command("certs", "add", "{hostname}", "-a", "storefront", reversible=True)
    asks = replace(asks, blanks=(Blank("hostname", "Hostname"),))
    told = render(report(assessment(found=finding(remedies=(asks,)))))
    assert "To do: fly certs add HOSTNAME -a storefront   (cost unknown)" in told


def test_a_command_is_never_cut() -> None:
    long = command("secrets", "unset", *(f"NAME_{n}" for n in range(200)))
    told = render(report(assessment(found=finding(remedies=(long,)))))
    assert "NAME_199" in told


def test_many_resources_are_counted_rather_than_listed() -> None:
    many = (address(name=f"203.0.113.{n}") for n in range(100))
    told = render(report(assessment(found=finding(Status.ACTION, "Many.", *many))))
    assert "… and 88 more like these." in told


@pytest.mark.parametrize(
    "hostile",
    [
        "\n::set-env name=PATH::/evil",
        "\n   ::error file=x::y",
        "##[set-output name=x]y",
        "##vso[task.setvariable variable=x]y",
        "##teamcity[buildStop]",
        "\r\x1b[2J\x9b31m",
        "\x1b]52;c;aGk=\x07",
    ],
)
def test_nothing_from_outside_is_taken_for_a_command(hostile: str) -> None:
    found = finding(
        Status.ACTION,
        hostile,
        replace(address(), id=hostile, summary=hostile),
        remedies=(command("ips", hostile), replace(LINK, title=hostile, url=hostile)),
    )
    told = render(report(assessment(found=found), app=hostile))
    assert not any(line.lstrip().startswith("::") for line in told.split("\n"))
    assert not re.search(r"##\w*\[", told)
    assert told.replace("\n", "").isprintable()


def test_colour_is_added_only_when_asked_for_and_words_stay() -> None:
    known = assessment(found=finding(Status.OK))
    plain, coloured = render(report(known)), render(report(known), colour=True)
    assert "\x1b" not in plain
    assert "\x1b[32m✓ OK" in coloured
    assert "OK" in plain
