import pytest
from graphql import parse, print_ast

from flytui.fly import documents
from flytui.fly.document import Document, Lane, first, query, slow
from flytui.fly.shares import combined

DOCUMENTS = [each for each in vars(documents).values() if isinstance(each, Document)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_the_parts_of_a_query_are_the_whole_of_it(document: Document) -> None:
    declared = ", ".join(f"${name}: {kind}" for name, kind in document.variables)
    head = f"query {document.name}({declared})" if declared else f"query {document.name}"
    again = f"{head} {{ {document.root}{document.rest} }}"
    assert print_ast(parse(again)) == print_ast(parse(document.text))


def test_no_two_queries_have_one_name() -> None:
    assert len({document.name for document in DOCUMENTS}) == len(DOCUMENTS)


def test_what_others_wait_for_waits_for_nobody() -> None:
    assert [document.name for document in DOCUMENTS if document.lane is Lane.FIRST] == ["App"]


@pytest.mark.parametrize(
    "text",
    [
        "mutation M { app { id } }",
        "{ app { id } }",
        "query Q { own: app { id } }",
        "query Q { app { ...Parts } } fragment Parts on App { id }",
        "query Q($n: Int = 3) { app(n: $n) { id } }",
        "query Q { }",
    ],
)
def test_what_could_not_travel_with_others_is_no_document(text: str) -> None:
    with pytest.raises(ValueError, match="can travel"):
        query(text)


def test_a_kind_may_be_told_apart_within_a_query() -> None:
    assert query("query Q { viewer { ... on User { email } } }").root == "viewer"


def test_the_lane_is_the_word_it_is_declared_with() -> None:
    text = "query Q { viewer { email } }"
    assert [make(text).lane for make in (first, query, slow)] == [*Lane]


def test_every_query_of_a_combination_keeps_its_variables_to_itself() -> None:
    one = query("query One($name: String!, $names: [ID!]) { app(name: $name, x: $names) { id } }")
    two = query("query Two { platform { name } }")
    both, aliases = combined([one, two, one])
    assert aliases == ("One_0", "Two_1", "One_2")
    assert print_ast(parse(both.text)) == print_ast(
        parse(
            "query Together($One_0_name: String!, $One_0_names: [ID!],"
            " $One_2_name: String!, $One_2_names: [ID!]) {"
            " One_0: app(name: $One_0_name, x: $One_0_names) { id }"
            " Two_1: platform { name }"
            " One_2: app(name: $One_2_name, x: $One_2_names) { id } }"
        )
    )
