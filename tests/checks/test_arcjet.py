from typing import Any

import pytest

from flytui.checks.arcjet import arcjet
from flytui.finding import Finding, Status
from flytui.fly.models import AddOn
from flytui.remedy import Command
from tests.checks.builders import app, checkout, machine, manifest, preferences, secret, service
from tests.checks.people import UNSEEN

WEB = (machine(services=(service(),)),)
JAVASCRIPT = checkout(manifest("express"))
KEY = (secret("ARCJET_KEY"),)


def site(status: str = "ready", error: str | None = None) -> AddOn:
    return AddOn(id="a1", name="shop-arcjet", status=status, error_message=error)


def look(**more: Any) -> Finding:
    """A JavaScript app that serves the web and has no key, unless something else is said."""
    return arcjet(
        app(),
        more.get("machines", WEB),
        more.get("sites", ()),
        more.get("secrets", ()),
        more.get("checkout", JAVASCRIPT),
        preferences(private=more.get("private")),
    )


ROWS = [
    ("a key", {"secrets": KEY}, Status.OK),
    ("a key and a site", {"secrets": KEY, "sites": (site(),)}, Status.OK),
    ("a site in trouble", {"secrets": KEY, "sites": (site("error"),)}, Status.ADVICE),
    ("a site without a key", {"sites": (site(),)}, Status.ADVICE),
    ("nothing", {}, Status.ADVICE),
    (
        "a key in clear",
        {"machines": (machine(services=(service(),), env={"ARCJET_KEY": "k"}),)},
        Status.ADVICE,
    ),
    (
        "Python",
        {"checkout": checkout(manifest("flask", path="requirements.txt", language="python"))},
        Status.ADVICE,
    ),
    (
        "another language",
        {"checkout": checkout(manifest("rails", path="Gemfile", language="ruby"))},
        Status.NOT_APPLICABLE,
    ),
    ("no language known", {"checkout": checkout()}, Status.MANUAL),
    ("no checkout", {"checkout": UNSEEN}, Status.MANUAL),
    ("declared private", {"private": True}, Status.NOT_APPLICABLE),
    ("no services", {"machines": (machine(),)}, Status.NOT_APPLICABLE),
    (
        "a host that is silent",
        {"machines": (machine(unreadable=True, host_status="unreachable"),)},
        Status.UNKNOWN,
    ),
    ("secrets hidden", {"secrets": UNSEEN}, Status.UNKNOWN),
    ("sites hidden", {"sites": UNSEEN, "secrets": KEY}, Status.UNKNOWN),
]


@pytest.mark.parametrize(("more", "status"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_something_guards_the_app_or_somebody_says_what_does(
    more: dict[str, Any], status: Status
) -> None:
    assert look(**more).status is status


def test_what_went_wrong_with_a_site_is_said() -> None:
    assert "No quota left." in look(sites=(site("error", "No quota left."),)).summary


def test_setting_it_up_prints_the_key_and_restarts_the_machines() -> None:
    (create,) = [r for r in look().remedies if isinstance(r, Command)]
    assert create.prints_secret
    assert "restart" in create.changes
