"""What is marked as production: by a person, by the team, by the name."""

from dataclasses import replace
from pathlib import Path

import pytest

from flytui.checklist import load
from flytui.opening import open_session
from flytui.session import Session
from flytui.settings import Preferences, SettingsError, resolve
from flytui.settings.personal import Marked
from tests.simulated import simulated

MINE = Marked(apps=("shop",))


@pytest.mark.parametrize(
    ("declared", "marked", "named", "production"),
    [
        (None, Marked(), False, False),
        (None, Marked(), True, True),
        (True, Marked(), False, True),
        (False, Marked(), True, False),
        (False, MINE, False, True),
        (None, MINE, False, True),
        (None, Marked(organizations=("ac*",)), False, True),
    ],
)
def test_the_team_corrects_a_name_and_a_person_is_always_warned(
    declared: bool | None, marked: Marked, *, named: bool, production: bool
) -> None:
    said = Preferences(production=declared, marked=marked)
    assert said.marks("shop", "acme", named=named) is production


async def opened(folder: Path, mine: str = "", team: str = "") -> Session:
    """A session on the storefront, after it has seen whose app it is."""
    demo = simulated("storefront", folder)
    config = folder / "config.toml"
    config.write_text(mine)
    if team:
        path = folder / "checkout" / ".flytui" / "config.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(team)
    around = replace(demo.around(), config=config)
    session = open_session(resolve(demo.flags, demo.environ, folder), load(), around)
    async for _ in session.assess([]):
        pass
    return session


@pytest.mark.parametrize(
    ("mine", "team", "production"),
    [
        ("", "", False),
        ("[production]\napps = ['store*']\n", "", True),
        ("[production]\norganizations = ['acme']\n", "", True),
        ("[production]\norganizations = ['other']\n", "", False),
        ("", "[apps.storefront]\nproduction = true\n", True),
    ],
)
async def test_a_session_knows_whether_its_app_is_productions(
    tmp_path: Path, mine: str, team: str, *, production: bool
) -> None:
    session = await opened(tmp_path, mine, team)
    assert session.identity.organization == "acme"
    assert session.identity.production is production
    await session.close()


async def test_an_app_named_by_a_pattern_is_marked_before_anything_is_asked(
    tmp_path: Path,
) -> None:
    demo = simulated("storefront", tmp_path)
    (tmp_path / "config.toml").write_text("[production]\napps = ['storefront']\n")
    around = replace(demo.around(), config=tmp_path / "config.toml")
    session = open_session(resolve(demo.flags, demo.environ, tmp_path), load(), around)
    assert session.identity.production
    await session.close()


async def test_a_session_does_not_begin_on_a_file_it_cannot_use(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="line 1"):
        await opened(tmp_path, "them = 1\n")
