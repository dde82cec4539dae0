"""Workflow files as parsed, and what all workflows of a checkout share."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flytui.repo.checkout import BrokenFile
from flytui.repo.parsing import Unreadable, from_yaml, text_of
from flytui.repo.triggers import Triggers, triggers
from flytui.text import one_line

AppOf = Callable[[str | None, str], tuple[str | None, str | None]]
"""(`-c` path, folder) → (app, configuration's path)."""


@dataclass(frozen=True, slots=True)
class Document:
    path: str
    text: str
    content: Mapping[str, Any]
    triggers: Triggers

    @property
    def name(self) -> str | None:
        written = self.content.get("name")
        return one_line(written, 120) if isinstance(written, str) else None


@dataclass(frozen=True, slots=True)
class Repository:
    """What all workflows of one checkout share."""

    documents: tuple[Document, ...]
    default_branch: str | None
    app_of: AppOf


def read_document(root: Path, path: str) -> Document | BrokenFile:
    try:
        text = text_of(root / path)
        content = from_yaml(text)
    except Unreadable as error:
        return BrokenFile(path, error.problem, error.line)
    if not isinstance(content, Mapping):
        problem = "The file is empty." if content is None else "It is not a table with jobs."
        return BrokenFile(path, problem, 1)
    return Document(path, text, content, triggers(content))


def from_secret(token: str | None) -> bool | None:
    """Whether the token is one of GitHub's secrets; None when none was seen or it is a step's."""
    if not token:
        return None
    if re.search(r"\$\{\{[^}]*\bsecrets\b", token):
        return True
    return None if re.search(r"\$\{\{[^}]*\b(?:steps|needs|inputs)\b|\$\w|\$\{\w", token) else False


def pinned_version(action: str | None) -> bool | None:
    if action is None:
        return None
    version = action.partition("@")[2] or action.partition("docker://")[2].partition(":")[2]
    return bool(version) and version not in ("master", "main", "latest", "HEAD", "develop")
