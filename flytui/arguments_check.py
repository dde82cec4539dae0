"""The words of `flytui check` and `flytui seal` on the command line."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flytui.exit_code import ExitCode
from flytui.share import Share
from flytui.text import one_line

FORMS = ("text", "json", "markdown", "junit", "sarif", "html", "github")
FAIL_ON = ("action", "advice", "unknown")
_CODES = {
    ExitCode.DONE: "Everything is as it was sealed.",
    ExitCode.ACTION: "Something changed since it was sealed.",
    ExitCode.UNSEEN: "Nothing seen changed, but something could not be looked at.",
}


def codes() -> str:
    """The exit codes of `flytui check`, a line each."""
    return "\n".join(f"  {code.value:<4} {code.meaning}" for code in ExitCode)


def seal_codes() -> str:
    """The exit codes of `flytui seal --verify`, a line each."""
    return "\n".join(f"  {code.value:<4} {_CODES.get(code, code.meaning)}" for code in ExitCode)


def add_check(parser: argparse.ArgumentParser) -> None:
    _add_reports(parser.add_argument_group("reports"))
    _add_choice(parser.add_argument_group("what to look at"))
    _add_gate(parser.add_argument_group("what fails"))


def add_seal(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--output",
        metavar="DIR",
        type=Path,
        default=Path(),
        help="where the two files are written; this folder if not given",
    )
    parser.add_argument(
        "--verify",
        metavar="FILE",
        type=Path,
        nargs="?",
        const=Path(),
        help="write nothing: tell what changed since the record in FILE (the JSON) was made;"
        " without FILE, since the app's latest record in this folder",
    )
    parser.add_argument(
        "--timeout", metavar="SECONDS", type=_seconds, help="no longer than this; then unknown"
    )


def _add_reports(group: Any) -> None:
    group.add_argument(
        "--format",
        dest="outputs",
        metavar="FORMAT",
        choices=FORMS,
        action=_Format,
        default=(),
        help=f"{', '.join(FORMS)}; text if not given. May be given several times",
    )
    group.add_argument(
        "--output",
        dest="outputs",
        metavar="FILE",
        type=Path,
        action=_File,
        default=(),
        help="where the report of the --format before it goes; else to standard output",
    )
    group.add_argument(
        "--compare",
        metavar="FILE",
        type=Path,
        help="tell, as text or JSON, what changed since FILE, the JSON of a former check",
    )


def _add_choice(group: Any) -> None:
    group.add_argument(
        "--item",
        metavar="ID",
        action="append",
        default=[],
        help="look at this item only; may be given several times",
    )
    group.add_argument(
        "--section",
        metavar="ID",
        action="append",
        default=[],
        help="look at the items of this section only; may be given several times",
    )
    group.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=_seconds,
        help="wait no longer than this; what is not known by then is unknown",
    )


def _add_gate(group: Any) -> None:
    group.add_argument(
        "--fail-on",
        metavar="STATUS",
        choices=FAIL_ON,
        action="append",
        default=[],
        help="what fails besides an open action: advice, unknown, or action for nothing else; "
        "may be given several times; unknown if not given",
    )
    group.add_argument(
        "--optional", action="store_true", help="fail for optional items as for all others"
    )
    group.add_argument(
        "--min-ready", metavar="N|N%", type=_share, help="fail when fewer items are ready"
    )
    group.add_argument(
        "--min-seen", metavar="N|N%", type=_share, help="fail when fewer items could be seen"
    )
    group.add_argument(
        "--baseline",
        metavar="FILE",
        type=Path,
        help="fail only for what is new or worse since FILE, the JSON of a former check",
    )


class _Format(argparse.Action):
    """Adds a report; where it goes may follow."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,  # noqa: ARG002 (argparse hands it over)
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,  # noqa: ARG002 (as above)
    ) -> None:
        namespace.outputs = (*namespace.outputs, (values, None))


class _File(argparse.Action):
    """Says where the report named last goes; text when none was named."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,  # noqa: ARG002 (argparse hands it over)
    ) -> None:
        *others, (form, file) = namespace.outputs or (("text", None),)
        if file is not None:
            parser.error(
                "an --output has no --format before it; write --format FORMAT --output FILE"
            )
        namespace.outputs = (*others, (form, values))


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 < seconds <= 86_400:
        raise argparse.ArgumentTypeError(f"{one_line(text, 40)!r} is not a number of seconds")
    return seconds


def _share(text: str) -> Share:
    try:
        return Share.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{one_line(text, 40)!r} is {error}") from error
