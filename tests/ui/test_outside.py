"""The clipboard and the browser: the surest way first, and never a word that is not true."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from textual.app import App
from textual.widgets import Input, TextArea

from flytui.ui.clipboard import deaf, graphical, openers, programs
from flytui.ui.outside import Outside
from flytui.ui.screens.shown import ShownScreen
from tests.ui.driving import Driven, driving

TEXT = "fly ips release 203.0.113.7 -a storefront"


def everything(name: str) -> str | None:
    return f"/usr/bin/{name}"


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({}, "linux", []),
        ({"DISPLAY": ":0"}, "linux", ["xclip", "xsel"]),
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "linux", ["wl-copy", "xclip", "xsel"]),
        ({}, "darwin", ["pbcopy"]),
        ({"SSH_TTY": "/dev/pts/1", "DISPLAY": ":10"}, "linux", []),
        ({"SSH_CONNECTION": "a b", "TMUX": "s"}, "darwin", ["tmux"]),
        ({"DISPLAY": ":0", "TMUX": "s"}, "linux", ["xclip", "xsel", "tmux"]),
    ],
)
def test_programs_that_copy_are_those_of_the_screen_one_looks_at(
    environment: Mapping[str, str], platform: str, expected: list[str]
) -> None:
    ways = programs(environment, platform, everything)
    assert [way.argv[0] for way in ways] == expected
    assert programs(environment, platform, lambda name: None) == ()


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"TERM": "linux"}, "kind linux"),
        ({"TERM": "dumb"}, "kind dumb"),
        ({"TERM": "vt220"}, "kind vt220"),
        ({"TERM": "screen", "STY": "1.pts"}, "GNU Screen"),
        ({"TERM": "tmux-256color", "TMUX": "s"}, "tmux does not pass on"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, "macOS's Terminal"),
    ],
)
def test_a_terminal_without_a_clipboard_is_known(environment: Mapping[str, str], says: str) -> None:
    assert says in deaf(environment)


@pytest.mark.parametrize("terminal", ["xterm-256color", "xterm-kitty", "alacritty", ""])
def test_other_terminals_are_given_the_text(terminal: str) -> None:
    assert deaf({"TERM": terminal, "SSH_TTY": "/dev/pts/1"}) == ""


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "w"}, "linux", True),
        ({}, "darwin", True),
        ({"SSH_TTY": "x", "DISPLAY": ":10"}, "linux", False),
        ({"SSH_CONNECTION": "x"}, "darwin", False),
    ],
)
def test_a_browser_needs_a_window_of_its_own(
    environment: Mapping[str, str], platform: str, expected: bool
) -> None:
    assert graphical(environment, platform) is expected


def test_pages_are_opened_by_what_the_system_brings() -> None:
    assert openers("darwin", everything) == (("open",),)
    assert openers("linux", everything)[0] == ("xdg-open",)
    assert openers("linux", lambda name: None) == ()


def program(folder: Path, name: str, code: int = 0) -> None:
    """A program that notes what it is given, and ends with that code."""
    path = folder / name
    lines = [
        "#!/bin/sh",
        f'echo "$*" > {folder}/argv',
        f"env > {folder}/env",
        f"cat > {folder}/stdin",
        f"exit {code}",
    ]
    path.write_text("\n".join(lines))
    path.chmod(0o755)


def around(folder: Path, **more: str) -> dict[str, str]:
    return {
        "PATH": f"{folder}:/usr/bin:/bin",
        "FLY_API_TOKEN": "canary",
        "TERM": "xterm-256color",
        **more,
    }


async def copied(d: Driven, outside: Outside) -> None:
    outside.copy(d.main.app, TEXT)
    await d.app.workers.wait_for_complete()
    await d.settle()


def titles(app: App[None]) -> list[str]:
    return [n.title for n in app._notifications]


async def test_a_program_of_the_desktop_gets_the_text_and_no_token(tmp_path: Path) -> None:
    program(tmp_path, "wl-copy")
    async with driving() as d:
        await copied(d, Outside(around(tmp_path, WAYLAND_DISPLAY="w"), "linux"))
        assert titles(d.app) == ["Copied to the clipboard"]
        assert d.toasts == [TEXT]
    assert (tmp_path / "stdin").read_text() == TEXT
    assert "canary" not in (tmp_path / "env").read_text()


async def test_a_program_that_fails_is_followed_by_the_next_way(tmp_path: Path) -> None:
    program(tmp_path, "wl-copy", code=1)
    async with driving() as d:
        await copied(d, Outside(around(tmp_path, WAYLAND_DISPLAY="w"), "linux"))
        assert titles(d.app) == ["Sent to the terminal's clipboard, if it takes it"]
        assert d.app.clipboard == TEXT


@pytest.mark.parametrize("size", [(120, 36), (40, 10)])
async def test_where_no_way_leads_the_text_itself_is_shown(size: tuple[int, int]) -> None:
    async with driving(size=size) as d:
        await copied(d, Outside({"TERM": "linux"}, "linux"))
        d.on(ShownScreen)
        assert "Not copied." in d.screen()
        assert "storefront · acme   PRODUCTION" in d.screen()
        assert "203.0.113.7" in d.screen()
        await d.press("escape")
        assert d.app.screen is d.main
        assert d.toasts == []


async def test_a_page_is_opened_with_its_address_alone_and_no_token(tmp_path: Path) -> None:
    program(tmp_path, "xdg-open")
    async with driving() as d:
        outside = Outside(around(tmp_path, DISPLAY=":0"), "linux")
        outside.open(d.main.app, "https://fly.io/docs/")
        await d.app.workers.wait_for_complete()
        assert titles(d.app) == ["Opened in your browser"]
    assert (tmp_path / "argv").read_text() == "https://fly.io/docs/\n"
    assert "canary" not in (tmp_path / "env").read_text()


async def test_a_browser_that_cannot_be_opened_is_told_and_the_address_copied(
    tmp_path: Path,
) -> None:
    for name in ("xdg-open", "gio", "wslview"):
        program(tmp_path, name, code=3)
    async with driving() as d:
        outside = Outside(around(tmp_path, DISPLAY=":0") | {"PATH": str(tmp_path)}, "linux")
        outside.open(d.main.app, "https://fly.io/docs/")
        await d.app.workers.wait_for_complete()
        await d.app.workers.wait_for_complete()
        assert d.toasts == ["No browser could be opened.", "https://fly.io/docs/"]


@pytest.mark.parametrize("url", ["http://fly.io", "file:///etc/passwd", "javascript:alert(1)"])
async def test_only_https_addresses_are_opened(tmp_path: Path, url: str) -> None:
    program(tmp_path, "xdg-open")
    async with driving() as d:
        Outside(around(tmp_path, DISPLAY=":0"), "linux").open(d.main.app, url)
        await d.app.workers.wait_for_complete()
        assert d.toasts == [url]
    assert not (tmp_path / "argv").exists()


async def test_ctrl_c_in_a_dialog_copies_as_every_other_copy() -> None:
    async with driving() as d:
        await d.at("sso")
        await d.press("r", *"half a note")
        d.app.screen.query_one(TextArea).select_all()
        await d.press("ctrl+c")
        assert d.outside.copied == ["half a note"]
        await d.press("end", "ctrl+v")
        assert d.app.screen.query_one(TextArea).text == "half a note" * 2


async def test_what_is_typed_unseen_is_not_copied() -> None:
    async with driving() as d:
        field = Input("hunter2", password=True)
        await d.main.mount(field)
        field.focus()
        field.select_all()
        await d.press("ctrl+c")
        assert d.outside.copied == []
        assert d.app.clipboard == ""
        assert d.toasts == ["What is typed unseen is not copied."]
