"""What a token can see, told from its caveats alone; its cures are commands that fly knows."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from flytui.checklist import load
from flytui.checks.check import Check, registry
from flytui.facts.fact import Fact, Needs, Optional, optional
from flytui.finding import Finding, Status
from flytui.fly.auth import Tokens
from flytui.sight import Kind, Place, Sees, Sight, Verdict, sight
from tests.fly.wire import macaroon

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
LATER = int((NOW + timedelta(days=9)).timestamp())
EARLIER = int((NOW - timedelta(days=9)).timestamp())
AUTH = "https://auth.fly.io"

ORGANIZATION = [0, [42, 31], 4, [0, LATER]]
DEPLOY = [*ORGANIZATION, 13, [[3, [{7: 31}], 5, [{"wg": 31, "builder": 31}]], 0]]
WIREGUARD = [*ORGANIZATION, 13, [[3, [{}], 5, [{"wg": 31}]], 1]]
TOKENS = {
    Kind.SESSION: f"{macaroon(*ORGANIZATION)},fo1_person",
    Kind.OAUTH: "fo1_person",
    Kind.UNCONFINED: macaroon(),
    Kind.ORGANIZATION: macaroon(*ORGANIZATION),
    Kind.READ_ONLY: macaroon(*ORGANIZATION, 0, [42, 1]),
    Kind.DEPLOY: macaroon(*DEPLOY),
    Kind.ONE_PURPOSE: macaroon(*WIREGUARD),
    Kind.UNREADABLE: "fm2_nonsense",
}
STOREFRONT = Place("storefront", "hooli")


def seen(token: str, place: Place = STOREFRONT, *, session: bool = False) -> Sight:
    tokens = Tokens.parse(token, "FLY_API_TOKEN", session=session)
    return sight(tokens, place, load(), registry(), NOW)


def verdict(token: str, *needs: Needs, useful: tuple[Needs, ...] = ()) -> Verdict:
    """What becomes of an item whose check needs this, and could use that."""
    wants: tuple[Fact[object] | Optional[object], ...] = (
        *(_fact(need) for need in needs),
        *(optional(_fact(need)) for need in useful),
    )
    check = Check("sso", wants, lambda *_: Finding(Status.OK, "All is well."))
    found = sight(Tokens.parse(token), STOREFRONT, load(), {"sso": check}, NOW)
    return next(one.verdict for one in found.items if one.item.id == "sso")


def _fact(need: Needs) -> Fact[object]:
    async def fetch(_: object) -> object:
        return None

    return Fact(need.name, need.value, fetch, needs=need)


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_is_recognised(kind: Kind) -> None:
    assert seen(TOKENS[kind]).kind is kind


@pytest.mark.parametrize(
    ("token", "kind"),
    [
        (macaroon(*DEPLOY, 27, []), Kind.ONE_PURPOSE),
        (macaroon(*DEPLOY, 6, [["addWireGuardPeer"]]), Kind.ONE_PURPOSE),
        (macaroon(*ORGANIZATION, 16, [{}]), Kind.ONE_PURPOSE),
        ("q" * 43, Kind.OAUTH),
        ("garbage", Kind.UNREADABLE),
        (f"{macaroon(*DEPLOY)},{macaroon(*ORGANIZATION)}", Kind.ORGANIZATION),
        (f"{macaroon(*DEPLOY)},{macaroon(location=AUTH)}", Kind.DEPLOY),
        (macaroon(location=AUTH), Kind.UNREADABLE),
    ],
)
def test_the_kind_follows_what_confines_the_token(token: str, kind: Kind) -> None:
    assert seen(token).kind is kind


def test_a_stored_oauth_token_is_a_session_that_fly_gives_macaroons() -> None:
    assert seen("fo1_person", session=True).kind is Kind.SESSION


def test_bounds_and_end_are_told() -> None:
    found = seen(TOKENS[Kind.DEPLOY])
    assert (found.organizations, found.apps) == ((42,), (7,))
    assert found.expires == datetime.fromtimestamp(LATER, UTC)
    assert not found.ended


def test_a_login_session_does_not_end_with_macaroons_that_fly_renews() -> None:
    found = seen(f"{macaroon(0, [42, 31], 4, [0, EARLIER])},fo1_person", session=True)
    assert (found.expires, found.ended) == (None, False)
    assert found.count(Verdict.CANNOT) == 0


_EVERY = dict.fromkeys(Needs, Verdict.CAN)
_OF_NOBODY = {**_EVERY, Needs.MEMBERSHIP: Verdict.IN_PART}
_NOT_ITS_APP = dict.fromkeys((Needs.ORGANIZATION, Needs.MEMBERSHIP, Needs.MANAGED_POSTGRES))
TABLE = {
    Kind.SESSION: _EVERY,
    Kind.OAUTH: {**_EVERY, Needs.MANAGED_POSTGRES: Verdict.CANNOT},
    Kind.UNCONFINED: _OF_NOBODY,
    Kind.ORGANIZATION: _OF_NOBODY,
    Kind.READ_ONLY: _OF_NOBODY,
    Kind.DEPLOY: {
        **_EVERY,
        **dict.fromkeys(_NOT_ITS_APP, Verdict.CANNOT),
        Needs.METRICS: Verdict.IN_PART,
    },
    Kind.ONE_PURPOSE: {**dict.fromkeys(Needs, Verdict.CANNOT), Needs.NOTHING: Verdict.CAN},
    Kind.UNREADABLE: {**dict.fromkeys(Needs, Verdict.IN_PART), Needs.NOTHING: Verdict.CAN},
}


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("need", Needs)
def test_what_a_needed_fact_makes_of_an_item(kind: Kind, need: Needs) -> None:
    assert verdict(TOKENS[kind], need) is TABLE[kind][need]


def test_a_fact_the_check_can_do_without_leaves_the_item_in_part() -> None:
    deploy = TOKENS[Kind.DEPLOY]
    assert verdict(deploy, Needs.APP, useful=(Needs.ORGANIZATION,)) is Verdict.IN_PART
    assert verdict(deploy, Needs.APP, useful=(Needs.SIGNED_IN,)) is Verdict.CAN


@pytest.mark.parametrize(
    "token",
    [
        macaroon(0, [42, 31], 4, [0, EARLIER]),
        macaroon(*ORGANIZATION, 11, [AUTH, b"verifier", b"ticket"]),
    ],
)
def test_a_token_that_has_ended_or_is_not_agreed_to_shows_nothing(token: str) -> None:
    assert verdict(token, Needs.APP) is Verdict.CANNOT
    assert verdict(token, Needs.SIGNED_IN) is Verdict.CANNOT
    assert verdict(token, Needs.NOTHING) is Verdict.CAN


def test_every_item_is_told_and_those_for_a_person_have_no_cure() -> None:
    found = seen(TOKENS[Kind.DEPLOY])
    assert [one.item.id for one in found.items] == [item.id for item in load()]
    for one in found.items:
        by_hand = registry()[one.item.id].manual
        assert (one.verdict is Verdict.PERSON) is by_hand
        assert not (by_hand and one.cures)


@pytest.mark.parametrize("kind", Kind)
def test_an_item_that_is_not_fully_decided_says_what_is_hidden(kind: Kind) -> None:
    for one in seen(TOKENS[kind]).items:
        assert bool(one.hidden) is (one.verdict in {Verdict.CANNOT, Verdict.IN_PART})
        assert all(hidden.reason and hidden.sees is not Sees.YES for hidden in one.hidden)


_SLUG = r"[A-Za-z0-9][A-Za-z0-9-]*"
KNOWN_TO_FLY = (
    rf"fly tokens create deploy( -a {_SLUG})? -x \d+h",
    rf"fly tokens create readonly( {_SLUG})? -x \d+h",
    r"fly auth login",
)
"""The forms of flytui's own list of commands, with the flags that fly takes."""


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("place", [STOREFRONT, Place()])
def test_a_cure_is_a_command_that_fly_takes_and_makes_it_better(kind: Kind, place: Place) -> None:
    order = [Verdict.CANNOT, Verdict.IN_PART, Verdict.CAN]
    for one in seen(TOKENS[kind], place).items:
        for cure in one.cures:
            assert any(re.fullmatch(form, " ".join(cure.argv)) for form in KNOWN_TO_FLY)
            assert order.index(cure.verdict) > order.index(one.verdict)


def test_the_narrowest_token_that_helps_comes_first() -> None:
    found = seen(macaroon(0, [42, 31], 4, [0, EARLIER]))
    exposure = next(one for one in found.items if one.item.id == "exposure")
    assert exposure.cures[0].argv == (
        *("fly", "tokens", "create", "deploy", "-a", "storefront", "-x", "24h"),
    )
