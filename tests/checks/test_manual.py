"""What no API and no checkout tells is left to a person, with where to look."""

import pytest

from flytui.checks.check import registry
from flytui.facts.fact import Unseen
from flytui.finding import Finding, Status
from flytui.fly.models import HostIssue
from flytui.remedy import Link
from tests.checks.builders import ago, app

UNSEEN = Unseen("The token may not read the app.", "Use another token.")


def issue(message: str, *, resolved: bool = False) -> HostIssue:
    return HostIssue(
        internal_id="i1",
        message=message,
        created_at=ago(hours=2),
        resolved_at=ago(hours=1) if resolved else None,
    )


def community(*facts: object) -> Finding:
    return registry()["community"].decide(*facts)


def test_the_forum_is_the_one_item_that_needs_no_fact() -> None:
    assert [item for item, check in registry().items() if check.manual] == ["community"]


@pytest.mark.parametrize("seen", [(app(), ()), (UNSEEN, UNSEEN)])
def test_the_forum_is_for_a_person_and_says_where_it_is(seen: tuple[object, ...]) -> None:
    found = community(*seen)
    assert found.status is Status.MANUAL
    links = [remedy.url for remedy in found.remedies if isinstance(remedy, Link)]
    assert links == ["https://community.fly.io", "https://status.flyio.net"]


def test_trouble_on_the_apps_hosts_is_shown_and_leaves_a_review_alone() -> None:
    issues = (issue("Host 7c1e restarts."), issue("It is over.", resolved=True))
    shown = [each for each in community(app(), issues).evidence if each.label == "Host issue"]
    assert [each.value for each in shown] == ["Host 7c1e restarts."]
    assert all(each.moves for each in shown)
