import pytest

from flytui.fly.auth import Service, Tokens
from flytui.fly.errors import Refused

BOTH = "fm2_a,fo1_b,fm1r_c"


@pytest.mark.parametrize(
    ("token", "service", "header"),
    [
        ("fo1_b", Service.GRAPHQL, "Bearer fo1_b"),
        ("fo1_b", Service.MACHINES, "Bearer fo1_b"),
        ("fo1_b", Service.UIEX, "Bearer fo1_b"),
        ("fo1_b", Service.PROMETHEUS, "Bearer fo1_b"),
        ("fm2_a", Service.GRAPHQL, "FlyV1 fm2_a"),
        ("fm2_a", Service.MACHINES, "FlyV1 fm2_a"),
        ("fm2_a", Service.UIEX, "Bearer fm2_a"),
        ("fm2_a", Service.PROMETHEUS, "FlyV1 fm2_a"),
        (BOTH, Service.GRAPHQL, "FlyV1 fm2_a,fm1r_c,fo1_b"),
        (BOTH, Service.MACHINES, "FlyV1 fm2_a,fm1r_c"),
        (BOTH, Service.UIEX, "Bearer fm2_a,fm1r_c,fo1_b"),
        (BOTH, Service.PROMETHEUS, "FlyV1 fm2_a,fm1r_c"),
        ("anOldPersonalAccessToken", Service.MACHINES, "Bearer anOldPersonalAccessToken"),
        ("FlyV1 fm2_a", Service.UIEX, "Bearer fm2_a"),
        ("Bearer FlyV1 fm2_a, fm2_b", Service.MACHINES, "FlyV1 fm2_a,fm2_b"),
        ("  bearer   fo1_b\n", Service.GRAPHQL, "Bearer fo1_b"),
        ("fm2_a,,fm2_b,", Service.GRAPHQL, "FlyV1 fm2_a,fm2_b"),
        ("fm3_a", Service.MACHINES, "Bearer fm3_a"),
    ],
)
def test_each_service_gets_the_tokens_it_accepts_under_the_scheme_it_wants(
    token: str, service: Service, header: str
) -> None:
    assert Tokens.parse(token).header(service) == header


@pytest.mark.parametrize("token", ["", "  ", ",", "Bearer ,"])
def test_without_a_token_nothing_is_sent(token: str) -> None:
    with pytest.raises(Refused, match="no token") as refused:
        Tokens.parse(token).header(Service.GRAPHQL)
    assert "fly auth login" in refused.value.cure


@pytest.mark.parametrize("token", ["fo1_a\nX-Evil: 1", "fo1_ä", "fo1_a b", "fo1_\x1b[2J"])
def test_a_token_no_header_can_carry_is_refused_without_naming_it(token: str) -> None:
    with pytest.raises(Refused) as refused:
        Tokens.parse(token, "FLY_API_TOKEN").header(Service.MACHINES)
    assert "FLY_API_TOKEN" in refused.value.cause
    assert "fo1_" not in refused.value.cause + refused.value.cure


def test_no_text_form_of_tokens_shows_them() -> None:
    tokens = Tokens.parse("fm2_hidden,fo1_hidden", "config.yml")
    shown = f"{tokens} {tokens!r} {[tokens]}"
    assert "hidden" not in shown
    assert "config.yml" in shown


def test_text_from_a_server_loses_these_tokens_and_all_that_look_like_one() -> None:
    tokens = Tokens.parse("anOldPersonalAccessToken")
    text = "no anOldPersonalAccessToken, fm2_lJPE+/= nor postgres://me:pw@db/x"
    assert tokens.redact(text) == "no [redacted], [redacted] nor postgres://[redacted]@db/x"
