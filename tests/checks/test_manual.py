import pytest

from flytui.checks.check import registry
from flytui.facts.fact import Optional, Unseen
from flytui.finding import Status
from flytui.remedy import Command, Link
from tests.checks.builders import app

UNSEEN = Unseen("The token may not read the app.", "Use another token.")
MANUAL = [
    "sso",
    "isolation",
    "least-privilege",
    "arcjet",
    "production-grade-postgres",
    "test-backups",
    "community",
    "email-support",
]


@pytest.mark.parametrize("item", MANUAL)
def test_an_item_for_a_person_needs_no_fact_and_says_where_to_look(item: str) -> None:
    check = registry()[item]
    assert all(isinstance(wanted, Optional) for wanted in check.wants)
    for seen in (app(), UNSEEN):
        found = check.decide(seen)
        assert found.status is Status.MANUAL
        assert any(isinstance(remedy, Link) for remedy in found.remedies)


@pytest.mark.parametrize("item", MANUAL)
def test_looking_changes_nothing_and_names_the_app_or_organisation(item: str) -> None:
    commands = [r for r in registry()[item].decide(app()).remedies if isinstance(r, Command)]
    for command in commands:
        assert not command.alters
        scoped = {"storefront", "acme", "{cluster}"} & set(command.argv)
        assert scoped or command.argv == ("fly", "postgres", "list")


@pytest.mark.parametrize("item", MANUAL)
def test_links_lead_to_the_organisation_where_it_is_known(item: str) -> None:
    links = [r.url for r in registry()[item].decide(app()).remedies if isinstance(r, Link)]
    assert all(url.startswith("https://") and " " not in url for url in links)
    assert not any("/dashboard//" in url for url in links)
