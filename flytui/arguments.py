"""The words of the command line, and the help that explains them."""

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, NoReturn

from flytui import __version__
from flytui.arguments_config import COMPLETION, CONFIG, add_completion, add_config
from flytui.arguments_reviews import CHECKLIST, REVIEWS, add_format, add_reviews
from flytui.arguments_walk import WALK
from flytui.exit_code import ExitCode
from flytui.text import one_line, redact

_ABOUT = "Fly.io's Going to production checklist for your app: what is open, why, and what to do."
_CREDENTIALS = """\
The token comes from FLY_ACCESS_TOKEN, FLY_API_TOKEN or the login of fly, never from an option:
a command line can be read by others on the machine."""
_REHEARSED = """\
exit codes:
  0    It would run, and no item would get worse.
  1    It would fail, or an item would get worse.
  2    The command line or the configuration is missing or wrong, or the demo is not installed.
  3    Nothing could be rehearsed."""
_CHECK = "look once, print a report, and tell the outcome by the exit code"
_SEAL = "write a launch record, or tell what changed since one was written"
_EXPLAIN = "tell an item's rule, sources, thresholds and remedies; asks nobody"
_TOKEN = "tell what the token in force can see, item by item; asks nobody"  # noqa: S105 (no password)
_HISTORY = "tell what was run on the app from here, by whom and with what effect"
_REHEARSE = "run a remedy on a copy of the app in the simulator, and tell what it changes"
_DEMO = "try flytui on a simulated Fly.io; needs no account"

_NAMING = frozenset({"-a", "--app", "-o", "--org"})
"""The screen's options that take a word."""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments. Ends flytui with code 2, and a word on what is wrong, where it must."""
    return (parser() if _beyond_the_screen(argv) else _screen()).parse_args(argv)


def _beyond_the_screen(argv: Sequence[str]) -> bool:
    """Whether commands have a part in it; all of them together cost the first frame 5 ms."""
    named = {word for before, word in pairwise(["", *argv]) if before not in _NAMING}
    return any(word in {"-h", "--help"} or not word.startswith("-") for word in named)


def _screen() -> "_Parser":
    """What the screen alone knows."""
    root = _Parser(
        prog="flytui",
        usage="flytui [-a APP] [-o ORG] [--read-only] [--no-plugins]\n"
        "       flytui check|walk|seal|explain|token|reviews|history|rehearse|checklist [--help]\n"
        "       flytui config|completion|demo [--help]",
        description=_ABOUT,
        epilog=_CREDENTIALS,
        formatter_class=_Layout,
        allow_abbrev=False,
    )
    root.add_argument("--version", action="version", version=f"flytui {__version__}")
    _add_app(root, default=None)
    root.add_argument(
        "--read-only", action="store_true", help="offer no key that could change anything"
    )
    _add_plugins(root, default=True)
    root.set_defaults(command=None)
    return root


def parser() -> "_Parser":
    root = _screen()
    commands = root.add_subparsers(dest="command", title="commands", metavar="", prog="flytui")
    commands.add_parser("check", help=_CHECK, fill=_add_check, **_dress(_CHECK))
    commands.add_parser("walk", help=WALK, fill=_add_walk, **_dress(WALK))
    commands.add_parser("seal", help=_SEAL, fill=_add_seal, **_dress(_SEAL))
    commands.add_parser("explain", help=_EXPLAIN, fill=_add_explain, **_dress(_EXPLAIN))
    commands.add_parser("token", help=_TOKEN, fill=_add_token, **_dress(_TOKEN))
    reviews = partial(add_reviews, dress=_dress, add_app=_add_app)
    commands.add_parser("reviews", help=REVIEWS, fill=reviews, **_dress(REVIEWS))
    commands.add_parser("history", help=_HISTORY, fill=_add_history, **_dress(_HISTORY))
    commands.add_parser("rehearse", help=_REHEARSE, fill=_add_rehearse, **_dress(_REHEARSE))
    commands.add_parser("checklist", help=CHECKLIST, fill=add_format, **_dress(CHECKLIST))
    config = partial(add_config, dress=_dress)
    commands.add_parser("config", help=CONFIG, fill=config, **_dress(CONFIG))
    commands.add_parser("completion", help=COMPLETION, fill=add_completion, **_dress(COMPLETION))
    commands.add_parser("demo", help=_DEMO, fill=_add_demo, **_dress(_DEMO))
    return root


def _dress(about: str) -> dict[str, Any]:
    about = f"{about[0].upper()}{about[1:]}."
    return {"description": about, "formatter_class": _Layout, "allow_abbrev": False}


def _add_app(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument(
        "-a",
        "--app",
        metavar="APP",
        default=default,
        help="the app; else FLY_APP, else what fly.toml in this folder says",
    )
    parser.add_argument(
        "-o", "--org", metavar="ORG", default=default, help="the organisation the app belongs to"
    )


def _add_plugins(parser: argparse.ArgumentParser, default: bool | str) -> None:
    parser.add_argument(
        "--no-plugins",
        dest="plugins",
        action="store_false",
        default=default,
        help="leave out items and checks that other installed packages bring",
    )


def _add_check(parser: argparse.ArgumentParser) -> None:
    from flytui.arguments_check import add_check, codes  # noqa: PLC0415 (not for the screen)

    # Given before the word `check`, they are not to be forgotten.
    _add_app(parser, default=argparse.SUPPRESS)
    _add_plugins(parser, default=argparse.SUPPRESS)
    add_check(parser)
    parser.epilog = f"exit codes:\n{codes()}\n\n{_CREDENTIALS}"


def _add_walk(parser: argparse.ArgumentParser) -> None:
    from flytui.arguments_walk import CODES, add_walk  # noqa: PLC0415 (not for the screen)

    _add_app(parser, default=argparse.SUPPRESS)
    _add_plugins(parser, default=argparse.SUPPRESS)
    add_walk(parser)
    parser.epilog = f"{CODES}\n\n{_CREDENTIALS}"


def _add_seal(parser: argparse.ArgumentParser) -> None:
    from flytui.arguments_check import add_seal, seal_codes  # noqa: PLC0415 (not for the screen)

    _add_app(parser, default=argparse.SUPPRESS)
    _add_plugins(parser, default=argparse.SUPPRESS)
    add_seal(parser)
    parser.epilog = f"exit codes of --verify:\n{seal_codes()}\n\n{_CREDENTIALS}"


def _add_explain(parser: argparse.ArgumentParser) -> None:
    _add_plugins(parser, default=argparse.SUPPRESS)
    parser.add_argument("item", metavar="ITEM", nargs="?", help="its id; all items if not given")


def _add_token(parser: argparse.ArgumentParser) -> None:
    _add_app(parser, default=argparse.SUPPRESS)
    _add_plugins(parser, default=argparse.SUPPRESS)
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="text if not given"
    )
    parser.add_argument(
        "--live", action="store_true", help="ask Fly.io as well, whether it accepts the token"
    )
    parser.epilog = _CREDENTIALS


def _add_history(parser: argparse.ArgumentParser) -> None:
    _add_app(parser, default=argparse.SUPPRESS)
    parser.add_argument(
        "--format", choices=("text", "json", "sh"), default="text", help="text if not given"
    )


def _add_rehearse(parser: argparse.ArgumentParser) -> None:
    _add_app(parser, default=argparse.SUPPRESS)
    _add_plugins(parser, default=argparse.SUPPRESS)
    parser.add_argument(
        "--item", metavar="ID", default="", help="the item; lists every command if not given"
    )
    parser.add_argument(
        "--remedy",
        metavar="N",
        type=_count,
        default=1,
        help="which of its commands; 1 if not given",
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="text if not given"
    )
    parser.epilog = f"{_REHEARSED}\n\n{_CREDENTIALS}"


def _add_demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--scenario",
        metavar="NAME",
        default="storefront",
        help="storefront if not given; launch-ready, private-api, worker, never-deployed, "
        "scoped-token, busy-queue, overloaded, silent-region, old-login, own-postgres or "
        "one-office",
    )
    parser.add_argument(
        "--latency", metavar="MS", type=_count, default=0, help="milliseconds each answer takes"
    )
    parser.add_argument(
        "--machines", metavar="N", type=_count, default=0, help="give the app this many Machines"
    )
    parser.add_argument(
        "--apps", metavar="N", type=_count, default=0, help="give its organisation this many apps"
    )
    parser.add_argument(
        "--serve",
        action="store_true",
        help="no screen: print the environment that leads fly and flytui there, then wait",
    )
    parser.add_argument("--port", metavar="PORT", type=_port, default=0, help="with --serve")
    parser.add_argument(
        "--walk", action="store_true", help="no screen: go through the open items line by line"
    )


def _count(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 6:
        raise argparse.ArgumentTypeError(f"{one_line(text, 40)!r} is not a whole number")
    return int(text)


def _port(text: str) -> int:
    if (port := _count(text)) > 65_535:
        raise argparse.ArgumentTypeError(f"{port} is not a port")
    return port


class _Layout(argparse.RawDescriptionHelpFormatter):
    """Writes options the same way on every Python, `-a, --app APP`; commands in a list."""

    def _format_action(self, action: argparse.Action) -> str:
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 (it has no public name)
            # The commands alone, without an empty line for the word they stand for.
            return "".join(map(self._format_action, action._get_subactions()))  # noqa: SLF001 (as above)
        return super()._format_action(action)

    def _format_action_invocation(self, action: argparse.Action) -> str:
        if not action.option_strings:
            return super()._format_action_invocation(action)
        value = "" if action.nargs == 0 else f" {self._format_args(action, action.dest.upper())}"
        return ", ".join(action.option_strings) + value


class _Parser(argparse.ArgumentParser):
    """Repeats no token and no control character in its complaints.

    A command's own arguments are added once it is the one that was given: the screen needs none.
    """

    def __init__(
        self, *, fill: Callable[[argparse.ArgumentParser], None] | None = None, **dress: Any
    ) -> None:
        super().__init__(**dress)
        self._fill = fill

    def parse_known_args(self, *args: Any, **named: Any) -> Any:
        self.filled()
        return super().parse_known_args(*args, **named)

    def filled(self) -> list[argparse.Action]:
        """Its arguments, those of a command added now if they are not there yet."""
        if (fill := self._fill) is not None:
            self._fill = None
            fill(self)
        return self._actions

    def error(self, message: str) -> NoReturn:
        words = one_line(redact(_no_command(message))).rstrip(".")
        end = "" if words.endswith("?") else "."
        self.exit(ExitCode.USAGE, f"{self.prog}: {words}{end} See {self.prog} --help.\n")


def _no_command(message: str) -> str:
    """Complaint of argparse about a command that does not exist, in words of ours."""
    before, _, rest = message.partition("argument : invalid choice: ")
    if before or not rest:
        return message
    from difflib import get_close_matches  # noqa: PLC0415 (only where something is wrong)

    given, _, listed = rest.partition(" (choose from ")
    commands = [word.strip("'") for word in listed.rstrip(")").split(", ")]
    near = get_close_matches(given.strip("'"), commands, 1)
    meant = f"Did you mean {near[0]}?" if near else f"There are {', '.join(commands)}."
    return f"there is no command {given}. {meant}"
