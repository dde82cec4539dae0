"""What a token says about itself, decoded here and without anything secret."""

from datetime import UTC, datetime

from flytui.demo.macaroons import app_token, organization_token, session_token, unrestricted
from flytui.fly.auth import Tokens
from flytui.fly.claims import SIGN_ON, claims

ENDS = datetime(2030, 1, 1, tzinfo=UTC)


def test_a_login_tells_whose_account_was_confirmed() -> None:
    bundle = f"{session_token(7, ENDS, 'Google')},fo1_x"
    found = claims(Tokens.parse(bundle))
    assert found.person
    permission = found.of(7)
    assert permission is not None
    assert [(a.location, a.given, a.identities) for a in permission.agreements] == [
        (SIGN_ON, True, ("Google",))
    ]


def test_an_agreement_that_is_missing_is_told_as_missing() -> None:
    permission, _, _agreement = session_token(7, ENDS, "GitHub").partition(",")
    found = claims(Tokens.parse(permission)).of(7)
    assert found is not None
    assert [(a.given, a.identities) for a in found.agreements] == [(False, ())]


def test_an_agreement_to_another_demand_does_not_count() -> None:
    one, _, _ = session_token(7, ENDS, "Google").partition(",")
    _, _, other = session_token(8, ENDS, "Google").partition(",")
    found = claims(Tokens.parse(f"{one},{other}")).of(7)
    assert found is not None
    assert not found.agreements[0].given


def test_a_login_without_a_requirement_asks_nobody() -> None:
    found = claims(Tokens.parse(session_token(7, ENDS, None))).of(7)
    assert found is not None
    assert found.agreements == ()


def test_what_a_token_is_confined_to_is_told() -> None:
    of_app = claims(Tokens.parse(app_token(b"a" * 16, 7, 42, ENDS)))
    assert of_app.of_apps
    assert of_app.of(7) is None
    reading = claims(Tokens.parse(organization_token(b"o" * 16, 7, ENDS, read_only=True)))
    assert not reading.everywhere
    assert [p.read_only for p in reading.permissions] == [True]
    assert claims(Tokens.parse(unrestricted())).everywhere
    assert claims(Tokens.parse("fo1_x")).everywhere


def test_an_old_token_has_no_macaroon_and_one_that_cannot_be_read_has() -> None:
    assert not claims(Tokens.parse("fo1_x")).macaroons
    unread = claims(Tokens.parse("fm2_notbase64!"))
    assert unread.macaroons
    assert not unread.everywhere


def test_claims_hold_no_secret() -> None:
    token = session_token(7, ENDS, "Google")
    assert not [part for part in token.split(",") if part in repr(claims(Tokens.parse(token)))]
