"""What kept flytui from seeing anything is told once, at the top, in every form for people."""

from dataclasses import replace

import pytest

from flytui.assessment import Assessment, Identity
from flytui.facts.fact import Unseen
from flytui.finding import Finding, Status, unknown
from flytui.outage import outage
from flytui.report import Report
from flytui.report.forms import render
from tests.report.builders import CHECKLIST, finding, report

WHO = Identity("shop", "acme", production=False)
REFUSED = Unseen("api.fly.io answered 403.", "Run `fly tokens create deploy -a shop`.", "refused")
NOT_ACCEPTED = Unseen("api.fly.io answered 401.", "Sign in.", "not accepted")
SILENT = Unseen("api.fly.io gave no answer.", "Check the connection.", "unreachable")
LATE = Unseen("It was not known after the 3 seconds.", "Allow more time.")
OTHER = Unseen("The image has no name.", "Look at the dashboard.")
SEEN = finding(Status.OK, "Fine.")


def known(*found: Finding | Unseen) -> list[Assessment]:
    findings = (f if isinstance(f, Finding) else unknown(f) for f in found)
    return [Assessment(item, f) for item, f in zip(CHECKLIST, findings, strict=False)]


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([SILENT, SILENT], "could not be reached"),
        ([REFUSED, REFUSED], "may not read shop"),
        ([SILENT, NOT_ACCEPTED, REFUSED], "does not accept this token"),
        ([LATE, LATE], "Nothing of shop could be seen."),
        ([replace(SILENT, kind="missing"), SILENT], "no app shop"),
    ],
)
def test_the_headline_is_what_has_to_be_cured_first(found: list[Unseen], told: str) -> None:
    seen = outage(known(*found), frozenset(), WHO)
    assert seen is not None
    assert told in seen.headline


@pytest.mark.parametrize(
    "found", [[], [SILENT], [SILENT, SEEN], [SEEN, SEEN], [LATE, OTHER]], ids=str
)
def test_there_is_none_while_anything_was_seen(found: list[Finding | Unseen]) -> None:
    assert outage(known(*found), frozenset(), WHO) is None


def test_what_only_a_person_can_tell_is_no_sight_of_fly_io() -> None:
    every = known(SILENT, SILENT, finding(Status.MANUAL, "Ask."))
    assert outage(every, frozenset({every[2].item.id}), WHO) is not None


def test_what_was_seen_earlier_does_not_hide_that_nothing_is_seen_now() -> None:
    every = [replace(each, outdated=SILENT) for each in known(SEEN, SEEN)]
    assert outage(every, frozenset(), WHO) is not None


def _report() -> Report:
    every = known(REFUSED, REFUSED, REFUSED)
    return replace(report(*every), outage=outage(every, frozenset(), WHO))


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_form_tells_the_headline_once_with_its_cure(form: str) -> None:
    told = render(form, _report()).replace("\\", "")
    assert told.count("This token may not read shop") == 1
    assert "fly tokens create deploy" in told


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_items_point_to_it_instead_of_repeating_it(form: str) -> None:
    told = render(form, _report())
    assert told.count("answered 403") == 1
    assert told.count("as told above") == 3
