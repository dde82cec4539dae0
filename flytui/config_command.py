"""`flytui config`: what is set, by whom, on which line; where to set it, and how. No network."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from flytui import private
from flytui.exit_code import ExitCode
from flytui.settings.declared import read_team, team_file
from flytui.settings.document import Document, read
from flytui.settings.error import SettingsError
from flytui.settings.personal import personal, personal_file, state_folder
from flytui.settings.precedence import DEFAULT
from flytui.settings.provenance import Value, of_file, values
from flytui.settings.schema import personal_schema, team_schema
from flytui.settings.template import template
from flytui.streams import Streams
from flytui.text import one_line

if TYPE_CHECKING:
    from flytui.ui.keymap import Keymap

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class ConfigQuestion:
    """What was asked for on the command line."""

    verb: Literal["show", "path", "init", "schema"]
    format: Literal["text", "json"] = "text"
    keys: bool = False
    """Whether to show the usual keys too."""
    which: Literal["personal", "team"] = "personal"


@dataclass(frozen=True, slots=True)
class Places:
    """Where settings are."""

    folder: Path = field(default_factory=Path.cwd)
    """The checkout's, or the one flytui was started in."""
    file: Path = field(default_factory=personal_file)
    state: Path = field(default_factory=state_folder)
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ), repr=False)


def tell(question: ConfigQuestion, places: Places, streams: Streams) -> ExitCode:
    """Answer the question. USAGE when a file cannot be used as it is, and why on `err`."""
    try:
        match question.verb:
            case "show":
                return _show(question, places, streams)
            case "path":
                streams.write(_paths(question, places))
            case "init":
                return _init(places, streams)
            case "schema":
                streams.write(_json(_schema(question)))
    except SettingsError as error:
        streams.tell(error.cause, error.cure)
        return ExitCode.USAGE
    return ExitCode.DONE


def _show(question: ConfigQuestion, places: Places, streams: Streams) -> ExitCode:
    mine, ours = read(places.file), read_team(places.folder)
    said = tuple(values(mine, ours, places.state, places.environ))
    keys, problems = _keys(mine)
    problems = (*personal(mine).problems, *problems)
    if question.format == "json":
        document = {
            "schema": SCHEMA,
            "files": {name: _file(file) for name, file in (("personal", mine), ("team", ours))},
            "values": [_document(value) for value in (*said, *keys)],
            "problems": list(problems),
        }
        streams.write(_json(document))
    else:
        shown = [key for key in keys if question.keys or key.origin != DEFAULT]
        streams.write("".join(f"{line}\n" for line in _table((*said, *shown))))
        if not question.keys:
            streams.write(f"{len(keys) - len(shown)} keys are as usual: add --keys to see them.\n")
    for problem in problems:
        streams.tell(problem)
    return ExitCode.USAGE if problems else ExitCode.DONE


def _keys(file: Document) -> tuple[list[Value], tuple[str, ...]]:
    """Every key in force by its id, and which of the person's are not."""
    # Only these two verbs need the screens, which take a while to import.
    from flytui.ui.keymap import keymap, usual  # noqa: PLC0415

    said = personal(file)
    found = keymap(said.keys, said.keys_at)
    return [_key(file, id_, keys, found) for id_, keys in usual().items()], found.problems


def _key(file: Document, id_: str, keys: str, found: "Keymap") -> Value:
    if id_ in found.inherited:
        return Value(f"keys.{id_}", found.keys[id_].split(","), f"as {found.inherited[id_]}")
    if id_ not in found.keys:
        return Value(f"keys.{id_}", keys.split(","), "default")
    said = of_file(file, "person", found.keys[id_].split(","), "keys", *id_.split("."))
    return said if said.line else of_file(file, "person", said.value, "keys", id_)


def _table(shown: tuple[Value, ...]) -> Iterator[str]:
    width = max(len(value.key) for value in shown)
    words = [_words(value.value) for value in shown]
    wide = min(max(map(len, words)), 40)
    for value, said in zip(shown, words, strict=True):
        yield f"{value.key:<{width}}  {said:<{wide}}  {one_line(value.where, 500)}"


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(one_line(str(each), 60) for each in value) or "-"
    if value is None:
        return "-"
    return str(value).lower() if isinstance(value, bool) else one_line(str(value), 200)


def _document(value: Value) -> dict[str, Any]:
    return {
        "key": value.key,
        "value": value.value,
        "origin": value.origin,
        "file": str(value.file) if value.file else None,
        "line": value.line,
    }


def _file(file: Document) -> dict[str, Any]:
    return {"path": str(file.path), "exists": file.path.exists()}


def _paths(question: ConfigQuestion, places: Places) -> str:
    files = {"personal": places.file, "team": team_file(places.folder)}
    if question.format == "json":
        return _json({name: str(path) for name, path in files.items()})
    return f"{files[question.which]}\n"


def _init(places: Places, streams: Streams) -> ExitCode:
    from flytui.ui.keymap import usual  # noqa: PLC0415 (imports every screen)

    try:
        private.create(places.file, template(usual()))
    except FileExistsError:
        streams.tell(
            f"{places.file} is there already, and was left as it is.",
            "Look at it with `flytui config show`, or move it away first.",
        )
        return ExitCode.USAGE
    except OSError as error:
        streams.tell(f"{places.file} cannot be written: {error.strerror}.", "Check the folder.")
        return ExitCode.USAGE
    told = "Written: {}. Nothing in it is in force until you take away the # in front of it.\n"
    streams.write(told.format(places.file))
    return ExitCode.DONE


def _schema(question: ConfigQuestion) -> dict[str, Any]:
    from flytui.ui.keymap import usual  # noqa: PLC0415 (imports every screen)

    return team_schema() if question.which == "team" else personal_schema(tuple(usual()))


def _json(document: object) -> str:
    return f"{json.dumps(document, indent=2, ensure_ascii=True)}\n"
