"""The words of the command line that are about decisions and the checklist itself."""

import argparse
from collections.abc import Callable
from typing import Any

Dress = Callable[[str], dict[str, Any]]
AddApp = Callable[[argparse.ArgumentParser, str | None], None]

REVIEWS = "list, show, audit, share or remove the decisions on file"
CHECKLIST = "print the sections, items and texts, and the day they follow"
_VERBS = {
    "list": "what was decided, by whom and until when",
    "show": "one item's review in full, with those before it",
    "audit": "which reviews count, and by the exit code whether all do",
    "share": "move your reviews into .flytui in this checkout, for the team",
    "remove": "take an item's review off the file",
}
_AUDIT = """\
exit codes:
  0    Every review counts.
  1    A review is stale, expired, unused, invalid, against policy or lacks a second reviewer.
  2    The command line or the configuration is missing or wrong, or a file cannot be changed.
  3    With --live: nothing is amiss, but an item could not be looked at."""


def add_reviews(parser: argparse.ArgumentParser, dress: Dress, add_app: AddApp) -> None:
    """The verbs of `reviews`."""
    verbs = parser.add_subparsers(
        dest="verb", title="commands", metavar="COMMAND", prog="flytui reviews", required=True
    )
    for verb, about in _VERBS.items():
        _add_verb(verbs.add_parser(verb, help=about, **dress(about)), verb, add_app)


def _add_verb(parser: argparse.ArgumentParser, verb: str, add_app: AddApp) -> None:
    # Given before the word, they are not to be forgotten.
    add_app(parser, argparse.SUPPRESS)
    add_format(parser)
    if verb in {"show", "remove"}:
        parser.add_argument("item", metavar="ITEM", help="the item's id")
    if verb in {"list", "audit"}:
        parser.add_argument(
            "--live",
            action="store_true",
            help="look at the items too; only that tells what has changed",
        )
    if verb == "audit":
        parser.epilog = _AUDIT


def add_format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="text if not given"
    )
