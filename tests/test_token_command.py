"""`flytui token`: offline, without the token itself, in a shape other programs can rely on."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from flytui.exit_code import ExitCode
from flytui.headless import Streams
from flytui.opening import Surroundings
from flytui.settings import Flags
from flytui.token_command import TokenQuestion, tell
from tests.fly.wire import macaroon
from tests.simulated import Simulated, simulated
from tests.test_sight import DEPLOY, EARLIER

TEXT = {"type": "string"}
TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
WORDS = {"type": "array", "items": TEXT}
NUMBERS = {"type": "array", "items": {"type": "integer"}}


def record(**fields: Any) -> dict[str, Any]:
    """An object with exactly these fields."""
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def nothing_or(*schemas: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [{"type": "null"}, *schemas]}


UNSEEN = record(cause=TEXT, cure=TEXT)
VERDICT = {"enum": ["can", "in_part", "cannot", "person"]}
SHAPE = record(
    schema={"const": 1},
    flytui=TEXT,
    at=TIME,
    app=nothing_or(TEXT),
    token=record(
        **{"from": TEXT},
        kind={
            "enum": [
                *("session", "oauth", "unconfined", "organization", "read_only", "deploy"),
                *("one_purpose", "unreadable"),
            ]
        },
        organizations=NUMBERS,
        apps=NUMBERS,
        expires=nothing_or(TIME),
        ended={"type": "boolean"},
        notes=WORDS,
    ),
    live=nothing_or(record(viewer={"anyOf": [TEXT, UNSEEN]}, app=nothing_or(TEXT, UNSEEN))),
    items={
        "type": "array",
        "minItems": 24,
        "items": record(
            id=TEXT,
            section=TEXT,
            title=TEXT,
            verdict=VERDICT,
            hidden={
                "type": "array",
                "items": record(
                    fact=TEXT,
                    source=TEXT,
                    needs=TEXT,
                    sees={"enum": ["perhaps", "no"]},
                    reason=TEXT,
                ),
            },
            cures={"type": "array", "items": record(argv=WORDS, verdict=VERDICT)},
        ),
    },
)


@pytest.fixture
def world(tmp_path: Path) -> Simulated:
    return simulated("storefront", tmp_path)


def told(
    world: Simulated, around: Surroundings | None = None, **asked: Any
) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    question = TokenQuestion(world.flags, **asked)
    code = tell(question, around or world.around(), world.folder, Streams(out, err))
    return code, out.getvalue(), err.getvalue()


def with_token(world: Simulated, token: str) -> Surroundings:
    world.scenario = replace(world.scenario, token=token)
    return world.around()


@pytest.mark.parametrize("token", ["", macaroon(*DEPLOY), "fo1_person", "fm2_nonsense"])
@pytest.mark.parametrize("live", [False, True])
def test_the_json_keeps_its_shape(world: Simulated, token: str, live: bool) -> None:
    around = with_token(world, token) if token else world.around()
    _, out, _ = told(world, around, format="json", live=live)
    Draft202012Validator(SHAPE).validate(json.loads(out))


@pytest.mark.parametrize("format_", ["text", "json"])
@pytest.mark.parametrize("token", [macaroon(*DEPLOY), "fo1_person", "fm2_nonsense", "anOldOne"])
def test_it_asks_nobody_and_never_shows_the_token(
    world: Simulated, format_: str, token: str
) -> None:
    _, out, err = told(world, with_token(world, token), format=format_)
    assert world.transport.requests == []
    assert token not in out + err


def test_asked_live_it_says_whether_fly_accepts_the_token_and_shows_the_app(
    world: Simulated,
) -> None:
    code, out, _ = told(world, live=True)
    assert code == ExitCode.DONE
    assert "the token is accepted as" in out
    assert "storefront of acme, deployed" in out


def test_a_refusal_is_told_with_code_3(world: Simulated) -> None:
    code, out, _ = told(world, with_token(world, "fo1_stranger"), live=True)
    assert code == ExitCode.UNSEEN
    assert "You must be authenticated" in out


def test_a_token_that_has_ended_is_told_with_code_3(world: Simulated) -> None:
    code, out, _ = told(world, with_token(world, macaroon(0, [42, 31], 4, [0, EARLIER])))
    assert code == ExitCode.UNSEEN
    assert "it has expired" in out
    assert "fly tokens create deploy -a storefront -x 24h" in out


def test_without_a_token_there_is_nothing_to_tell(world: Simulated) -> None:
    environ = {n: v for n, v in world.environ.items() if "TOKEN" not in n}
    around = replace(world.around(), environ=environ)
    code, out, err = told(world, around)
    assert (code, out) == (ExitCode.USAGE, "")
    assert "fly auth login" in err


def test_an_app_is_not_needed(world: Simulated, tmp_path: Path) -> None:
    environ = {n: v for n, v in world.environ.items() if n != "FLY_APP"}
    (tmp_path / "empty").mkdir()
    around = replace(world.around(), environ=environ, checkout=tmp_path / "empty")
    out, err = io.StringIO(), io.StringIO()
    code = tell(TokenQuestion(Flags()), around, world.folder, Streams(out, err))
    assert (code, err.getvalue()) == (ExitCode.DONE, "")
