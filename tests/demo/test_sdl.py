"""The demo's schema: a part of Fly.io's, and every field of it answers."""

from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from flytui.demo.graphql import front
from tests.demo.asking import Asker, asker, schema

_FLY = Path(__file__).parents[3] / "shared" / "fly" / "schema.graphql"
_ARGUMENTS = {
    "hostname": '"shop.example.com"',
    "name": '"acme-cache"',
    "image": '"storefront:deployment-03"',
    "postgresAppName": '"storefront-db"',
    "provider": '"sentry"',
    "providerName": '"sentry"',
    "slug": '"acme"',
}


@pytest.fixture(scope="module")
def flys() -> GraphQLSchema:
    if not _FLY.exists():
        pytest.skip("Fly.io's own schema is not beside this repository")
    return build_schema(_FLY.read_text(), assume_valid=True)


def test_everything_in_it_is_fly_ios_with_the_same_type(flys: GraphQLSchema) -> None:
    ours = build_schema(front.sdl())
    strange = [
        f"{name}: {problem}"
        for name, type_ in ours.type_map.items()
        if not name.startswith("__")
        for problem in _differences(type_, flys.type_map.get(name))
    ]
    assert strange == []


def _differences(ours: Any, theirs: Any) -> list[str]:
    if type(ours) is not type(theirs):
        return ["is not in Fly.io's schema"]
    if isinstance(ours, GraphQLEnumType):
        return sorted(set(ours.values) - set(theirs.values))
    if isinstance(ours, GraphQLObjectType | GraphQLInterfaceType):
        return [
            name
            for name, field in ours.fields.items()
            if name not in theirs.fields or not _same(field, theirs.fields[name])
        ]
    if isinstance(ours, GraphQLInputObjectType):
        return [
            name
            for name, field in ours.fields.items()
            if name not in theirs.fields or str(field.type) != str(theirs.fields[name].type)
        ]
    return []


def _same(ours: GraphQLField, theirs: GraphQLField) -> bool:
    arguments = {name: str(argument.type) for name, argument in theirs.args.items()}
    return str(ours.type) == str(theirs.type) and all(
        arguments.get(name) == str(argument.type) for name, argument in ours.args.items()
    )


def test_a_difference_would_be_seen(flys: GraphQLSchema) -> None:
    sdl = front.sdl().replace("  appUrl: String\n", "  appUrl: Int\n")
    changed = build_schema(sdl)
    assert _differences(changed.type_map["App"], flys.type_map["App"]) == ["appUrl"]


def _selection(type_: Any, above: tuple[str, ...]) -> str:
    """Every field below a type, not entering a type a second time."""
    named = get_named_type(type_)
    if is_leaf_type(named):
        return ""
    lines = ["__typename"]
    for name, field in getattr(named, "fields", {}).items():
        inner = get_named_type(field.type)
        if inner.name in above:
            continue
        given = [f"{one}: {_ARGUMENTS[one]}" for one in _needed(field)]
        arguments = f"({', '.join(given)})" if given else ""
        lines.append(f"{name}{arguments} {_selection(inner, (*above, named.name))}")
    possible = schema().get_possible_types(named) if hasattr(named, "resolve_type") else ()
    lines += [f"... on {one.name} {_selection(one, (*above, named.name))}" for one in possible]
    return "{" + " ".join(lines) + "}"


def _needed(field: GraphQLField) -> list[str]:
    return [name for name, argument in field.args.items() if is_required_argument(argument)]


@pytest.mark.parametrize(
    "scenario", ["storefront", "launch-ready", "never-deployed", "private-api"]
)
def test_every_field_of_an_app_and_its_organization_answers(scenario: str) -> None:
    fly = asker(scenario, "fo1_simulator")
    app = _selection(schema().type_map["App"], ("Queries",))
    found = fly.data(f"query($n: String!) {{ app(name: $n) {app} }}", n=fly.scenario.app)
    assert found["app"]["name"] == fly.scenario.app
    organization = _selection(schema().type_map["Organization"], ("Queries",))
    query = f"query($s: String!) {{ organization(slug: $s) {organization} }}"
    assert fly.data(query, s=fly.scenario.organization)["organization"]["viewerRole"] == "admin"


@pytest.mark.parametrize(
    "root",
    [
        "accessTokens(type: all)",
        'addOn(name: "acme-cache")',
        'addOnProvider(name: "sentry")',
        "addOns",
        'latestImageDetails(image: "storefront:deployment-03")',
        "organizations",
        "platform",
        'postgresAttachments(postgresAppName: "storefront-db")',
        "viewer",
    ],
)
def test_every_other_entry_answers_in_full(root: str) -> None:
    fly: Asker = asker("storefront", "fo1_simulator")
    field = root.partition("(")[0]
    query_type = schema().query_type
    assert query_type is not None
    selection = _selection(query_type.fields[field].type, ("Queries", "App", "Organization"))
    assert fly.data(f"{{ {root} {selection} }}")[field] is not None
