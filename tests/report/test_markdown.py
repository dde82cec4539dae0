"""Markdown that fits a comment: short, folded, and plain about what fails."""

from dataclasses import replace

from flytui.finding import Status
from flytui.gate import Gate
from flytui.report.markdown import LARGEST, render
from flytui.review import Standing
from tests.report.builders import CHECKLIST, address, assessment, command, finding, report
from tests.report.former import former


def test_what_fails_stands_out_and_what_is_waived_says_so() -> None:
    told = render(report(assessment("exposure"), assessment("secrets", standing=Standing.HOLDS)))
    assert "| ✗ **Action** | Make sure private services are not exposed |" in told
    assert "| ✗ Waived | Protect sensitive information |" in told


def test_what_the_baseline_knows_is_waived() -> None:
    known = report(assessment())
    assert "| ✗ Waived |" in render(replace(known, gate=Gate(baseline=former(known))))


def test_what_is_in_order_is_counted_and_not_listed() -> None:
    told = render(report(assessment(found=finding(Status.OK))))
    assert "1 OK, 0 settled by review or not applicable." in told
    assert "<details>" not in told


def test_commands_stand_in_a_block_that_they_cannot_end() -> None:
    run = command("secrets", "set", "A=````")
    told = render(report(assessment(found=finding(remedies=(run,)))))
    assert "\n`````sh\nfly secrets set 'A=````'\n`````\n" in told


def test_a_large_report_is_cut_at_whole_items_and_says_so() -> None:
    many = tuple(address(command("x" * 900, str(n)), name=f"203.0.113.{n}") for n in range(12))
    told = render(
        report(*(assessment(i.id, finding(Status.ACTION, "Many.", *many)) for i in CHECKLIST))
    )
    assert len(told.encode()) <= LARGEST
    assert told.count("<details>") == told.count("</details>") > 0
    assert "more are left out here; the other formats have them." in told
