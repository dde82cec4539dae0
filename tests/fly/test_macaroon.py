from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flytui.fly.auth import Tokens
from flytui.fly.macaroon import decode
from tests.fly.wire import NOW, ending, macaroon

SIMPLE = (
    "fm2_lJPECmZseXR1aS1zaW3EEAABAgMEBQYHCAkKCwwNDg/CtWh0dHBzOi8vYXBpLmZseS5pby92MZDEIAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)
AUTH = "https://api.fly.io/aaa/v1"


def test_a_macaroon_without_caveats_permits_and_never_ends() -> None:
    found = decode(SIMPLE)
    assert found is not None
    assert (found.permission, found.expires, found.apps) == (True, None, ())
    assert found.kid == b"flytui-sim"


def test_the_earliest_end_counts_also_inside_a_condition() -> None:
    late, early = 2_000_000_000, 1_800_000_000
    found = decode(macaroon(4, [0, late], 13, [[4, [0, early]], 1]))
    assert found is not None
    assert found.expires == datetime.fromtimestamp(early, UTC)


def test_organisations_and_apps_it_is_confined_to_are_told() -> None:
    found = decode(macaroon(0, [42, 31], 13, [[3, [{7: 31}]], 0]))
    assert found is not None
    assert (found.organizations, found.apps) == ((42,), (7,))


def test_a_third_party_has_agreed_when_a_discharge_bears_its_ticket() -> None:
    permission = macaroon(11, [AUTH, b"verifier", b"ticket"])
    discharge = macaroon(location=AUTH, kid=b"ticket")
    assert Tokens.parse(permission).undischarged == (AUTH,)
    assert Tokens.parse(f"{permission},{discharge}").undischarged == ()


@pytest.mark.parametrize(
    "token",
    [
        "fm2_",
        "fm2_garbage",
        "fm2_!!!!",
        "fm2_" + "gA==",
        macaroon(4, [0, 10**30 % 2**63]),
        macaroon(4, [0]),
        macaroon(4, "x"),
        macaroon(0, []),
        macaroon(3),
        macaroon(13, None),
        macaroon(11, [1]),
        "fo1_x",
    ],
)
def test_what_cannot_be_read_is_unknown(token: str) -> None:
    assert decode(token) is None
    assert not Tokens.parse(token).stale(NOW)


@settings(deadline=None, max_examples=60, database=None)
@given(st.text())
def test_no_text_breaks_the_decoder(text: str) -> None:
    decode("fm2_" + text)


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.binary() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.integers(0, 9), inner),
    max_leaves=12,
)


@settings(deadline=None, max_examples=60, database=None)
@given(st.lists(_ANY | st.sampled_from([0, 3, 4, 11, 13])))
def test_no_caveat_breaks_the_decoder(caveats: list[object]) -> None:
    decode(macaroon(*caveats))


def test_an_end_within_a_minute_makes_tokens_stale() -> None:
    soon, later = NOW.replace(second=59), NOW.replace(minute=5)
    assert Tokens.parse(ending(soon)).stale(NOW)
    assert not Tokens.parse(ending(later)).stale(NOW)
    assert Tokens.parse(f"{ending(later)},{ending(soon)}").stale(NOW)
