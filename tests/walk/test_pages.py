"""What is heard of an item in the walkthrough: each fact once."""

from datetime import UTC, datetime

from flytui import checklist as checklists
from flytui.assessment import Assessment
from flytui.finding import Evidence, Finding, Resource, Status
from flytui.walk.pages import item_lines

NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)


def seen(label: str, value: str) -> Evidence:
    return Evidence(label, value, "GraphQL", NOW)


def heard(finding: Finding) -> list[str]:
    known = Assessment(checklists.load()["exposure"], finding)
    return list(item_lines(known, "Security", NOW))


def found(*resources: Resource, evidence: tuple[Evidence, ...] = ()) -> Finding:
    return Finding(Status.ACTION, "2 of them are amiss.", evidence, resources)


def test_what_a_thing_tells_itself_is_not_told_of_all_of_them_before() -> None:
    told = seen("203.0.113.7", "dedicated IPv4")
    one = Resource("address", "203.0.113.7", Status.ACTION, "203.0.113.7 is public.", (told,))
    lines = heard(found(one, evidence=(told, seen("declared", "private"))))
    assert lines.count("  address, Action: 203.0.113.7 is public.") == 1
    assert sum("dedicated IPv4" in line for line in lines) == 1
    assert "  declared: private" in lines


def test_what_a_thing_in_order_does_not_tell_is_told_of_all_of_them() -> None:
    told = seen("fdaa::3", "Flycast")
    one = Resource("address", "fdaa::3", Status.OK, "It is private.", (told,))
    lines = heard(found(one, evidence=(told,)))
    assert "  fdaa::3: Flycast" in lines
    assert "  address fdaa::3, OK: It is private." in lines


def test_evidence_that_says_no_more_than_the_name_is_left_out() -> None:
    same = seen("service", "tcp 80")
    one = Resource("service", "tcp 80", Status.ACTION, "Open to the internet.", (same,))
    lines = heard(found(one, evidence=(same,)))
    assert sum("tcp 80" in line for line in lines) == 1


def test_a_sentence_about_the_whole_item_is_not_told_again_of_the_only_thing() -> None:
    one = Resource("cluster", "pg", Status.ACTION, "2 of them are amiss.")
    assert "  cluster pg, Action." in heard(found(one))


def test_a_name_that_only_looks_like_a_part_of_the_sentence_is_told() -> None:
    one = Resource("lamp", "1", Status.ACTION, "12 of 14 bulbs are lit.")
    assert "  lamp 1, Action: 12 of 14 bulbs are lit." in heard(found(one))


def test_evidence_that_the_sentence_tells_word_by_word_is_left_out() -> None:
    told = (seen("Two-factor protection", "off"),)
    one = Resource("member", "ana", Status.ADVICE, "ana is in; two-factor protection: off.", told)
    assert not any("Two-factor" in line for line in heard(found(one)))


def test_a_sentence_of_a_thing_is_not_told_as_evidence_too() -> None:
    one = Resource("member", "ana", Status.ADVICE, "ana is an admin.")
    lines = heard(found(one, evidence=(seen("Also", "ana is an admin."),)))
    assert sum("ana is an admin." in line for line in lines) == 1
