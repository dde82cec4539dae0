"""Where no app was named but an organisation was: its apps first, or that there are none to see."""

from pathlib import Path

from textual.widgets import Input, OptionList

from flytui.exit_code import ExitCode
from flytui.ui.screens.apps import AppsScreen
from flytui.ui.screens.main import MainScreen
from flytui.ui.screens.trouble import TroubleScreen
from tests.ui.test_travelling import travelling


async def test_without_a_name_the_list_begins_with_the_organisation_that_was_named(
    tmp_path: Path,
) -> None:
    async with travelling(tmp_path, named=False, organization="acme") as gone:
        await gone.until(lambda: gone.top(AppsScreen))
        assert gone.app.screen.query_one(Input).value == "acme"
        await gone.pilot.press("down", "enter")
        await gone.until(lambda: gone.top(MainScreen))


async def test_an_organisation_of_which_nothing_is_seen_is_told_with_the_apps_that_are(
    tmp_path: Path,
) -> None:
    async with travelling(tmp_path, named=False, organization="[/no] such") as gone:
        await gone.until(lambda: gone.top(TroubleScreen) and gone.app.screen.query(OptionList))
        trouble = gone.app.screen
        assert isinstance(trouble, TroubleScreen)
        assert "[/no] such" in trouble.trouble.headline
        assert "acme-edge" in [choice.app for choice in trouble.trouble.choices]
        assert gone.app.failure == ExitCode.USAGE
