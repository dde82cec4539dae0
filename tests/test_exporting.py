"""A report from the screen: whole, private, and never over a file that is there."""

import json
from pathlib import Path

import pytest

from flytui.exporting import export
from flytui.outputs import SUFFIXES, proposed
from flytui.settings import SettingsError
from tests.simulated import Simulated, simulated


@pytest.fixture
def world(tmp_path: Path) -> Simulated:
    return simulated("storefront", tmp_path)


@pytest.mark.parametrize("form", SUFFIXES)
async def test_every_form_is_written_and_names_the_app(
    form: str, world: Simulated, tmp_path: Path
) -> None:
    session = world.session()
    async for _ in session.assess():
        pass
    written = export(session, form, tmp_path / proposed("storefront", form))
    assert "storefront" in written.read_text(encoding="utf-8")
    assert written.stat().st_mode & 0o077 == 0
    await session.close()


async def test_a_file_that_is_there_is_left_as_it_is(world: Simulated, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text("mine")
    session = world.session()
    with pytest.raises(SettingsError, match="not written over"):
        export(session, "json", file)
    with pytest.raises(SettingsError, match="cannot be written"):
        export(session, "json", tmp_path / "no folder" / "x.json")
    assert file.read_text() == "mine"
    assert json.loads(export(session, "json", tmp_path / "y.json").read_text())["items"] == []
    await session.close()
