"""The stand-in's command line: finds the command, runs it, and ends as fly would."""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from flytui.demo.stand_in.command import Command, Invocation, say, warn
from flytui.demo.stand_in.commands import COMMANDS
from flytui.demo.stand_in.commands.accounts import VERSION
from flytui.demo.stand_in.flags import UsageError, parse, truth
from flytui.demo.stand_in.wire import Failure

_FAMILIES = {
    "app": "apps",
    "ip": "ips",
    "machines": "machine",
    "m": "machine",
    "pg": "postgres",
    "volume": "volumes",
    "vol": "volumes",
    "v": "volumes",
    "backups": "backup",
    "snapshot": "snapshots",
}
_CANCELLED = 127


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 done, 1 any error, 127 cancelled."""
    try:
        return _run(list(arguments))
    except KeyboardInterrupt:
        return _CANCELLED
    except Failure as error:
        warn(f"Error: {error}")
        if error.hint:
            warn(error.hint)
        return 1


def _run(arguments: list[str]) -> int:
    found = _find(arguments)
    if found is None:
        return _lost(arguments)
    command, rest = found
    try:
        parsed = parse(rest, command.all_flags)
        if truth(parsed.values.get("help", ["false"])[-1]):
            _usage(command)
            return 0
        command.check(parsed.arguments)
        command.run(Invocation(parsed, os.environ, Path.cwd()))
    except UsageError as error:
        _usage(command)
        warn(f"Error: {error}")
        return 1
    return 0


def _find(arguments: list[str]) -> tuple[Command, list[str]] | None:
    """The command whose words come first; the longest wins."""
    for length in (3, 2, 1):
        words = _spelled(arguments[:length])
        for command in COMMANDS:
            if len(command.words) == len(words) == length and _named(command, words):
                return command, arguments[length:]
    return None


def _spelled(words: list[str]) -> tuple[str, ...]:
    return tuple(
        _FAMILIES.get(word, word) if at < len(words) - 1 else word for at, word in enumerate(words)
    )


def _named(command: Command, words: tuple[str, ...]) -> bool:
    *family, last = command.words
    return words[:-1] == tuple(family) and words[-1] in {last, *command.aliases}


def _lost(arguments: list[str]) -> int:
    """Help, or the words for a command nobody knows."""
    if not arguments or arguments[0] in {"help", "--help", "-h"}:
        say(VERSION)
        say()
        for command in COMMANDS:
            say(f"  fly {command.name:<26} {command.about}")
        return 0
    warn(f'Error: unknown command "{arguments[0]}" for "fly"')
    warn("The demo's stand-in knows the commands of flytui's remedies: see fly --help.")
    return 1


def _usage(command: Command) -> None:
    say(VERSION)
    say()
    say(f"{command.about}.")
    say()
    say(f"Usage:\n  fly {command.name} [flags]")
    say()
    say("Flags:")
    for flag in command.all_flags:
        short = f"-{flag.short}, " if flag.short else "    "
        say(f"  {short}--{flag.name}")


def _cancel(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    # Both signals end a command the gentle way: leases are given back first.
    signal.signal(signal.SIGTERM, _cancel)
    signal.signal(signal.SIGINT, _cancel)
    sys.exit(main(sys.argv[1:]))
