"""`flytui history`: what was run on the app from here. Asks nobody. No Textual."""

import json
import shlex
from dataclasses import dataclass
from typing import Any, Literal

from flytui.audit import Entry, HistoryFile
from flytui.exit_code import ExitCode
from flytui.opening import Surroundings
from flytui.past_runs import ended, found, lasted, line, when
from flytui.settings import SettingsError
from flytui.streams import Streams
from flytui.taking_back import why_not
from flytui.target import app_name
from flytui.text import one_line, plain

Form = Literal["text", "json", "sh"]
FORMS: tuple[Form, ...] = ("text", "json", "sh")


@dataclass(frozen=True, slots=True)
class HistoryQuestion:
    """What was asked for on the command line."""

    app: str | None
    format: Form = "text"


def tell(question: HistoryQuestion, around: Surroundings, streams: Streams) -> ExitCode:
    """Print every run on record, newest first; as a script, in the order they ran."""
    try:
        app = app_name(question.app, around.environ, around.checkout)
        entries = HistoryFile(around.state / "history", app, None).entries()
    except SettingsError as error:
        streams.tell(error.cause, error.cure)
        return ExitCode.USAGE
    except OSError as error:
        streams.tell(f"The history cannot be read ({error.strerror}).", "Check its permissions.")
        return ExitCode.USAGE
    match question.format:
        case "json":
            streams.write(_json(app, entries))
        case "sh":
            streams.write(script(entries))
        case "text":
            streams.write(_text(app, entries))
    return ExitCode.DONE


def _text(app: str, entries: tuple[Entry, ...]) -> str:
    if not entries:
        return f"Nothing was run on {app} from here yet.\n"
    return "\n".join(_paragraph(entry, entries) for entry in reversed(entries))


def _paragraph(entry: Entry, entries: tuple[Entry, ...]) -> str:
    rows = [
        ("ended", ", ".join(filter(None, (ended(entry), lasted(entry))))),
        ("before", found(entry.before)),
        ("after", found(entry.after) or "nobody looked"),
        *(("changed", phrase) for phrase in entry.changed),
        *(("also", phrase) for phrase in entry.also),
        ("undo", _way_back(entry, entries)),
    ]
    head = f"{when(entry)}  {entry.by}  {line(entry)}"
    body = "".join(f"  {label:<10} {one_line(words)}\n" for label, words in rows)
    return f"{one_line(head, 2_000)}\n{body}"


def _way_back(entry: Entry, entries: tuple[Entry, ...]) -> str:
    reason = why_not(entry, entries)
    if reason is None and entry.inverse is not None:
        return f"{shlex.join(entry.inverse.argv)} ({entry.inverse.changes})"
    return reason or ""


def script(entries: tuple[Entry, ...]) -> str:
    """The commands in the order they ran. What failed, or read what is not kept, is a comment."""
    lines = ["#!/bin/sh", "# What flytui ran, oldest first. Read it before you run it.", "set -e"]
    for entry in entries:
        lines.append(f"# {one_line(f'{when(entry, local=False)} UTC, {entry.by}: {ended(entry)}')}")
        usable = entry.exit == 0 and not entry.reads and not any("…" in w for w in entry.argv)
        command = line(entry)
        usable = usable and command == plain(command) and "\n" not in command
        lines.append(command if usable else f"# {one_line(command, 4_000)}")
    return "\n".join(lines) + "\n"


def _json(app: str, entries: tuple[Entry, ...]) -> str:
    runs = [_run(entry, entries) for entry in reversed(entries)]
    return json.dumps({"schema": 1, "app": app, "runs": runs}, indent=2) + "\n"


def _run(entry: Entry, entries: tuple[Entry, ...]) -> dict[str, Any]:
    inverse = entry.inverse if why_not(entry, entries) is None else None
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "by": entry.by,
        "item": entry.item,
        "argv": list(entry.argv),
        "exit": entry.exit,
        "ended": ended(entry),
        "seconds": entry.seconds,
        "before": entry.before,
        "after": entry.after,
        "changed": list(entry.changed),
        "also": list(entry.also),
        "reads_standard_input": entry.reads,
        "takes_back": entry.undoes or None,
        "inverse": None if inverse is None else list(inverse.argv),
    }
