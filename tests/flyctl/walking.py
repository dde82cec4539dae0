"""Every command that flytui offers in a scenario, with what has to be run before it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from flytui.assessment import Assessment
from flytui.demo.changes import organizations
from flytui.demo.scenario import Scenario
from flytui.finding import Finding
from flytui.remedy import Command, Remedy, Steps
from flytui.secret import Secret
from tests.simulated import found, simulated

SECRET = "https://canary-7f3a@errors.example.com/42"


ELSEWHERE = "elsewhere"


def with_elsewhere(scenario: Scenario) -> None:
    """One more organisation, for what is to be moved away."""
    world = scenario.world
    owner = world.organizations[scenario.organization].members[0].user
    organizations.create(world, owner, ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Offer:
    """One command of one item, filled in."""

    item: str
    offered: Command
    """With its blanks."""
    values: dict[str, str]
    before: tuple["Offer", ...] = ()
    """Steps that come first, in their order."""

    @property
    def command(self) -> Command:
        return self.offered.fill(self.values)

    @property
    def stdin(self) -> str:
        typed = self.command.typed
        return typed.text.reveal() if typed and isinstance(typed.text, Secret) else ""


def remedies(finding: Finding) -> Iterator[Remedy]:
    """Those of the finding and of its resources."""
    yield from finding.remedies
    for one in finding.resources:
        yield from one.remedies


def words() -> dict[str, str]:
    """What to type where a command leaves a blank without a suggestion."""
    return {
        "region": "fra",
        "hostname": "www.example.com",
        "organization": ELSEWHERE,
        "email": "new@example.com",
        "value": SECRET,
    }


def _offer(item: str, command: Command, said: dict[str, str]) -> Offer:
    values = {one.name: (*one.suggestions, said.get(one.name, ""))[0] for one in command.blanks}
    return Offer(item, command, values)


def _before(
    item: str, command: Command, several: Iterable[Steps], said: dict[str, str]
) -> tuple[Offer, ...]:
    """The commands among the steps ahead whose effect is not there yet."""
    for steps in several:
        number = steps.number(command)
        if number is not None:
            ahead = steps.steps[: number - 1]
            commands = [s.remedy for s in ahead if isinstance(s.remedy, Command) and not s.seen]
            return tuple(_offer(item, one, said) for one in commands)
    return ()


async def offers(name: str, folder: Path) -> list[Offer]:
    """Each command flytui offers somewhere in the scenario, once."""
    simulation = simulated(name, folder)
    session = simulation.session()
    assessments = await found(session)
    await session.close()
    return offers_of(assessments)


def offers_of(assessments: Mapping[str, Assessment]) -> list[Offer]:
    """The same of what was found already."""
    said = words()
    rows: dict[tuple[str, ...], Offer] = {}
    for item, assessment in assessments.items():
        finding = assessment.finding
        for remedy in remedies(finding):
            if isinstance(remedy, Command):
                offer = _offer(item, remedy, said)
                ahead = _before(item, remedy, finding.steps, said)
                row = Offer(item, remedy, offer.values, ahead)
                rows.setdefault((*row.command.argv, remedy.stdin), row)
    return list(rows.values())
