"""The golden reports are valid by the schemas that OASIS and Jenkins publish."""

from pathlib import Path

import pytest

from tests.report.published import published_junit_faults, published_sarif_faults

GOLDEN = Path(__file__).parent / "golden"
FORMS = {"sarif": published_sarif_faults, "junit": published_junit_faults}


@pytest.mark.parametrize("form", FORMS)
def test_the_schema_accepts_every_golden_report(form: str) -> None:
    files = sorted(GOLDEN.glob(f"*.{form}"))
    assert len(files) >= 3
    told = {file.name: FORMS[form](file.read_text(encoding="utf-8")) for file in files}
    assert not any(told.values()), told


@pytest.mark.parametrize(
    ("form", "part", "spoiled"),
    [
        ("sarif", '"version": "2.1.0"', '"version": "2.0.0"'),
        ("sarif", '"kind": "open"', '"kind": "opened"'),
        ("sarif", '"text": "', '"words": "'),
        ("junit", "<testcase ", "<testcase colour='red' "),
        ("junit", "<error ", "<advice/><error "),
        ("junit", ' tests="', ' number="'),
    ],
)
def test_the_schema_refuses_a_report_that_is_spoiled(form: str, part: str, spoiled: str) -> None:
    text = (GOLDEN / f"scoped-token.{form}").read_text(encoding="utf-8")
    assert part in text
    assert FORMS[form](text.replace(part, spoiled))
