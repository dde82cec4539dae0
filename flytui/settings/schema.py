"""JSON Schemas of both configuration files, for editors that check while one types."""

from collections.abc import Collection
from dataclasses import fields
from typing import Any

from flytui.settings.declared import CENTURY, LongestDays, Thresholds
from flytui.settings.personal import DAY, LEAST_SECONDS, THEMES

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXTS = {"type": "array", "items": {"type": "string", "minLength": 1}}
_KEY = {"type": "string", "minLength": 1, "maxLength": 40}


def personal_schema(ids: Collection[str]) -> dict[str, Any]:
    """Of a person's own file. `ids` are those of the keys that can be changed."""
    keys = {"anyOf": [_KEY, {"type": "array", "items": _KEY, "minItems": 1}]}
    every = {"anyOf": [{"const": 0}, {"type": "number", "minimum": LEAST_SECONDS, "maximum": DAY}]}
    return _document(
        "A person's own settings of flytui",
        {
            "theme": {"enum": list(THEMES), "description": "The colours."},
            "keys": _keys(ids, keys),
            "production": _table(
                "Names and patterns of what is production's.",
                {"apps": _TEXTS, "organizations": _TEXTS},
            ),
            "filter": {"type": "string", "description": "What the filter begins with."},
            "refresh": _table("How often flytui looks again by itself.", {"every": every}),
            "editor": {"type": "string", "description": "A command line that edits a file."},
        },
    )


def team_schema() -> dict[str, Any]:
    """Of `.flytui/config.toml`, which holds for everybody who looks at a checkout."""
    days = {"type": "integer", "minimum": 1, "maximum": CENTURY}
    longest = _table(
        "For how many days a decision may hold.", {each.name: days for each in fields(LongestDays)}
    )
    app = _table("", {"private": {"type": "boolean"}, "production": {"type": "boolean"}})
    return _document(
        "What a team says of its apps to flytui",
        {
            "read_only": {"type": "boolean", "description": "Whether nothing is changed."},
            "apps": {"type": "object", "additionalProperties": app},
            "thresholds": _table("Limits of the verdicts.", _thresholds()),
            "policy": _table(
                "What the team asks of its decisions.",
                {"longest_days": longest, "two_reviewers": _TEXTS, "never_waive": _TEXTS},
            ),
        },
    )


def _thresholds() -> dict[str, Any]:
    kinds = {int: "integer", float: "number"}
    return {
        each.name: {"type": kinds[type(each.default)], "minimum": 0, "default": each.default}
        for each in fields(Thresholds)
        if isinstance(each.default, int | float)
    }


def _keys(ids: Collection[str], value: dict[str, Any]) -> dict[str, Any]:
    """`main.token = "T"` is a table inside a table; `"main.token" = "T"` is one name."""
    groups: dict[str, dict[str, Any]] = {}
    for id_ in ids:
        first, _, rest = id_.partition(".")
        groups.setdefault(first, {})[rest] = value
    nested = {first: _table("", below) for first, below in groups.items()}
    whole = dict.fromkeys(ids, value)
    return _table("Keys by the id of what they do.", {**nested, **whole})


def _table(about: str, properties: dict[str, Any]) -> dict[str, Any]:
    said = {"description": about} if about else {}
    return {"type": "object", **said, "properties": properties, "additionalProperties": False}


def _document(title: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": _DRAFT, "title": title, **_table("", properties)}
