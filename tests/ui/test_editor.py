"""A note in an editor of one's own: what comes back, what it is given, and what stays."""

import asyncio
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.widgets import Static, TextArea

from flytui.settings.personal import Personal
from flytui.ui.app import FlytuiApp
from flytui.ui.editor import LONGEST, environment
from flytui.ui.screens.note import NoteScreen
from tests.ui.driving import Driven, driving

TOKEN = "fm2_" + "a" * 40


@pytest.fixture(autouse=True)
def handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that can be handed over: that of the tests cannot."""

    @contextmanager
    def suspend(self: FlytuiApp) -> Iterator[None]:
        yield

    monkeypatch.setattr(FlytuiApp, "suspend", suspend)
    monkeypatch.setattr("flytui.ui.errand._read", lambda question: asyncio.sleep(0))


def program(folder: Path, body: str) -> str:
    path = folder / "my editor"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return f"'{path}' -w"


async def pressed(d: Driven) -> str:
    """The note after the editor's key."""
    await d.at("exposure")
    await d.press("x", *"typed")
    await d.press("ctrl+o")
    if busy := [worker for worker in d.app.workers if worker.group == "editor"]:
        await d.app.workers.wait_for_complete(busy)
    await d.settle()
    return d.on(NoteScreen).query_one(TextArea).text


async def test_the_note_is_what_the_editor_left(tmp_path: Path) -> None:
    editor = program(tmp_path, 'printf "%s more\\nand \\033[2Jmore\\n" "$(cat "$2")" > "$2"')
    async with driving(preferences=Personal(editor=editor)) as d:
        assert await pressed(d) == "typed more\nand more"
        await d.press("escape", "x")
        assert d.on(NoteScreen).query_one(TextArea).text == "typed more\nand more"


async def test_the_file_is_its_owners_alone_and_goes_afterwards(tmp_path: Path) -> None:
    told = tmp_path / "told"
    editor = program(tmp_path, f'stat -c %a "$2" "$(dirname "$2")" > {told}; echo "$2" >> {told}')
    async with driving(preferences=Personal(editor=editor)) as d:
        await pressed(d)
    file, folder, path = told.read_text().split()
    assert (file, folder) == ("600", "700")
    assert not Path(path).parent.exists()


async def test_the_editor_is_given_no_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "told"
    for name in ("FLY_API_TOKEN", "FLY_ACCESS_TOKEN", "MY_TOKEN"):
        monkeypatch.setenv(name, TOKEN)
    async with driving(preferences=Personal(editor=program(tmp_path, f"env > {told}"))) as d:
        await pressed(d)
    assert "PATH=" in told.read_text()
    assert TOKEN not in told.read_text()


def test_what_speaks_of_fly_or_holds_a_token_is_left_out() -> None:
    given = {"TERM": "xterm", "FLY_ORG": "acme", "OTHER": f"Bearer {TOKEN}", "EDITOR": "vi"}
    assert environment(given) == {"TERM": "xterm", "EDITOR": "vi"}


def complaint(d: Driven) -> str:
    return str(d.on(NoteScreen).query_one(".error", Static).content)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("exit 3", "ended with exit code 3"),
        (': > "$2"', "left nothing"),
        ('rm "$2"', "cannot be read"),
        ('printf "\\377" > "$2"', "cannot be read"),
        (f'head -c {LONGEST + 1} /dev/zero | tr "\\0" a > "$2"', "longer than"),
    ],
)
async def test_what_was_typed_stays_when_the_editor_fails(
    tmp_path: Path, body: str, words: str
) -> None:
    async with driving(preferences=Personal(editor=program(tmp_path, body))) as d:
        assert await pressed(d) == "typed"
        assert words in complaint(d)


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("", "No editor is known"),
        ("no-such-editor -w", "There is no no-such-editor"),
        ("vi 'half", "is not a command line"),
    ],
)
async def test_without_an_editor_what_was_typed_stays(editor: str, words: str) -> None:
    async with driving(preferences=Personal(editor=editor)) as d:
        assert await pressed(d) == "typed"
        assert words in complaint(d)


async def test_a_program_that_cannot_be_started_is_told_once_the_screen_is_back(
    tmp_path: Path,
) -> None:
    path = tmp_path / "editor"
    path.write_text("#!/no/such/interpreter\n")
    path.chmod(stat.S_IRWXU)
    async with driving(preferences=Personal(editor=os.fspath(path))) as d:
        assert await pressed(d) == "typed"
        assert "cannot be started" in complaint(d)
