"""Both keys that are told of open the palette."""

import pytest
from textual.command import CommandPalette

from tests.ui.driving import driving


@pytest.mark.parametrize("key", ["colon", "ctrl+p"])
async def test_the_palette_opens(key: str) -> None:
    async with driving() as driven:
        await driven.press(key)
        assert isinstance(driven.app.screen, CommandPalette)
