"""A TOML text with operations applied: the intended change is there, and nothing else changed."""

from collections.abc import Sequence
from typing import Any

import tomli

from flytui.edits.changes import Refused, changed, changes
from flytui.edits.operations import Operation
from flytui.edits.writing import written

_MARK = "\ufeff"


def edited(text: str, operations: Sequence[Operation]) -> str:
    """The text after the operations. Raises `Refused`; the same text when nothing is to change."""
    mark = _MARK if text.startswith(_MARK) else ""
    result = text.removeprefix(_MARK)
    content = _content(result)
    for operation in operations:
        for change in changes(operation, content):
            content = changed(content, change)
            result = written(result, change)
            if _content(result) != content:
                raise Refused("The file is written in a way that this change does not fit.")
    return mark + result


def _content(text: str) -> dict[str, Any]:
    try:
        return tomli.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused(f"It is not valid TOML: {str(error).rstrip('.')}.") from error
