"""An edit is made in the app's own fly.toml, checked by fly, and seen by the checks at once."""

from pathlib import Path

import pytest

from flytui.demo.stand_in import install
from flytui.editing import Refused
from flytui.edits.operations import Put, Table
from flytui.events import Assessed, Declined, RunStep
from flytui.finding import Status
from flytui.remedy import Edit
from flytui.runner import Ended, Started
from flytui.session import Session
from tests.simulated import Simulated, found, simulated

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
