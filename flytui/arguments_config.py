"""The words of `flytui config` and `flytui completion` on the command line."""

import argparse
from collections.abc import Callable
from typing import Any

Dress = Callable[[str], dict[str, Any]]

CONFIG = "show every setting and where it was said, or begin a file of your own"
COMPLETION = "print what completes flytui's words in your shell"
SHELLS = ("bash", "zsh", "fish")
_VERBS = {
    "show": "every setting in force, and the line or the variable that says so",
    "path": "where your own file is, or is to be",
    "init": "begin your own file, with everything in it explained; overwrites nothing",
    "schema": "the JSON Schema of a file, for editors that check while you type",
}
_ORDER = """\
A flag goes before the environment, that before the team's .flytui/config.toml, that before your
own file, and that before the default. A theme chosen on the screen is remembered, and holds until
your own file names another. FLYTUI_THEME and FLYTUI_EDITOR are read too; VISUAL and EDITOR, which
speak of all programs, come after your own file."""
_USE = """\
bash:  eval "$(flytui completion bash)"               in ~/.bashrc
zsh:   eval "$(flytui completion zsh)"                in ~/.zshrc, after compinit
fish:  flytui completion fish > ~/.config/fish/completions/flytui.fish"""


def add_config(parser: argparse.ArgumentParser, dress: Dress) -> None:
    verbs = parser.add_subparsers(
        dest="verb", title="commands", metavar="COMMAND", prog="flytui config", required=True
    )
    parser.epilog = _ORDER
    for verb, about in _VERBS.items():
        _add_verb(verbs.add_parser(verb, help=about, **dress(about)), verb)


def _add_verb(parser: argparse.ArgumentParser, verb: str) -> None:
    if verb in {"show", "path"}:
        parser.add_argument(
            "--format", choices=("text", "json"), default="text", help="text if not given"
        )
    if verb == "show":
        parser.add_argument("--keys", action="store_true", help="the usual keys as well")
        parser.epilog = _ORDER
    if verb in {"path", "schema"}:
        parser.add_argument(
            "which",
            choices=("personal", "team"),
            nargs="?",
            default="personal",
            help="your own file, or the team's; your own if not given",
        )


def add_completion(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help=", ".join(SHELLS))
    parser.epilog = _USE
