import pytest

from flytui.checks.support import email_support
from flytui.finding import Finding, Status
from flytui.remedy import Link
from tests.checks.builders import app
from tests.checks.people import UNSEEN, billing


def look(*given: object) -> Finding:
    return email_support(app(), *given)  # type: ignore[arg-type]  # may be unseen


@pytest.mark.parametrize(
    ("address", "status", "verdict"),
    [
        ("acme@support.fly.io", "CURRENT", Status.OK),
        (None, "CURRENT", Status.ADVICE),
        ("", "CURRENT", Status.ADVICE),
        ("acme@support.fly.io", "PAST_DUE", Status.ADVICE),
        ("acme@support.fly.io", "DELINQUENT", Status.ADVICE),
        ("acme@support.fly.io", "SOURCE_REQUIRED", Status.ADVICE),
        (None, "TRIAL_ACTIVE", Status.ADVICE),
        ("acme@support.fly.io", "TRIAL_ENDED", Status.ACTION),
        (None, "SUSPENDED", Status.ACTION),
        ("acme@support.fly.io", "A_WORD_OF_TOMORROW", Status.ADVICE),
    ],
)
def test_a_plan_and_an_account_in_order_are_well(
    address: str | None, status: str, verdict: Status
) -> None:
    assert look(billing(address, status)).status is verdict


def test_a_paid_plan_without_an_address_is_no_proof() -> None:
    """`paidPlan` is a flag of billing that is older than the support plans."""
    found = look(billing(None))
    assert found.status is Status.ADVICE


def test_where_it_cannot_be_read_a_person_looks() -> None:
    found = look(UNSEEN)
    assert found.status is Status.MANUAL
    assert any("dashboard/acme" in r.url for r in found.remedies if isinstance(r, Link))
