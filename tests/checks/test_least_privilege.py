from typing import Any

import pytest

from flytui.checks.least_privilege import least_privilege
from flytui.finding import Finding, Status
from flytui.fly.models import LimitedAccessToken
from flytui.remedy import Command
from tests.checks.builders import NOW, app, preferences
from tests.checks.people import UNSEEN, member, neighbour, personal_token, token

TEAM = (member("ada@example.com", admin=True), member("ben@example.com"))
ONE, TWO = (neighbour("storefront"),), (neighbour("storefront"), neighbour("edge"))


def look(*of_app: LimitedAccessToken, **more: Any) -> Finding:
    return least_privilege(
        app(),
        more.get("of_app", of_app),
        more.get("of_organization", ()),
        more.get("personal", ()),
        more.get("members", TEAM),
        more.get("apps", ONE),
        NOW,
        preferences(),
    )


@pytest.mark.parametrize(
    ("days", "status"),
    [
        (7300, Status.ACTION),
        (1827, Status.ACTION),
        (1825, Status.ADVICE),
        (366, Status.ADVICE),
        (365, Status.OK),
        (91, Status.OK),
        (3, Status.OK),
        (-1, Status.OK),
    ],
)
def test_a_token_should_end_soon(days: float, status: Status) -> None:
    assert look(token(days=days)).status is status


def test_a_token_of_somebody_who_left_is_revoked() -> None:
    found = look(token(by="drew@example.com"))
    assert found.status is Status.ACTION
    assert "drew@example.com" in found.summary
    commands = [r.argv for r in found.remedies if isinstance(r, Command)]
    assert ("fly", "tokens", "revoke", "id-ci") in commands


def test_tokens_that_are_over_do_not_count() -> None:
    assert look(token(days=7300, revoked=True), token(days=-3, by="gone@example.com")).status is (
        Status.OK
    )


def test_tokens_that_fly_makes_for_itself_do_not_count() -> None:
    found = look(of_organization=(token("flyctl", by="gone@example.com", days=9999),))
    assert found.status is Status.OK


@pytest.mark.parametrize(
    ("name", "apps", "status"),
    [
        ("deploys", TWO, Status.ADVICE),
        ("deploys", ONE, Status.OK),
        ("grafana (read only)", TWO, Status.OK),
        ("log reader", TWO, Status.OK),
        ("spread-sheets, already", TWO, Status.ADVICE),
        ("Read-only org token", TWO, Status.OK),
        ("deploys", UNSEEN, Status.UNKNOWN),
    ],
)
def test_a_token_of_the_organisation_reaches_all_its_apps(
    name: str, apps: object, status: Status
) -> None:
    assert look(of_organization=(token(name),), apps=apps).status is status


@pytest.mark.parametrize(
    ("personal", "status"),
    [((personal_token(),), Status.ADVICE), ((), Status.OK), (None, Status.MANUAL)],
)
def test_a_personal_token_is_worth_replacing(personal: object, status: Status) -> None:
    assert look(personal=personal).status is status


@pytest.mark.parametrize(
    ("admins", "members", "status"),
    [(3, 3, Status.ADVICE), (3, 6, Status.OK), (2, 2, Status.OK), (4, 7, Status.ADVICE)],
)
def test_the_role_of_admin_is_for_few(admins: int, members: int, status: Status) -> None:
    team = tuple(member(f"m{n}@example.com", admin=n < admins) for n in range(members))
    assert look(members=team).status is status


@pytest.mark.parametrize("hidden", ["of_app", "of_organization", "personal", "members"])
def test_what_is_not_seen_is_never_well(hidden: str) -> None:
    assert look(**{hidden: UNSEEN}).status is Status.UNKNOWN


def test_no_token_is_named_by_its_value() -> None:
    """The model has no field for one."""
    assert not {"token", "token_header"} & set(LimitedAccessToken.model_fields)


def test_revoking_cannot_be_undone_and_fly_does_not_ask() -> None:
    (revoke,) = [
        r for r in look(token(days=7300)).remedies if isinstance(r, Command) and "revoke" in r.argv
    ]
    assert not revoke.reversible
    assert "--yes" not in revoke.argv
    assert revoke.fly_asks.startswith("nothing")


def test_a_new_token_is_never_kept() -> None:
    made = [
        r for r in look(token(days=7300)).remedies if isinstance(r, Command) and "create" in r.argv
    ]
    assert made
    assert all(command.prints_secret and "-x" in command.argv for command in made)
