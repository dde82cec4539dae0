"""The checklist: complete, in the source's order, in our own words, a check behind every item."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from flytui.checklist import load
from flytui.checks.check import registry

SEED = Path(__file__).parents[2] / "shared" / "fly" / "checklist-seed.md"
_HEADING = re.compile(r"^### (.+?)\s+`([a-z0-9-]+)`$", re.MULTILINE)
SLIPS = {"Consider a purchasing a support plan": "Consider purchasing a support plan"}
"""Slips of the source's own titles, and what we say instead."""
_LINK = re.compile(r"\[[^]]+\]\(([^)]+)\)")


def seed() -> str:
    if not SEED.exists():
        pytest.skip("the source's text is not beside this checkout")
    return SEED.read_text(encoding="utf-8")


def sentences(text: str) -> list[str]:
    return [s.strip() for s in re.split(r"(?<=[.:?])\s+", text) if s.strip()]


def test_there_are_8_sections_and_24_items_with_ids_of_their_own() -> None:
    checklist = load()
    ids = [item.id for item in checklist]
    assert len(checklist.sections) == 8
    assert len(ids) == len(set(ids)) == 24


def test_every_item_knows_its_section() -> None:
    for section in load().sections:
        assert {item.section for item in section.items} == {section.id}


def test_every_item_says_why_and_what_to_look_at() -> None:
    for item in load():
        assert 2 <= len(sentences(item.description)) <= 6, item.id
        assert 2 <= len(item.look_at) <= 4, item.id
        assert all(line.endswith(".") for line in item.look_at), item.id


def test_descriptions_stay_on_one_line() -> None:
    assert not [item.id for item in load() if "\n" in item.description]


def test_every_item_has_a_check_and_every_check_an_item() -> None:
    assert set(registry()) == {item.id for item in load()}


def test_an_item_is_found_by_its_id_and_a_stranger_is_not() -> None:
    checklist = load()
    assert checklist["exposure"].section == "security"
    with pytest.raises(KeyError):
        checklist["nonsense"]


def test_ids_and_titles_follow_the_source_in_its_order() -> None:
    source = [(SLIPS.get(title, title), id_) for title, id_ in _HEADING.findall(seed())]
    assert [(i.title, i.id) for i in load()] == source


def test_section_titles_follow_the_source() -> None:
    titles = re.findall(r"^## (.+)$", seed(), re.MULTILINE)
    assert [s.title for s in load().sections] == titles[1:]


def test_every_link_of_the_source_is_there_and_absolute() -> None:
    text = seed()
    starts = [*(m.start() for m in _HEADING.finditer(text)), len(text)]
    for (start, end), item in zip(pairwise(starts), load(), strict=True):
        wanted = [
            f"https://fly.io{url}" if url.startswith("/") else url
            for url in _LINK.findall(text[start:end])
        ]
        assert [link.url for link in item.links] == wanted, item.id


def test_no_sentence_is_copied_from_the_source() -> None:
    source = " ".join(seed().split()).lower()
    copied = [
        s
        for item in load()
        for s in sentences(item.description)
        if s.lower() in source or s.lower().rstrip(".:?") in source
    ]
    assert copied == []
