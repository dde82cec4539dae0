"""Text of a file as plain mappings and lists, within bounds; what cannot be read says its line."""

import json
from pathlib import Path
from typing import Any

import tomli

from flytui.text import one_line

MAX_BYTES = 512 * 1024
_MAX_DEPTH = 64


class Unreadable(Exception):  # noqa: N818 - it names what the file is, for a person
    """The file is not what its name promises; the message is one sentence."""

    def __init__(self, problem: str, line: int | None = None) -> None:
        super().__init__(problem)
        self.problem = one_line(problem, 200)
        self.line = line


def text_of(path: Path) -> str:
    """The file's text without a byte order mark; raises `Unreadable` rather than `OSError`."""
    try:
        if not path.is_file():  # a pipe would be waited for
            raise Unreadable("It is not a plain file.")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(f"The file cannot be opened: {error.strerror or error}.") from error
    if len(content) > MAX_BYTES:
        raise Unreadable(f"The file is larger than {MAX_BYTES // 1024} KB and was not read.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable("The file is not UTF-8 text.", line) from error


def parse(name: str, text: str) -> Any:
    """The content as flyctl reads it: `.json` and `.yaml` by suffix, all else is TOML."""
    if name.endswith(".json"):
        return from_json(text)
    if name.endswith(".yaml"):
        return from_yaml(text)
    return from_toml(text)


def from_toml(text: str) -> dict[str, Any]:
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise Unreadable(f"Not valid TOML: {_sentence(error.msg)}", error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise Unreadable("Not valid TOML: a value is nested too deeply or too long.") from error


def from_json(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(f"Not valid JSON: {_sentence(error.msg)}", error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise Unreadable("Not valid JSON: a value is nested too deeply or too long.") from error


def from_yaml(text: str) -> Any:
    # YAML is slow to import, and most checkouts are opened for their fly.toml alone.
    from flytui.repo import yaml_text  # noqa: PLC0415 - see above

    return yaml_text.load(text, max_depth=_MAX_DEPTH)


def _sentence(message: str) -> str:
    text = message.strip().rstrip(".")
    return f"{text[:1].lower()}{text[1:]}."
