"""A scenario's GraphQL, asked in process, at a fixed moment."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from graphql import GraphQLSchema

from flytui.demo.graphql import front
from flytui.demo.scenario import Scenario, load

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
OAUTH = "fo1_simulator"


@cache
def schema() -> GraphQLSchema:
    return front.executable()


@dataclass
class Asker:
    scenario: Scenario
    token: str

    def ask(self, query: str, **variables: Any) -> Any:
        """The whole answer, errors and all."""
        body = {"query": query, "variables": variables}
        return front.answer(schema(), self.scenario.world, f"Bearer {self.token}", body)

    def data(self, query: str, **variables: Any) -> Any:
        """The data of an answer without errors."""
        answer = self.ask(query, **variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def code(self, query: str, **variables: Any) -> str:
        """The first error's code."""
        return str(self.ask(query, **variables)["errors"][0]["extensions"]["code"])


def asker(name: str = "storefront", token: str | None = None) -> Asker:
    scenario = load(name, clock=lambda: NOON)
    return Asker(scenario, token or scenario.token)
