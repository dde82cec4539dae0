import pytest

from flytui.checks.sso import sso
from flytui.facts.fact import Unseen
from flytui.finding import Finding, Status
from flytui.fly.claims import Claims
from flytui.fly.models import App
from tests.checks.builders import app
from tests.checks.people import (
    UNSEEN,
    claims,
    factor,
    member,
    organization,
    permission,
    third_party,
)

TEAM = (member("ada@example.com", admin=True), member("ben@example.com"))


def of_acme(*, personal: bool = False) -> App:
    return app().model_copy(update={"organization": organization(personal=personal)})


def look(
    session: Claims, *, third_parties: object = (), members: object = TEAM, factors: object = UNSEEN
) -> Finding:
    return sso(of_acme(), session, third_parties, members, factors)  # type: ignore[arg-type]  # each may be unseen


ROWS = [
    ("a Google identity", claims(permission("Google")), (), Status.OK),
    ("a GitHub identity", claims(permission("GitHub")), (), Status.OK),
    ("a plain Fly.io login", claims(permission("Fly.io")), (), Status.MANUAL),
    ("an agreement that is missing", claims(permission()), (), Status.MANUAL),
    ("no agreement wanted", claims(permission(asked=False)), (), Status.ACTION),
    ("a token made by hand", claims(permission(asked=False), person=False), (), Status.MANUAL),
    ("a token of one app", claims(permission(asked=False, apps=(1,))), (), Status.MANUAL),
    ("an OAuth token alone", claims(), (), Status.MANUAL),
    ("a required configuration", claims(), (third_party(),), Status.OK),
    ("one that may be left out", claims(), (third_party(level="OPT_IN"),), Status.MANUAL),
    ("one that confines nobody", claims(), (third_party(caveats="[]"),), Status.MANUAL),
    ("configurations unseen", claims(), UNSEEN, Status.MANUAL),
]


@pytest.mark.parametrize(
    ("session", "parties", "status"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS]
)
def test_single_sign_on_is_told_from_what_the_login_confirmed(
    session: Claims, parties: object, status: Status
) -> None:
    assert look(session, third_parties=parties).status is status


def test_a_macaroon_of_another_organisation_tells_nothing() -> None:
    elsewhere = of_acme().organization.model_copy(update={"internal_numeric_id": 8})
    other = of_acme().model_copy(update={"organization": elsewhere})
    assert sso(other, claims(permission("Google")), (), TEAM, ()).status is Status.MANUAL


@pytest.mark.parametrize(
    ("members", "status"),
    [
        (TEAM[:1], Status.NOT_APPLICABLE),
        (TEAM, Status.ACTION),
        (UNSEEN, Status.ACTION),
    ],
)
def test_somebody_alone_in_a_personal_organisation_needs_none(
    members: tuple[object, ...] | Unseen, status: Status
) -> None:
    session = claims(permission(asked=False))
    found = sso(of_acme(personal=True), session, (), members, ())  # type: ignore[arg-type]  # may be unseen
    assert found.status is status


def test_members_without_two_factors_stand_below_while_nothing_is_required() -> None:
    factors = (factor("ada@example.com"), factor("ben@example.com", on=False))
    rows = {r.id: r.status for r in look(claims(), factors=factors).resources}
    assert rows == {"ada@example.com": Status.OK, "ben@example.com": Status.ADVICE}
    confirmed = look(claims(permission("Google")), factors=factors)
    assert {r.status for r in confirmed.resources} == {Status.OK}


def test_a_factor_that_cannot_be_read_is_not_said_to_be_off() -> None:
    rows = look(claims(), factors=UNSEEN).resources
    assert all("not told" in row.summary for row in rows)
