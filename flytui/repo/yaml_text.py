"""YAML as Go and GitHub read it: `on` and `off` are words, aliases and depth are bounded."""

import re
from typing import Any

import yaml

from flytui.repo.parsing import Unreadable

_MAX_ALIASES = 100
_MAX_FOLLOWED = 20_000
"""Nodes that all aliases of a document together may stand for."""
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc] # which of the two loaders exists is known at run time
    """YAML 1.2 words and numbers; `22:22` is text, `off` is text, `true` is true."""


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int",
    re.compile(r"(?:[-+]?(?:0|[1-9][0-9_]*)|0x[0-9a-fA-F_]+)$"),
    list("-+0123456789"),
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)(?:[eE][-+]?[0-9]+)?$"),
    list("-+0123456789."),
)


def load(text: str, *, max_depth: int) -> Any:
    """The first document; raises `Unreadable` with the line of the trouble."""
    try:
        _bounded(text, max_depth)
        return next(iter(yaml.load_all(text, Loader=_Loader)), None)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = (error.problem or error.context or "it cannot be parsed").rstrip(".")
        raise Unreadable(f"Not valid YAML: {problem}.", mark.line + 1 if mark else None) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Unreadable("Not valid YAML: a character is not allowed.", line) from error
    except (ValueError, TypeError, RecursionError, OverflowError) as error:
        raise Unreadable("Not valid YAML: a value cannot be read.") from error


def _bounded(text: str, max_depth: int) -> None:
    """Raises `Unreadable` for what would be too deep, or too large once aliases are followed."""
    extent = _Extent()
    for event in yaml.parse(text, Loader=_Loader):
        match event:
            case yaml.DocumentStartEvent():
                extent = _Extent()
            case yaml.AliasEvent():
                extent.alias(event.anchor)
            case yaml.ScalarEvent():
                extent.add(event.anchor, 1)
            case yaml.CollectionStartEvent():
                extent.begin(event.anchor)
            case yaml.CollectionEndEvent():
                extent.end()
        if extent.depth > max_depth or extent.excessive:
            what = "nested too deeply" if extent.depth > max_depth else "full of aliases"
            mark = event.start_mark
            line = mark.line + 1 if mark else None
            raise Unreadable(f"The YAML is {what} and was not read.", line)


class _Extent:
    """How large a document is once every alias stands for all it names.

    Few aliases are enough for billions of nodes, and whoever walks them sees each.
    """

    def __init__(self) -> None:
        self._open: list[tuple[str | None, int]] = []
        """Anchor and number of nodes so far of the collections that have begun."""
        self._known: dict[str, int] = {}
        self._aliases = 0
        self._followed = 0

    @property
    def depth(self) -> int:
        return len(self._open)

    @property
    def excessive(self) -> bool:
        return self._aliases > _MAX_ALIASES or self._followed > _MAX_FOLLOWED

    def begin(self, anchor: str | None) -> None:
        self._open.append((anchor, 1))

    def end(self) -> None:
        self.add(*self._open.pop())

    def add(self, anchor: str | None, nodes: int) -> None:
        if anchor is not None:
            self._known[anchor] = nodes
        if self._open:
            around, number = self._open[-1]
            self._open[-1] = around, number + nodes

    def alias(self, anchor: str | None) -> None:
        """What is still open stands for itself, and so has no end."""
        endless = any(anchor == each for each, _ in self._open)
        nodes = _MAX_FOLLOWED + 1 if endless else self._known.get(anchor or "", 1)
        self._aliases += 1
        self._followed += nodes
        self.add(None, nodes)
