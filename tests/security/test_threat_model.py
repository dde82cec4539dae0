"""SECURITY.md is short, is found, and names only tests that there are."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "SECURITY.md").read_text("utf-8")


def test_every_test_it_names_is_there() -> None:
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", TEXT))
    assert len(named) > 15
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


def test_each_kind_of_attacker_is_met_by_a_test_or_told_that_they_are_not() -> None:
    sections = re.split(r"^##+ ", TEXT.partition("## Who could do what")[2], flags=re.MULTILINE)
    without = [part.splitlines()[0] for part in sections[1:] if "tests/" not in part]
    assert without == ["What is not guarded"]


def test_it_is_short_and_the_readme_leads_to_it() -> None:
    assert len(TEXT.splitlines()) <= 120
    assert "(SECURITY.md)" in (ROOT / "README.md").read_text("utf-8")
