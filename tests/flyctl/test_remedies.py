"""Every command flytui offers in a scenario is one that fly takes and that ends well."""

from pathlib import Path

import pytest

from flytui.commands import behaviour, catalogue
from flytui.demo.macaroons import unrestricted
from flytui.demo.scenario import names
from tests.flyctl.conftest import Fly
from tests.flyctl.serving import Served
from tests.flyctl.walking import Offer, offers, with_elsewhere
from tests.stories.terminal import Terminal


def _ends_well(fly: Fly, offer: Offer) -> None:
    argv = offer.command.argv
    if offer.command.interactive and fly.real:
        _answered(fly, argv)
    else:
        ended = fly.run(*argv[1:], stdin=offer.stdin)
        assert ended.returncode == 0, f"{argv}: {ended.stderr}"


def _answered(fly: Fly, argv: tuple[str, ...]) -> None:
    """In a terminal, where somebody says yes."""
    with Terminal([str(fly.binary), *argv[1:]], fly.environment, cwd=str(fly.folder)) as terminal:
        terminal.sees("Do you agree?")
        terminal.press("y", "enter")
        assert terminal.ends() == 0, terminal.screen


@pytest.mark.parametrize("scenario", names())
async def test_every_command_offered_succeeds(
    fly: Fly, served: Served, scenario: str, tmp_path: Path
) -> None:
    # What is offered is for whoever may do it: a token of one app may not.
    fly.environment["FLY_ACCESS_TOKEN"] = unrestricted()
    for offer in await offers(scenario, tmp_path):
        # The world is the same each time, so that no command sees another's work.
        with_elsewhere(served.show(scenario, fly.faults))
        for one in (*offer.before, offer):
            _ends_well(fly, one)


async def test_storefront_has_commands_to_offer(tmp_path: Path) -> None:
    families = {offer.command.argv[1] for offer in await offers("storefront", tmp_path)}
    assert {"ips", "machine", "scale"} <= families


@pytest.mark.parametrize("scenario", names())
async def test_every_command_offered_says_all_there_is_to_know(
    scenario: str, tmp_path: Path
) -> None:
    """Whether fly asks, the way back, the price, what else changes, when to look."""
    for offer in await offers(scenario, tmp_path):
        command, line = offer.command, offer.command.line
        known = behaviour(command.argv)
        assert known is not None, f"commands.toml does not have {line}"
        assert not known.not_offered, line
        assert ("--yes" in command.argv) is known.yes, line
        asks = not command.fly_asks.startswith("nothing")
        assert asks is command.interactive, f"{line}: fly would stop and ask"
        assert not asks or known.asks, line
        assert not known.yes or "--yes" in command.fly_asks, line
        assert command.undo, line
        assert command.changes.endswith("."), line
        assert command.cost_per_month_usd is not None or command.cost_note, line
        assert command.why, line
        assert "{" not in offer.offered.title, f"a blank in the title of {line}"
        told = (command.title, command.changes, command.undo, command.target, command.line)
        assert not [words for words in told if "{" in words], line
        back = command.inverse
        assert back is None or behaviour(back.argv) is not None, line


def test_every_entry_of_the_catalogue_is_complete() -> None:
    described, left = catalogue()
    assert len(described) > 40
    assert all(one.undo and one.changes and one.visible for one in described)
    assert all(one.cost is not None or one.cost_note for one in described)
    assert all(one.price.url and one.price.read for one in described)
    assert all(one.not_offered.endswith(".") for one in left)
    every = [*(one.words for one in described), *(one.words for one in left)]
    assert len(every) == len(set(every))


def test_a_retired_command_is_not_offered_and_says_why() -> None:
    _, left = catalogue()
    sentry = next(one for one in left if one.words == ("ext", "sentry", "create"))
    assert "no longer" in sentry.not_offered
