"""YAML as Go and GitHub read it: `on` and `off` are words, aliases and depth are bounded."""

import re
from typing import Any

import yaml

from flytui.repo.parsing import Unreadable

_MAX_ALIASES = 100
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
    depth = aliases = 0
    for event in yaml.parse(text, Loader=_Loader):
        match event:
            case yaml.AliasEvent():
                aliases += 1
            case yaml.CollectionStartEvent():
                depth += 1
            case yaml.CollectionEndEvent():
                depth -= 1
        if depth > max_depth or aliases > _MAX_ALIASES:
            what = "nested too deeply" if depth > max_depth else "full of aliases"
            mark = event.start_mark
            line = mark.line + 1 if mark else None
            raise Unreadable(f"The YAML is {what} and was not read.", line)
