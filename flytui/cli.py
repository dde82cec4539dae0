"""The command line: arguments in, an exit code out. A command imports what it needs itself."""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flytui import departing, garbage
from flytui.arguments import parse
from flytui.exit_code import ExitCode
from flytui.terminal import coloured, drawable, flush, refuse, undrawable

if TYPE_CHECKING:
    from flytui.headless import Subject


def main(argv: Sequence[str] | None = None) -> int:
    """Run flytui. What there is to learn from it is on its streams and in the code."""
    garbage.leave_at_the_end()
    arguments = parse(sys.argv[1:] if argv is None else argv)
    commands = {
        "check": _check,
        "walk": _walk,
        "seal": _seal,
        "explain": _explain,
        "token": _token,
        "reviews": _reviews,
        "history": _history,
        "rehearse": _rehearse,
        "checklist": _checklist,
        "config": _config,
        "completion": _completion,
        "demo": _demo,
    }
    try:
        with departing.orderly():
            return commands.get(arguments.command, _screen)(arguments)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED


def _check(arguments: Namespace) -> int:
    from flytui.check_command import check  # noqa: PLC0415 (not for --help)

    code = check(arguments)
    flush()
    return code


def _walk(arguments: Namespace) -> int:
    from flytui.opening import Surroundings  # noqa: PLC0415 (not for --help)
    from flytui.walk_command import here  # noqa: PLC0415 (as above)

    around = Surroundings(plugins=arguments.plugins, read_only=arguments.read_only)
    code = here(arguments.app, arguments.org, around, anew=arguments.from_start)
    flush()
    return code


def _seal(arguments: Namespace) -> int:
    from flytui.headless import Streams  # noqa: PLC0415 (not for --help)
    from flytui.opening import Surroundings  # noqa: PLC0415 (as above)
    from flytui.seal_command import seal, verify  # noqa: PLC0415 (as above)

    subject = _subject(arguments)
    around = Surroundings(plugins=arguments.plugins)
    streams = Streams(sys.stdout, sys.stderr, coloured())
    if arguments.verify is None:
        code = seal(subject, arguments.output, around, Path.home(), streams)
    else:
        code = verify(subject, arguments.verify, around, Path.home(), streams)
    flush()
    return code


def _subject(arguments: Namespace) -> "Subject":
    from flytui.headless import Subject  # noqa: PLC0415 (not for --help)
    from flytui.settings import Flags  # noqa: PLC0415 (as above)

    return Subject(
        Flags(arguments.app, arguments.org),
        tuple(getattr(arguments, "item", ())),
        tuple(getattr(arguments, "section", ())),
        arguments.timeout,
    )


def _explain(arguments: Namespace) -> int:
    from flytui.explain_command import explain  # noqa: PLC0415 (not for --help)
    from flytui.headless import Streams  # noqa: PLC0415 (as above)

    streams = Streams(sys.stdout, sys.stderr, coloured())
    code = explain(arguments.item, Path.cwd(), streams, plugins=arguments.plugins)
    flush()
    return code


def _token(arguments: Namespace) -> int:
    from flytui.headless import Streams  # noqa: PLC0415 (not for --help)
    from flytui.opening import Surroundings  # noqa: PLC0415 (as above)
    from flytui.settings import Flags  # noqa: PLC0415 (as above)
    from flytui.token_command import TokenQuestion, tell  # noqa: PLC0415 (as above)

    flags = Flags(arguments.app, arguments.org)
    question = TokenQuestion(flags, arguments.format, arguments.live)
    around = Surroundings(plugins=arguments.plugins)
    code = tell(question, around, Path.home(), Streams(sys.stdout, sys.stderr, coloured()))
    flush()
    return code


def _reviews(arguments: Namespace) -> int:
    from flytui.headless import Streams  # noqa: PLC0415 (not for --help)
    from flytui.opening import Surroundings  # noqa: PLC0415 (as above)
    from flytui.reviews_command import ReviewsQuestion, reviews  # noqa: PLC0415 (as above)
    from flytui.settings import Flags  # noqa: PLC0415 (as above)

    question = ReviewsQuestion(
        Flags(arguments.app, arguments.org),
        arguments.verb,
        getattr(arguments, "item", ""),
        getattr(arguments, "live", False),
        arguments.format,
    )
    around = Surroundings(plugins=arguments.plugins)
    code = reviews(question, around, Path.home(), Streams(sys.stdout, sys.stderr, coloured()))
    flush()
    return code


def _history(arguments: Namespace) -> int:
    from flytui.headless import Streams  # noqa: PLC0415 (not for --help)
    from flytui.history_command import HistoryQuestion, tell  # noqa: PLC0415 (as above)
    from flytui.opening import Surroundings  # noqa: PLC0415 (as above)

    question = HistoryQuestion(arguments.app, arguments.format)
    code = tell(question, Surroundings(), Streams(sys.stdout, sys.stderr, coloured()))
    flush()
    return code


def _rehearse(arguments: Namespace) -> int:
    from flytui.headless import Streams  # noqa: PLC0415 (not for --help)
    from flytui.opening import Surroundings  # noqa: PLC0415 (as above)
    from flytui.rehearse_command import RehearseQuestion, tell  # noqa: PLC0415 (as above)
    from flytui.settings import Flags  # noqa: PLC0415 (as above)

    flags = Flags(arguments.app, arguments.org)
    question = RehearseQuestion(flags, arguments.item, arguments.remedy, arguments.format)
    around = Surroundings(plugins=arguments.plugins)
    code = tell(question, around, Path.home(), Streams(sys.stdout, sys.stderr, coloured()))
    flush()
    return code


def _checklist(arguments: Namespace) -> int:
    from flytui.checklist_command import ChecklistQuestion, tell  # noqa: PLC0415 (not for --help)
    from flytui.headless import Streams  # noqa: PLC0415 (as above)
    from flytui.opening import Surroundings  # noqa: PLC0415 (as above)

    around = Surroundings(plugins=arguments.plugins)
    streams = Streams(sys.stdout, sys.stderr, coloured())
    code = tell(ChecklistQuestion(arguments.format), around, streams)
    flush()
    return code


def _config(arguments: Namespace) -> int:
    from flytui.config_command import ConfigQuestion, Places, tell  # noqa: PLC0415 (not for --help)
    from flytui.streams import Streams  # noqa: PLC0415 (as above)

    question = ConfigQuestion(
        arguments.verb,
        getattr(arguments, "format", "text"),
        getattr(arguments, "keys", False),
        getattr(arguments, "which", "personal"),
    )
    code = tell(question, Places(), Streams(sys.stdout, sys.stderr, coloured()))
    flush()
    return code


def _completion(arguments: Namespace) -> int:
    from flytui.completion_command import tell  # noqa: PLC0415 (not for --help)
    from flytui.streams import Streams  # noqa: PLC0415 (as above)

    code = tell(arguments.shell, Streams(sys.stdout, sys.stderr, coloured()))
    flush()
    return code


def _demo(arguments: Namespace) -> int:
    from flytui.demonstration import (  # noqa: PLC0415 (not for --help)
        Demonstration,
        serve,
        show,
        walk,
    )

    wanted = Demonstration(
        arguments.scenario, arguments.latency / 1000, arguments.machines, arguments.apps
    )
    if arguments.serve:
        return serve(wanted, arguments.port)
    if arguments.walk:
        code = walk(wanted)
        flush()
        return code
    return show(wanted)


def _screen(arguments: Namespace) -> int:
    if not drawable():
        return refuse(
            f"The screen needs a terminal for its keys and its output; {undrawable()}",
            "Use `flytui walk` to go through the items line by line, `flytui check` for a report.",
        )
    garbage.put_off()
    from flytui.launch import Launch, show  # noqa: PLC0415 (Textual, for the screen alone)

    return show(
        Launch(
            app=arguments.app,
            organization=arguments.org,
            environ=dict(os.environ),
            folder=Path.cwd(),
            home=Path.home(),
            read_only=arguments.read_only,
            plugins=arguments.plugins,
        )
    )
