"""Files of CI systems other than GitHub's that call flyctl."""

import re
from collections.abc import Iterable
from pathlib import Path

from flytui.repo.parsing import Unreadable, text_of
from flytui.repo.scripts import Scripts
from flytui.repo.shell import Command

_CALLS = re.compile(
    r"\bflyctl\b|\bFLY_API_TOKEN\b|fly\.io/install\.sh|\bfly\b[^\n]*\bdeploy|\bdeploy[^\n]*\bfly\b",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"(?:^|[\s'\"])((?:\./)?[\w./-]+\.sh)\b")


def calling_fly(root: Path, paths: Iterable[str], scripts: Scripts) -> tuple[str, ...]:
    """Those of the files that call flyctl themselves or through a script of the checkout."""
    return tuple(path for path in paths if _calls_fly(root, path, scripts))


def _calls_fly(root: Path, path: str, scripts: Scripts) -> bool:
    try:
        text = text_of(root / path)
    except Unreadable:
        return False  # a file of another system is no business of ours
    lines = "\n".join(re.sub(r"(?:^|\s)(?:#|//).*", "", line) for line in text.splitlines())
    return bool(_CALLS.search(lines)) or any(
        _CALLS.search(behind[0])
        for name in set(_SCRIPT.findall(lines))
        if (behind := scripts.behind(Command(("bash", name), "")))
    )
