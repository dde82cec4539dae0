from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema, parse, validate

from flytui.fly import documents
from flytui.fly.document import Document

SCHEMA = Path(__file__).parents[3] / "shared" / "fly" / "schema.graphql"
DOCUMENTS = {
    name: document.text
    for name, document in vars(documents).items()
    if isinstance(document, Document)
}


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    if not SCHEMA.exists():
        pytest.skip("Fly.io's schema is not at hand")
    return build_schema(SCHEMA.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_query_is_one_fly_io_knows(name: str, schema: GraphQLSchema) -> None:
    assert validate(schema, parse(DOCUMENTS[name])) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_only_reads(name: str) -> None:
    """Queries are repeated after a failure; a mutation must never be."""
    (operation,) = parse(DOCUMENTS[name]).definitions
    assert operation.to_dict()["operation"] == "query"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_document_asks_for_a_credential(name: str) -> None:
    words = set(DOCUMENTS[name].replace("{", " ").replace("}", " ").split())
    assert not words & {"token", "tokenHeader", "password", "environment", "value", "databaseUrl"}
