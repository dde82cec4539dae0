"""An edit is made in the app's own fly.toml, checked by fly, and seen by the checks at once."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from flytui.applying import validation
from flytui.demo.scenario import names
from flytui.demo.stand_in import install
from flytui.editing import Refused, write
from flytui.edits.operations import Put, Table
from flytui.events import Assessed, Declined, RunStep
from flytui.finding import Status
from flytui.remedy import Edit
from flytui.runner import Ended, Started
from flytui.session import Session
from tests.simulated import Simulated, found, simulated

MISSING = re.compile(r"No fly.toml of|There is no .*fly.toml here|says so already")
DECLARE = Edit(
    ".flytui/config.toml",
    "Declare it public",
    "w",
    "s",
    operations=(Put(Table(("apps", "storefront")), ("private",), False),),
    creates=True,
)
SWAP = Edit("fly.toml", "Swap", "w", "s", operations=(Put(Table(), ("swap_size_mb",), 256),))


@pytest.fixture
def world(tmp_path: Path) -> Simulated:
    return simulated("storefront", tmp_path)


async def steps(session: Session, edit: Edit) -> list[RunStep]:
    return [step async for step in session.apply(session.edit(edit))]


async def test_what_was_declared_is_in_force_at_once(world: Simulated) -> None:
    session = world.session()
    before = await found(session)
    seen = [s.assessment for s in await steps(session, DECLARE) if isinstance(s, Assessed)]
    after = next(a for a in seen if a.item.id == "exposure")
    assert before["exposure"].finding != after.finding
    assert any(e.value == "public" for e in after.finding.evidence)
    await session.close()


async def test_a_new_look_sees_what_was_written_by_hand(world: Simulated) -> None:
    session = world.session()
    before = await found(session)
    assert before["deploy-with-github-actions"].finding.status is Status.OK
    for file in (world.folder / "checkout" / ".github" / "workflows").iterdir():
        file.unlink()
    async for _ in session.refresh():
        pass
    after = session.assessments["deploy-with-github-actions"]
    assert after.finding.status is not Status.OK
    await session.close()


async def test_fly_checks_the_written_file(world: Simulated) -> None:
    (world.folder / "bin").mkdir()
    install(world.folder / "bin")
    session = world.session()
    happened = await steps(session, SWAP)
    started = next(s for s in happened if isinstance(s, Started))
    assert started.argv[:3] == ("fly", "config", "validate")
    assert any(isinstance(s, Ended) for s in happened)
    assert "swap_size_mb = 256" in (world.folder / "checkout" / "fly.toml").read_text()
    await session.close()


async def test_a_file_that_changed_is_not_written(world: Simulated) -> None:
    session = world.session()
    plan = session.edit(SWAP)
    file = world.folder / "checkout" / "fly.toml"
    file.write_text("app = 'storefront'\n")
    happened = [step async for step in session.apply(plan)]
    assert [type(step) for step in happened] == [Declined]
    assert file.read_text() == "app = 'storefront'\n"
    await session.close()


async def test_the_file_of_another_app_is_not_edited(world: Simulated) -> None:
    (world.folder / "checkout" / "fly.toml").write_text("app = 'other'\n")
    session = world.session()
    with pytest.raises(Refused, match="describes other"):
        session.edit(SWAP)
    await session.close()


async def test_the_file_of_a_neighbour_is_found_and_not_checked_as_this_app(
    world: Simulated,
) -> None:
    folder = world.folder / "checkout" / "infra"
    folder.mkdir()
    (folder / "fly.toml").write_text("app = 'logs'\n")
    session = world.session()
    plan = session.edit(replace(SWAP, path="logs/fly.toml"))
    assert plan.shown == "infra/fly.toml"
    assert validation("storefront", plan) is None
    await session.close()


@pytest.mark.parametrize("name", names())
async def test_every_edit_offered_can_be_made_once_or_says_why_not(
    name: str, tmp_path: Path
) -> None:
    session = simulated(name, tmp_path).session()
    refusals = []
    for edit in await offered_edits(session):
        try:
            plan = session.edit(edit)
        except Refused as refused:
            refusals.append(f"{edit.title}: {refused}")
            continue
        assert plan.difference
        write(plan)
        with pytest.raises(Refused, match=r"already|not overwritten"):
            session.edit(edit)
    assert [words for words in refusals if not MISSING.search(words)] == []
    await session.close()


async def offered_edits(session: Session) -> set[Edit]:
    """Those that flytui can make."""
    findings = [known.finding for known in (await found(session)).values()]
    rows = [row.remedies for finding in findings for row in finding.resources]
    every = [r for several in (*rows, *(f.remedies for f in findings)) for r in several]
    return {r for r in every if isinstance(r, Edit) and (r.operations or r.creates)}
