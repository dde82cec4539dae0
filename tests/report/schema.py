"""The contract of `flytui check --format json`, as a JSON Schema."""

from typing import Any


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _or_null(schema: Any) -> dict[str, Any]:
    return {"oneOf": [schema, {"type": "null"}]}


TEXT = {"type": "string"}
COUNT = {"type": "integer", "minimum": 0}
TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
DATE = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
STATUS = {"enum": ["ok", "action", "advice", "manual", "unknown", "not_applicable"]}
EVIDENCE = _list(_object(label=TEXT, value=TEXT, source=TEXT, at=_or_null(TIME)))


def _remedy(kind: str, **means: Any) -> dict[str, Any]:
    return _object(
        kind={"const": kind},
        **means,
        why=TEXT,
        reversible={"type": "boolean"},
        cost_per_month_usd=_or_null({"type": "number"}),
    )


REMEDIES = _list(
    {
        "oneOf": [
            _remedy("command", argv={**_list(TEXT), "minItems": 2}),
            _remedy("edit", path=TEXT),
            _remedy("link", url=TEXT),
        ]
    }
)
RESOURCE = _object(
    kind=TEXT, id=TEXT, status=STATUS, summary=TEXT, evidence=EVIDENCE, remedies=REMEDIES
)
REVIEW = _object(
    decision={"enum": ["reviewed", "not_applicable", "accepted_risk"]},
    note=TEXT,
    by=TEXT,
    at=TIME,
    expires=_or_null(DATE),
)
ITEM = _object(
    id=TEXT,
    section=TEXT,
    title=TEXT,
    status=STATUS,
    summary=TEXT,
    settled={"type": "boolean"},
    stale={"type": "boolean"},
    evidence=EVIDENCE,
    resources=_list(RESOURCE),
    remedies=REMEDIES,
    review=_or_null(REVIEW),
    unseen=_or_null(_object(cause=TEXT, cure=TEXT)),
)
REPORT = _object(
    schema={"const": 1},
    flytui=TEXT,
    at=TIME,
    app=_object(name=TEXT, organization=_or_null(TEXT)),
    ready=_object(settled=COUNT, applicable=COUNT),
    seen=_object(observed=COUNT, observable=COUNT),
    items=_list(ITEM),
)
