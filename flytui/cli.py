"""The command line: arguments in, an exit code out. A command imports what it needs itself."""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from flytui.arguments import parse
from flytui.exit_code import ExitCode
from flytui.text import one_line

if TYPE_CHECKING:
    from flytui.launch import Launch


def main(argv: Sequence[str] | None = None) -> int:
    """Run flytui. What there is to learn from it is on its streams and in the code."""
    arguments = parse(sys.argv[1:] if argv is None else argv)
    try:
        match arguments.command:
            case "check":
                return _check(arguments)
            case "demo":
                return _demo(arguments)
            case _:
                return _screen(arguments)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED


def _check(arguments: Namespace) -> int:
    from flytui.headless import Question, Streams, check  # noqa: PLC0415 (not for --help)
    from flytui.opening import Surroundings  # noqa: PLC0415 (as above)
    from flytui.settings import Flags  # noqa: PLC0415 (as above)

    flags = Flags(arguments.app, arguments.org)
    question = Question(flags, arguments.format, tuple(arguments.item))
    code = check(question, Surroundings(), Path.home(), Streams(sys.stdout, sys.stderr, _colour()))
    _flush()
    return code


def _flush() -> None:
    """What reads the report may have seen enough of it; that is no failure of ours."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more at the end, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _screen(arguments: Namespace) -> int:
    if not _drawable():
        return _refuse(
            "The screen needs a terminal for its keys and its output, and there is none here.",
            "Use `flytui check` for a report, or `flytui check --format json` for a program.",
        )
    from flytui.launch import Launch  # noqa: PLC0415 (Textual, for the screen alone)

    return _show(
        Launch(
            app=arguments.app,
            organization=arguments.org,
            environ=dict(os.environ),
            folder=Path.cwd(),
            home=Path.home(),
            read_only=arguments.read_only,
        )
    )


def _demo(arguments: Namespace) -> int:
    if not arguments.serve and not _drawable():
        return _refuse(
            "The demo's screen needs a terminal for its keys and its output; there is none here.",
            "Use `flytui demo --serve`, and `flytui check` with the environment it prints.",
        )
    missing = [name for name in ("graphql", "starlette", "uvicorn") if find_spec(name) is None]
    if missing:
        return _refuse(
            f"The demo needs {' and '.join(missing)}, which this installation lacks.",
            "Install flytui with its demo: `pip install 'flytui[demo]'`.",
        )
    from flytui.demo.scenario import names  # noqa: PLC0415 (not for --help)

    if arguments.scenario not in names():
        return _refuse(
            f"There is no scenario {arguments.scenario!r}.", f"Choose from {', '.join(names())}."
        )
    return _serve(arguments) if arguments.serve else _simulated(arguments)


def _serve(arguments: Namespace) -> int:
    from flytui.demo.serve import serve  # noqa: PLC0415 (its server takes a while to import)

    latency, machines = arguments.latency / 1000, arguments.machines
    try:
        serve(arguments.scenario, port=arguments.port, latency=latency, machines=machines)
    except OSError as error:
        return _refuse(
            f"The demo cannot listen on port {arguments.port}: {error.strerror}.",
            "Choose another port, or none to have a free one taken.",
        )
    return ExitCode.DONE


def _simulated(arguments: Namespace) -> int:
    from flytui.demo.process import NotStarted, start  # noqa: PLC0415 (not for --help)
    from flytui.launch import Launch  # noqa: PLC0415 (Textual, for the screen alone)

    latency, machines = arguments.latency / 1000, arguments.machines
    try:
        server = start(arguments.scenario, latency=latency, machines=machines)
    except NotStarted as error:
        return _refuse(str(error), "Try again; if it stays, report it as a defect of flytui.")
    # Nothing the user has set for Fly.io itself may lead out of the demo, or into it.
    own = {name: value for name, value in os.environ.items() if not name.startswith("FLY")}
    with server:
        return _show(
            Launch(
                app=server.app,
                organization=server.organization,
                environ=own | server.environment,
                folder=server.checkout,
                home=Path.home(),
                read_only=arguments.read_only,
                demo=True,
            )
        )


def _show(launch: "Launch") -> int:
    from flytui.launch import show  # noqa: PLC0415 (Textual, for the screen alone)
    from flytui.settings.error import SettingsError  # noqa: PLC0415 (not for --help)

    try:
        return show(launch)
    except SettingsError as error:
        return _refuse(error.cause, error.cure)


def _drawable() -> bool:
    """Whether there is a terminal to draw on and to read keys from."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _colour() -> bool:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


def _refuse(cause: str, cure: str) -> int:
    sys.stderr.write(f"flytui: {one_line(f'{cause} {cure}', 2_000)}\n")
    return ExitCode.USAGE
