"""GraphQL over the demo: answers, changes that stay, and errors in Fly.io's shapes."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from graphql import parse, validate

from flytui.demo.access import authenticate
from flytui.demo.macaroons import unrestricted
from flytui.demo.problems import Unauthenticated
from flytui.fly import documents as ours
from tests.demo.asking import NOON, OAUTH, Asker, asker, schema
from tests.demo.documents import READING

_ADDRESSES = "query($n: String!){app(name: $n){sharedIpAddress ipAddresses{nodes{address type}}}}"
_ALLOCATE = (
    "mutation($input: AllocateIPAddressInput!){allocateIpAddress(input: $input){"
    "app{sharedIpAddress} ipAddress{id address type region createdAt}}}"
)
_RELEASE = (
    "mutation($input: ReleaseIPAddressInput!){releaseIpAddress(input: $input){clientMutationId}}"
)
_TOKENS = (
    "query($n: String!){app(name: $n){limitedAccessTokens{nodes{id name expiresAt revokedAt}}}}"
)
_CREATE_TOKEN = (
    "mutation($input: CreateLimitedAccessTokenInput!){createLimitedAccessToken(input: $input){"
    "limitedAccessToken{id tokenHeader}}}"
)
_REVOKE = (
    "mutation($input: DeleteLimitedAccessTokenInput!){"
    "deleteLimitedAccessToken(input: $input){token}}"
)


def addresses(fly: Asker, app: str = "storefront") -> set[str]:
    found = fly.data(_ADDRESSES, n=app)["app"]
    shared = {found["sharedIpAddress"]} - {None}
    return shared | {one["address"] for one in found["ipAddresses"]["nodes"]}


@pytest.mark.parametrize(("query", "variables"), READING.values(), ids=READING.keys())
def test_every_document_is_answered(query: str, variables: dict[str, Any]) -> None:
    answer = asker().ask(query, **variables)
    assert "errors" not in answer
    assert all(answer["data"].values())
    assert json.loads(json.dumps(answer)) == answer


@pytest.mark.parametrize("name", [name for name in dir(ours) if name.isupper()])
def test_what_flytui_itself_asks_is_in_the_schema(name: str) -> None:
    assert validate(schema(), parse(getattr(ours, name).text)) == []


def test_times_carry_a_zone_and_large_numbers_are_strings() -> None:
    fly = asker()
    owner = fly.data('{organization(slug: "acme"){internalNumericId}}')["organization"]
    assert isinstance(owner["internalNumericId"], str)
    app = fly.data('{app(name: "storefront"){internalNumericId createdAt}}')["app"]
    assert isinstance(app["internalNumericId"], int)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", app["createdAt"])


def test_a_released_address_is_gone() -> None:
    fly = asker()
    fly.data(_RELEASE, input={"appId": "storefront", "ipAddressId": None, "ip": "203.0.113.7"})
    assert addresses(fly) == {"fdaa:0:18:0:1::7"}


def test_an_address_may_be_released_by_the_apps_id() -> None:
    fly = asker()
    app = fly.scenario.world.app("storefront")
    fly.data(_RELEASE, input={"appId": app.id, "ip": "203.0.113.7"})
    assert "203.0.113.7" not in addresses(fly)


def test_the_shared_address_can_be_released_too() -> None:
    fly = asker("private-api")
    fly.data(_RELEASE, input={"appId": "inventory-api", "ip": "198.51.100.60"})
    assert "198.51.100.60" not in addresses(fly, "inventory-api")


def test_releasing_an_address_nobody_has_is_an_error() -> None:
    given = {"appId": "storefront", "ip": "203.0.113.200"}
    assert asker().code(_RELEASE, input=given) == "NOT_FOUND"


@pytest.mark.parametrize("kind", ["v4", "v6", "private_v6"])
def test_an_allocated_address_is_there(kind: str) -> None:
    fly = asker()
    given = {"appId": "storefront", "type": kind, "region": ""}
    made = fly.data(_ALLOCATE, input=given)["allocateIpAddress"]["ipAddress"]
    assert made["type"] == kind
    assert made["address"] in addresses(fly)


def test_a_shared_address_is_the_apps_and_in_no_list() -> None:
    fly = asker()
    made = fly.data(_ALLOCATE, input={"appId": "storefront", "type": "shared_v4"})
    shared = made["allocateIpAddress"]["app"]["sharedIpAddress"]
    assert shared
    listed = fly.data(_ADDRESSES, n="storefront")["app"]
    assert listed["sharedIpAddress"] == shared
    assert shared not in {one["address"] for one in listed["ipAddresses"]["nodes"]}


def test_a_new_token_is_listed_and_opens_its_app_only() -> None:
    fly = asker()
    world = fly.scenario.world
    given = {
        "name": "ci",
        "organizationId": world.organization("acme").id,
        "profile": "deploy",
        "profileParams": {"app_id": world.app("storefront").id},
        "expiry": "720h0m0s",
    }
    made = fly.data(_CREATE_TOKEN, input=given)["createLimitedAccessToken"]["limitedAccessToken"]
    listed = fly.data(_TOKENS, n="storefront")["app"]["limitedAccessTokens"]["nodes"]
    mine = next(one for one in listed if one["id"] == made["id"])
    assert mine["expiresAt"] == (NOON + timedelta(days=30)).strftime("%Y-%m-%dT%H:%M:%SZ")
    one_app = authenticate(world, made["tokenHeader"])
    assert [app.name for app in one_app.apps()] == ["storefront"]


def test_a_revoked_token_stays_listed_and_opens_nothing() -> None:
    fly = asker()
    token = fly.scenario.world.app("storefront").tokens[0]
    fly.data(_REVOKE, input={"id": token.id})
    listed = fly.data(_TOKENS, n="storefront")["app"]["limitedAccessTokens"]["nodes"]
    assert [one["revokedAt"] is not None for one in listed if one["id"] == token.id] == [True]
    with pytest.raises(Unauthenticated):
        authenticate(fly.scenario.world, f"FlyV1 {token.value}")


def test_an_invitation_waits_to_be_accepted() -> None:
    fly = asker()
    query = (
        "mutation($input: CreateOrganizationInvitationInput!){createOrganizationInvitation("
        "input: $input){invitation{id email createdAt redeemed organization{slug}}}}"
    )
    owner = fly.scenario.world.organization("acme").id
    fly.data(query, input={"organizationId": owner, "email": "new@example.com"})
    waiting = fly.data('{organization(slug: "acme"){invitations{nodes{email redeemed}}}}')
    nodes = waiting["organization"]["invitations"]["nodes"]
    assert nodes == [{"email": "new@example.com", "redeemed": False}]


def test_secrets_set_are_named_and_their_values_forgotten() -> None:
    fly = asker()
    query = "mutation($input: SetSecretsInput!){setSecrets(input: $input){release{version reason}}}"
    secrets = [{"key": "SENTRY_DSN", "value": "do-not-keep"}]
    before = fly.scenario.world.app("storefront").releases[-1].version
    made = fly.data(query, input={"appId": "storefront", "secrets": secrets})
    assert made["setSecrets"]["release"]["version"] == before + 1
    named = fly.data('{app(name: "storefront"){secrets{name digest}}}')["app"]["secrets"]
    assert "SENTRY_DSN" in {one["name"] for one in named}
    assert "do-not-keep" not in repr(fly.scenario.world)


def test_an_extension_is_provisioned_once() -> None:
    fly = asker()
    query = "mutation($input: CreateAddOnInput!){createAddOn(input: $input){addOn{environment}}}"
    given = {"appId": "storefront", "type": "arcjet", "name": "shop"}
    made = fly.data(query, input=given)["createAddOn"]["addOn"]
    assert list(made["environment"]) == ["ARCJET_KEY"]
    assert fly.code(query, input=given) == "UNPROCESSABLE"
    listed = fly.data('{app(name: "storefront"){addOns(type: arcjet){nodes{name}}}}')
    assert listed["app"]["addOns"]["nodes"] == [{"name": "shop"}]


def test_an_unknown_app_is_null_with_fly_ios_words() -> None:
    assert asker().ask('{app(name: "nope"){id}}') == {
        "data": {"app": None},
        "errors": [
            {
                "message": 'Could not find App "nope"',
                "path": ["app"],
                "extensions": {"code": "NOT_FOUND"},
            }
        ],
    }


@pytest.mark.parametrize(
    "query",
    ['{organization(slug: "nope"){id}}', '{machine(machineId: "nope"){id}}'],
)
def test_what_is_not_there_comes_with_an_error(query: str) -> None:
    assert asker().code(query) == "NOT_FOUND"


@pytest.mark.parametrize("token", ["", "fo1_stranger", "fm2_garbage"])
def test_a_stranger_learns_nothing(token: str) -> None:
    answer = asker("storefront", token or " ").ask("{viewer{email}}")
    assert answer["data"] is None
    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHORIZED"


@pytest.mark.parametrize(
    "query",
    [
        '{app(name: "payroll"){id}}',
        '{organization(slug: "hooli"){members{nodes{email}}}}',
        "{organizations{nodes{slug}}}",
        '{app(name: "checkout-web"){organization{limitedAccessTokens{nodes{id}}}}}',
    ],
)
def test_a_deploy_token_sees_its_own_app_only(query: str) -> None:
    fly = asker("scoped-token")
    assert fly.data('{app(name: "checkout-web"){organization{slug}}}')
    assert fly.code(query) == "UNAUTHORIZED"


def test_a_deploy_token_lists_its_own_app_only() -> None:
    told = asker("scoped-token").data("{apps{nodes{name}}}")
    assert told == {"apps": {"nodes": [{"name": "checkout-web"}]}}


def test_a_read_only_token_changes_nothing() -> None:
    tokens = asker().scenario.world.organization("acme").tokens
    reading = next(token for token in tokens if token.scope.read_only)
    fly = asker("storefront", reading.value)
    before = addresses(fly)
    given = {"appId": "storefront", "ip": "203.0.113.7"}
    assert fly.code(_RELEASE, input=given) == "UNAUTHORIZED"
    assert addresses(fly) == before


def test_a_macaroon_alone_is_nobody_in_particular() -> None:
    query = "{viewer{__typename email}}"
    assert asker(token=unrestricted()).data(query)["viewer"]["__typename"] == "Macaroon"
    person = asker("storefront", OAUTH).data(query)["viewer"]
    assert person == {"__typename": "User", "email": "ada@example.com"}
    assert asker("storefront").data(query)["viewer"] == person


def test_a_wrong_document_is_refused_whole() -> None:
    assert asker().code("{app(name: 1){nonsense}}") == "INVALID_ARGUMENTS"
    assert asker().code("{") == "INVALID_ARGUMENTS"


def test_a_page_ends_where_it_was_asked_to_and_the_next_goes_on() -> None:
    fly = asker()
    query = (
        "query($after: String){apps(first: 3, after: $after){"
        "pageInfo{hasNextPage endCursor} nodes{name}}}"
    )
    first = fly.data(query)["apps"]
    rest = fly.data(query, after=first["pageInfo"]["endCursor"])["apps"]
    assert first["pageInfo"]["hasNextPage"]
    assert not rest["pageInfo"]["hasNextPage"]
    names = [one["name"] for one in first["nodes"] + rest["nodes"]]
    assert names == list(fly.scenario.world.apps)
