"""What a filter finds, word by word, and what it says about a word it does not know."""

import pytest

from flytui.assessment import Assessment
from flytui.checklist import load
from flytui.finding import Evidence, Finding, Resource, Status
from flytui.review import Decision, Standing
from flytui.ui.board import Board, Place
from flytui.ui.filtering import Term, search, terms
from flytui.ui.line_edit import TypedLine
from tests.ui.fake_session import NOW, exposed, findings, identity, review

SLEEPY = Resource(
    "Machine", "3d8d9e", Status.ADVICE, "stopped", (Evidence("region", "ams", "Machines API"),)
)
AWAKE = Resource("Machine", "148e2a", Status.OK, "started")


def board(**given: Finding) -> Board:
    """Everything heard of; `multiple_machines=` stands for `multiple-machines`."""
    machines = Finding(Status.ADVICE, "2 of them.", (), (SLEEPY, AWAKE))
    found = findings(multiple_machines=machines, **given)
    checklist = load()
    known = {item.id: Assessment(item, found[item.id], at=NOW) for item in checklist}
    for id_, decision, standing in (
        ("sso", Decision.REVIEWED, Standing.HOLDS),
        ("isolation", Decision.NOT_APPLICABLE, Standing.STALE),
        ("least-privilege", Decision.ACCEPTED_RISK, Standing.EXPIRED),
        ("email", Decision.REVIEWED, Standing.WAITING),
    ):
        if id_ in known:
            made = review(id_, found[id_], decision=decision)
            known[id_] = Assessment(checklist[id_], found[id_], made, standing, at=NOW)
    return Board(checklist, identity(), known, opened=True)


def found(typed: str, **given: Finding) -> set[str]:
    return set(search(typed, board(**given)).items)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ()),
        ("-", ()),
        ("Single SIGN", (Term("single"), Term("sign"))),
        ('"two words" x', (Term("two words"), Term("x"))),
        ('"never closed', (Term("never closed"),)),
        ("-status:ok", (Term("ok", "status", negated=True),)),
        ("Status:OK", (Term("ok", "status"),)),
        ("2001:db8::1 fly.io:443", (Term("2001:db8::1"), Term("fly.io:443"))),
        ('"-a storefront"', (Term("-a storefront"),)),
        ("section:", (Term("", "section"),)),
    ],
)
def test_what_was_typed_is_read_as_terms(typed: str, expected: tuple[Term, ...]) -> None:
    assert terms(typed) == expected


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("status:action", {"exposure"}),
        ("status:ok", {"secrets"}),
        ("status:unknown", {"flycast"}),
        ("status:not_applicable", {"arcjet"}),
        ("status:not-applicable", {"arcjet"}),
        ("status:act", {"exposure"}),
        ("status:action,ok", {"exposure", "secrets"}),
        ("status:ready", {"secrets", "sso"}),
        ("review:reviewed", {"sso"}),
        ("review:not_applicable", {"isolation"}),
        ("review:accepted", {"least-privilege"}),
        ("review:stale", {"isolation"}),
        ("review:changed", {"isolation"}),
        ("review:expired", {"least-privilege"}),
        ("section:2", {"production-grade-postgres", "test-backups"}),
        ("section:databases", {"production-grade-postgres", "test-backups"}),
        ("section:data", {"production-grade-postgres", "test-backups"}),
        ("section:costs", {"multiple-machines", "add-regions", "autostop-autostart"}),
        ("SINGLE sign-on", {"sso"}),
        ("serves nobody", {"exposure"}),
        ('"serves nobody"', {"exposure"}),
        ('"nobody serves"', set()),
        ("2001:db8", {"exposure"}),
        ("stopped ams", {"multiple-machines"}),
        ("status:action section:databases", set()),
        ("section:security -status:manual -status:ok", {"exposure", "arcjet"}),
    ],
)
def test_an_item_matches_when_every_term_does(typed: str, items: set[str]) -> None:
    got = found(typed)
    if typed == "section:costs":
        items = items | {"autoscale-by-metric"}
    assert got == items


@pytest.mark.parametrize(
    "term",
    ["machine", "status:open", "status:ok", "review:none", "section:net", "203.0.113.7"],
)
def test_a_term_and_its_negation_share_the_items_out(term: str) -> None:
    assert found(term) & found(f"-{term}") == set()
    assert found(term) | found(f"-{term}") == {item.id for item in load()}


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("status:foo", "status: does not know 'foo'; it knows action, advice, ok, manual,"),
        ("status:", "status: knows action, advice,"),
        ("review:maybe", "review: does not know 'maybe'; it knows none, reviewed, accepted,"),
        ("section:9", "section: does not know '9'; it knows 1 to 8, security, databases,"),
        ("section:cats", "section: does not know 'cats';"),
        ("status:ok,foo", "status: does not know 'foo'"),
    ],
)
def test_a_word_a_field_does_not_know_is_answered_with_those_it_knows(
    typed: str, says: str
) -> None:
    told = search(f"exposed {typed}", board())
    assert told.problem.startswith(says)
    assert told.items == search("exposed", board()).items


def test_what_was_not_heard_of_has_no_status_and_is_told_of() -> None:
    empty = Board(load(), identity())
    told = search("status:ready", empty)
    assert told.items == ()
    assert told.says == "0 of 24 items match, 24 not known yet"
    assert search("single sign-on", empty).items == ("sso",)


def test_the_count_speaks_of_items() -> None:
    assert search("section:databases", board()).says == "2 of 24 items match"
    assert search("single sign-on", board()).says == "1 of 24 items matches"


def test_resources_that_match_open_their_item_and_stay_alone() -> None:
    told = search("stopped", board())
    item = Place("availability", "multiple-machines")
    assert told.opened == {item}
    below = {p.resource for p in told.places if p.resource}
    assert below == {("Machine", "3d8d9e", 0)}
    assert Place("availability") in told.places


def test_an_item_that_matches_itself_keeps_all_its_resources_closed() -> None:
    told = search("multiple", board())
    assert told.items == ("multiple-machines",)
    assert told.opened == frozenset()
    assert len([p for p in told.places if p.resource]) == 2


def test_words_may_be_shared_between_an_item_and_its_resource() -> None:
    told = search("exposed 2001:db8::1", board(exposure=exposed()))
    assert told.items == ("exposure",)
    assert {p.resource for p in told.places if p.resource} == {("address", "2001:db8::1", 0)}


def test_only_positive_words_are_highlighted() -> None:
    assert search("fly -net status:ok", board()).words == ("fly",)


@pytest.mark.parametrize(
    ("line", "key", "expected"),
    [
        (TypedLine("abc", 3), "left", TypedLine("abc", 2)),
        (TypedLine("abc", 0), "left", TypedLine("abc", 0)),
        (TypedLine("abc", 3), "right", TypedLine("abc", 3)),
        (TypedLine("abc", 1), "end", TypedLine("abc", 3)),
        (TypedLine("abc", 3), "home", TypedLine("abc", 0)),
        (TypedLine("abc", 2), "backspace", TypedLine("ac", 1)),
        (TypedLine("abc", 0), "backspace", TypedLine("abc", 0)),
        (TypedLine("abc", 1), "delete", TypedLine("ac", 1)),
        (TypedLine("one two", 7), "ctrl+w", TypedLine("one ", 4)),
        (TypedLine("one two", 7), "ctrl+u", TypedLine("", 0)),
        (TypedLine("abc", 1), "f5", None),
    ],
)
def test_the_line_is_edited_as_lines_are(
    line: TypedLine, key: str, expected: TypedLine | None
) -> None:
    assert line.pressed(key) == expected


def test_what_is_typed_goes_in_at_the_cursor_on_one_line_and_has_an_end() -> None:
    assert TypedLine("ad", 1).insert("b\nc") == TypedLine("ab cd", 4)
    assert len(TypedLine().insert("x" * 10_000).text) < 1000


@pytest.mark.parametrize("word", ["tls", "https", "SSL", "certificates"])
def test_an_item_is_found_by_words_that_people_have_for_it(word: str) -> None:
    assert "custom-domain" in found(word)
