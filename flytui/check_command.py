"""`flytui check`: Fly.io is asked first, and what judges the answers is imported meanwhile."""

import asyncio
import gc
import sys
from argparse import Namespace
from contextlib import nullcontext
from pathlib import Path
from time import perf_counter

from flytui.asking import Ahead, ahead
from flytui.exit_code import ExitCode
from flytui.settings import Flags
from flytui.surroundings import Surroundings
from flytui.terminal import coloured

_GARBAGE = 100_000
"""Objects before the first collection: what is imported stays, and a check soon ends."""

_AT_ONCE = 0.0005
"""Seconds of one turn in which nothing else had anything to do."""


def check(arguments: Namespace) -> ExitCode:
    """Look at the app and deliver the reports."""
    gc.set_threshold(_GARBAGE)
    return asyncio.run(_check(arguments, Surroundings(plugins=arguments.plugins), Path.home()))


async def _check(arguments: Namespace, around: Surroundings, home: Path) -> ExitCode:
    flags = Flags(arguments.app, arguments.org)
    some = arguments.item or arguments.section
    async with nullcontext() if some else ahead(flags, around, home) as asked:
        await _waiting()
        await asyncio.to_thread(_import)
        return await _judge(arguments, around, home, asked)


async def _waiting() -> None:
    """Until nothing is left to do but to wait: a thread that imports takes turns with the rest.

    The questions would leave later then, and so would all answers.
    """
    begun = 0.0
    while (now := perf_counter()) - begun > _AT_ONCE:
        begun = now
        await asyncio.sleep(0)


def _import() -> None:
    """Import what reads the answers, then what `_judge` needs, while the loop takes answers in."""
    import flytui.fly.models.wire  # noqa: PLC0415 (when the questions have left)
    import flytui.headless  # noqa: PLC0415, F401 (as above)


async def _judge(
    arguments: Namespace, around: Surroundings, home: Path, asked: Ahead | None
) -> ExitCode:
    from flytui.gate import fail_on  # noqa: PLC0415 (imported already, see `_import`)
    from flytui.headless import Gate, Output, Question, Streams, Subject, checked  # noqa: PLC0415 (as above)

    limits = Gate(
        fail_on(arguments.fail_on),
        arguments.min_ready,
        arguments.min_seen,
        optional=arguments.optional,
    )
    question = Question(
        Subject(
            Flags(arguments.app, arguments.org),
            tuple(arguments.item),
            tuple(arguments.section),
            arguments.timeout,
        ),
        tuple(Output(form, file) for form, file in arguments.outputs or (("text", None),)),
        limits,
        arguments.baseline,
        arguments.compare,
    )
    streams = Streams(sys.stdout, sys.stderr, coloured())
    return await checked(question, around, home, streams, asked)
