"""What SARIF 2.1.0 and JUnit XML allow: as published, and of that the parts we write.

As published: the schemas of OASIS and of Jenkins, whole, in `schemas`.
The parts we write: SARIF less the properties that are not used here, so that whatever is not named
below would have to be added on purpose; JUnit with what Windy Road's `JUnit.xsd` asks for besides.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import jsonschema
import xmlschema

_SCHEMAS = Path(__file__).parent / "schemas"


@cache
def _sarif() -> jsonschema.Draft4Validator:
    schema = json.loads((_SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())


@cache
def _junit() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(_SCHEMAS / "junit-10.xsd", allow="local")


def published_sarif_faults(text: str) -> list[str]:
    """What of the document the schema of OASIS does not allow."""
    return [f"{f.json_path}: {f.message}" for f in _sarif().iter_errors(json.loads(text))]


def published_junit_faults(text: str) -> list[str]:
    """What of the document the schema of Jenkins does not allow."""
    return [f"{f.path}: {f.reason}" for f in _junit().iter_errors(fromstring(text))]


def _object(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _list(items: Any, least: int = 0, *, unique: bool = False) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": least, "uniqueItems": unique}


_TEXT = {"type": "string"}
_URI = {"type": "string", "format": "uri"}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_MESSAGE = _object(("text",), text=_TEXT)
_BOTH = _object(("text",), text=_TEXT, markdown=_TEXT)
_STRINGS = {"type": "object", "additionalProperties": _TEXT}
_RULE = _object(
    ("id",),
    id=_TEXT,
    shortDescription=_BOTH,
    fullDescription=_BOTH,
    help=_BOTH,
    helpUri=_URI,
    defaultConfiguration=_object(level=_LEVEL),
    properties=_object(tags=_list(_TEXT, unique=True)),
)
_LOCATION = _object(
    physicalLocation=_object(
        artifactLocation=_object(
            uri={"type": "string", "format": "uri-reference"}, uriBaseId=_TEXT
        ),
        region=_object(startLine={"type": "integer", "minimum": 1}),
    ),
    logicalLocations=_list(_object(name=_TEXT, kind=_TEXT), unique=True),
)
_SUPPRESSION = _object(
    ("kind",),
    kind={"enum": ["inSource", "external"]},
    status={"enum": ["accepted", "underReview", "rejected"]},
    justification=_TEXT,
)
_RESULT = _object(
    ("message",),
    ruleId=_TEXT,
    ruleIndex={"type": "integer", "minimum": -1},
    kind={"enum": ["notApplicable", "pass", "fail", "review", "open", "informational"]},
    level=_LEVEL,
    message=_MESSAGE,
    locations=_list(_LOCATION),
    fingerprints=_STRINGS,
    partialFingerprints=_STRINGS,
    baselineState={"enum": ["new", "unchanged", "updated", "absent"]},
    suppressions=_list(_SUPPRESSION, unique=True),
)
_NOTIFICATION = _object(
    ("message",), level=_LEVEL, message=_MESSAGE, associatedRule=_object(id=_TEXT)
)
_INVOCATION = _object(
    ("executionSuccessful",),
    executionSuccessful={"type": "boolean"},
    endTimeUtc={"type": "string", "format": "date-time"},
    exitCode={"type": "integer"},
    exitCodeDescription=_TEXT,
    toolExecutionNotifications=_list(_NOTIFICATION),
)
_RUN = _object(
    ("tool",),
    tool=_object(
        ("driver",), driver=_object(("name",), name=_TEXT, version=_TEXT, rules=_list(_RULE))
    ),
    automationDetails=_object(id=_TEXT),
    invocations=_list(_INVOCATION),
    results=_list(_RESULT),
)
SARIF = _object(
    ("version", "runs"), **{"$schema": _URI}, version={"const": "2.1.0"}, runs=_list(_RUN)
)

_COUNT = r"\d+"
_TOKEN = r"\S(.*\S)?"
_JUNIT: dict[str, tuple[dict[str, str], str]] = {
    # For each element: its attributes, all required, and the order of its children.
    "testsuites": ({}, r"(testsuite )*"),
    "testsuite": (
        {
            "name": _TOKEN,
            "package": _TOKEN,
            "id": _COUNT,
            "hostname": _TOKEN,
            "timestamp": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d",
            "time": r"\d+(\.\d+)?",
            **dict.fromkeys(("tests", "failures", "errors", "skipped"), _COUNT),
        },
        r"properties (testcase )*system-out system-err ",
    ),
    "properties": ({}, r"(property )*"),
    "property": ({"name": _TOKEN, "value": r".*"}, ""),
    "testcase": (
        {"name": _TOKEN, "classname": _TOKEN, "time": r"\d+(\.\d+)?"},
        r"((skipped|error|failure) )?",
    ),
    "skipped": ({"message": r".*"}, ""),
    "error": ({"message": r".*", "type": r".*"}, ""),
    "failure": ({"message": r".*", "type": r".*"}, ""),
    "system-out": ({}, ""),
    "system-err": ({}, ""),
}


def junit_faults(element: Element) -> list[str]:
    """What of the document the schemas do not allow."""
    attributes, children = _JUNIT.get(element.tag, ({}, "$^"))
    faults = [
        f"{element.tag}: {name}={element.get(name)!r}"
        for name in {*attributes, *element.keys()}
        if not re.fullmatch(attributes.get(name, "$^"), element.get(name, ""))
    ]
    if not re.fullmatch(children, "".join(f"{child.tag} " for child in element)):
        faults.append(f"{element.tag}: {[child.tag for child in element]}")
    return [*faults, *(fault for child in element for fault in junit_faults(child))]
