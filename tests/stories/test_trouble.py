"""Nothing works: what is the matter is told once, with the ways out; what was seen stays."""

from pathlib import Path

import httpx
import pytest

from flytui.demo.process import start as demo
from flytui.exit_code import ExitCode
from tests.stories.conftest import Start

pytestmark = pytest.mark.story


def test_the_first_launch_without_a_token(start: Start, tmp_path: Path) -> None:
    fly = tmp_path / "bin" / "fly"
    fly.parent.mkdir()
    fly.write_text("#!/bin/sh\necho you are not logged in\nexit 3\n")
    fly.chmod(0o755)
    with start("-a", "shop", columns=80, rows=24, PATH=f"{fly.parent}:/usr/bin:/bin") as terminal:
        terminal.sees("flytui has no token", "fly auth login", "flytui demo", "q quit")
        terminal.press("l")
        terminal.sees("you are not logged in", "exit code 3")
        terminal.press("enter")
        terminal.sees("flytui has no token")
        terminal.press("q")
        assert terminal.ends() == ExitCode.USAGE


def test_a_token_that_may_not_read_the_app(start: Start) -> None:
    with demo("storefront", faults=True) as server:
        httpx.post(f"{server.url}/_demo/faults", json={"kind": "403"}, trust_env=False)
        with start("-a", server.app, **server.environment) as terminal:
            terminal.sees("may not read storefront", "fly tokens create deploy -a storefront")
            httpx.delete(f"{server.url}/_demo/faults", trust_env=False)
            terminal.press("t")
            terminal.sees("seen 2", "updated")
            terminal.press("q")
            assert terminal.ends() == 0


def test_an_app_of_another_organisation_than_was_named(start: Start) -> None:
    with (
        demo("storefront") as server,
        start("-a", server.app, "-o", "other", **server.environment) as terminal,
    ):
        terminal.sees("belongs to the organisation acme, not to other", "Leave --org out")
        terminal.press("escape")
        terminal.sees("seen 2", "updated")
        terminal.press("q")
        terminal.ends()


def test_offline_the_last_state_stands_with_its_age(start: Start) -> None:
    with (
        demo("storefront") as server,
        start("-a", server.app, **server.environment) as terminal,
    ):
        terminal.sees("updated")
        terminal.press("q")
        assert terminal.ends() == 0
    with start("-a", server.app, **server.environment) as terminal:
        terminal.sees("As of", "Fly.io could not be reached", "was ✗", "seen 0/23", "ready 0/24")
        terminal.press("q")
        assert terminal.ends() == ExitCode.DONE
