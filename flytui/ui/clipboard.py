"""The ways from here to a clipboard and to a browser, the surest first; pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

PASSED_ON = frozenset(
    {
        *("PATH", "HOME", "LANG", "LC_ALL", "TMUX", "TMUX_PANE", "BROWSER"),
        *("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR"),
        *("XDG_CURRENT_DESKTOP", "XDG_DATA_DIRS", "DBUS_SESSION_BUS_ADDRESS"),
    }
)
"""Of the environment, all that such a program is given: a token is not among it."""

_DEAF = ("linux", "dumb", "vt", "ansi", "cons25")
"""How the names of terminals begin that know no clipboard."""

Find = Callable[[str], str | None]
"""Where a program is; None when there is none of that name."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program that takes the text on its standard input."""

    argv: tuple[str, ...]
    said: str
    """What is told when it ended well."""


def remote(environment: Mapping[str, str]) -> bool:
    """Whether the screen is another machine's: what stands on this one's is out of sight."""
    return bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"))


def graphical(environment: Mapping[str, str], platform: str) -> bool:
    """Whether a browser has a window of its own; a text browser would take the screen."""
    if remote(environment):
        return False
    shown = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    return platform in {"darwin", "win32"} or bool(shown)


def programs(environment: Mapping[str, str], platform: str, find: Find) -> tuple[Program, ...]:
    """Programs that copy, of those there are; over SSH a clipboard here would be the wrong one."""
    wanted: list[tuple[str, ...]] = []
    if not remote(environment):
        if platform == "darwin":
            wanted.append(("pbcopy",))
        if environment.get("WAYLAND_DISPLAY"):
            wanted.append(("wl-copy",))
        if environment.get("DISPLAY"):
            wanted.append(("xclip", "-selection", "clipboard"))
            wanted.append(("xsel", "--clipboard", "--input"))
    ways = [Program(argv, "Copied to the clipboard") for argv in wanted if find(argv[0])]
    if environment.get("TMUX") and find("tmux"):
        said = "Copied to tmux's buffer, and sent on to the terminal's clipboard"
        # tmux drops what a program inside it sends to the clipboard, unless told otherwise.
        ways.append(Program(("tmux", "load-buffer", "-w", "-"), said))
    return tuple(ways)


def deaf(environment: Mapping[str, str]) -> str:
    """Why the terminal takes nothing for its clipboard; empty when it may."""
    terminal = environment.get("TERM", "")
    if terminal.startswith(_DEAF):
        return f"A terminal of the kind {terminal} has no clipboard."
    if environment.get("STY"):
        return "GNU Screen does not pass on what is sent to the terminal's clipboard."
    if environment.get("TMUX"):
        return "tmux does not pass on what is sent to the terminal's clipboard."
    if environment.get("TERM_PROGRAM") == "Apple_Terminal":
        return "macOS's Terminal lets no program set the clipboard."
    return ""


def openers(platform: str, find: Find) -> tuple[tuple[str, ...], ...]:
    """Programs that open an address, of those there are."""
    wanted = {"darwin": [("open",)], "win32": []}.get(
        platform, [("xdg-open",), ("gio", "open"), ("wslview",)]
    )
    return tuple(argv for argv in wanted if find(argv[0]))
