"""Annotations: an error for what fails, a warning for what is open besides, and the sum."""

from dataclasses import replace

from flytui.finding import Status
from flytui.gate import Gate
from flytui.remedy import Edit
from flytui.report.github import render
from flytui.review import Standing
from tests.report.builders import address, assessment, command, finding, report
from tests.report.former import former


def levels(told: str) -> list[str]:
    return [line.split()[0].removeprefix("::") for line in told.splitlines()]


def test_each_open_item_has_its_level() -> None:
    told = render(
        report(
            assessment("exposure"),
            assessment("secrets", finding(Status.UNKNOWN)),
            assessment("custom-domain", finding(Status.ADVICE)),
            assessment("ipv4"),
            assessment("sso", finding(Status.OK)),
        )
    )
    assert levels(told) == ["error", "error", "warning", "warning", "error"]
    assert "title=Unknown%3A Protect sensitive information::" in told


def test_what_is_waived_has_none() -> None:
    told = render(report(assessment(standing=Standing.HOLDS)))
    assert levels(told) == ["notice"]
    known = report(assessment())
    assert levels(render(replace(known, gate=Gate(baseline=former(known))))) == ["notice"]


def test_it_names_the_file_and_the_command_that_mend_it() -> None:
    edit = Edit("deploy,a:b/fly.toml", "Set a minimum", "It answers at once.", "x = 1")
    told = render(report(assessment(found=finding(remedies=(command(), edit)))))
    assert "::error file=deploy%2Ca%3Ab/fly.toml,title=Action%3A Make sure" in told
    assert "%0ATo do: fly ips release 203.0.113.7 -a storefront" in told


def test_a_command_with_two_reasons_is_told_once() -> None:
    again = replace(command(), why="The internet can no longer reach the app through it.")
    of_the_address = finding(Status.ADVICE, "2 ways in.", address(again), remedies=(command(),))
    told = render(report(assessment(found=of_the_address)))
    assert told.count("To do: fly ips release 203.0.113.7 -a storefront") == 1


def test_the_last_line_is_the_sum() -> None:
    last = render(report(assessment())).splitlines()[-1]
    assert last.startswith("::error title=storefront%3A ready 0/1 · seen 1/1::")
