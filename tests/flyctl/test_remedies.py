"""Every command flytui offers in a scenario is one that fly takes and that ends well."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from flytui.demo.macaroons import unrestricted
from flytui.demo.scenario import Scenario, names
from flytui.finding import Finding
from flytui.remedy import Command, Remedy
from tests.flyctl.conftest import Fly
from tests.flyctl.serving import Served
from tests.simulated import found, simulated


def remedies(findings: Iterable[Finding]) -> list[Remedy]:
    return [
        remedy
        for finding in findings
        for holder in (finding.remedies, *(one.remedies for one in finding.resources))
        for remedy in holder
    ]


def words(scenario: Scenario) -> dict[str, str]:
    """What to type where a command leaves a blank without a suggestion."""
    said = {"region": "fra", "hostname": "www.example.com"}
    clusters = list(scenario.world.clusters)
    owner = scenario.world.organizations[scenario.organization]
    return said | {"organization": owner.slug} | ({"cluster": clusters[0]} if clusters else {})


def filled(command: Command, said: dict[str, str]) -> tuple[str, ...] | None:
    """The command's words; None where the scenario has nothing for one of its blanks."""
    values = {one.name: (*one.suggestions, said.get(one.name, ""))[0] for one in command.blanks}
    return command.fill(values).argv if all(values.values()) else None


async def offered(name: str, folder: Path) -> list[tuple[str, ...]]:
    """Each command flytui offers somewhere in the scenario, once."""
    simulation = simulated(name, folder)
    session = simulation.session()
    assessments = await found(session)
    await session.close()
    said = words(simulation.scenario)
    commands = [
        filled(remedy, said)
        for remedy in remedies(one.finding for one in assessments.values())
        if isinstance(remedy, Command)
    ]
    return list(dict.fromkeys(argv for argv in commands if argv))


@pytest.mark.parametrize("scenario", names())
async def test_every_command_offered_succeeds(
    fly: Fly, served: Served, scenario: str, tmp_path: Path
) -> None:
    # What is offered is for whoever may do it: a token of one app may not.
    fly.environment["FLY_ACCESS_TOKEN"] = unrestricted()
    for argv in await offered(scenario, tmp_path):
        # The world is the same each time, so that no command sees another's work.
        served.show(scenario, fly.faults)
        ended = fly.run(*argv[1:])
        assert ended.returncode == 0, f"{argv}: {ended.stderr}"


async def test_storefront_has_commands_to_offer(tmp_path: Path) -> None:
    families = {argv[1] for argv in await offered("storefront", tmp_path)}
    assert {"ips", "machine", "scale"} <= families
