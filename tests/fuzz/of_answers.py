"""Whole answers made from the SDL and from our models: a look over them ends with 24 verdicts."""

import asyncio
import json
import random
import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx
from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    build_schema,
    parse,
)
from hypothesis import strategies as st
from pydantic import BaseModel

from flytui.finding import Status
from flytui.fly.models import Machine, Volume, wire
from flytui.fly.models.postgres import Snapshot
from tests.faults.looking import DECIDED, accidents, look, session
from tests.fuzz.making import Maker
from tests.fuzz.of_checks import CONTROL, words
from tests.fuzz.property import Property

REST: tuple[tuple[str, Any], ...] = (
    ("/orgs/", wire.OrganizationMachinePage),
    ("/machines", tuple[Machine, ...]),
    ("/snapshots", tuple[Snapshot, ...]),
    ("/volumes", tuple[Volume, ...]),
    ("/secrets", wire.SecretList),
    ("/certificates", wire.CertificatePage),
    ("/regions", wire.RegionList),
    ("/ip_assignments", wire.IpAssignments),
    ("/releases", wire.ReleaseList),
    ("/backups", wire.BackupList),
    ("/postgres", wire.ClusterList),
    ("/apps", wire.AppList),
)
"""The first that is part of the path tells what is answered there."""


@cache
def _schema() -> GraphQLSchema:
    return build_schema(files("flytui.demo").joinpath("schema.graphql").read_text("utf-8"))


class Answering(httpx.AsyncBaseTransport):
    """Answers every request with what its type allows."""

    def __init__(self, seed: int, wild: float) -> None:
        self._seed, self._wild = seed, wild

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        told = request.content if path == "/graphql" else path.encode()
        maker = Maker(random.Random(f"{self._seed} {told!r}"), wild=self._wild)
        body = _graphql(request.content, maker) if path == "/graphql" else _rest(path, maker)
        return httpx.Response(200, content=json.dumps(body, default=_json), request=request)


def _json(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _rest(path: str, maker: Maker) -> Any:
    if path.startswith("/prometheus"):
        samples = [{"metric": maker.of(dict[str, str]), "value": [1, str(maker.real())]}
                   for _ in range(maker.chance.randint(0, 3))]  # fmt: skip
        return {"status": "success", "data": {"resultType": "vector", "result": samples}}
    kind = next((kind for part, kind in REST if part in path), None)
    if kind is None:
        return {}
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _as_json(maker.fields(kind))
    return _as_json(maker.of(kind))


def _as_json(value: Any) -> Any:
    """As it comes over the wire."""
    if isinstance(value, BaseModel):
        return json.loads(value.model_dump_json(by_alias=True))
    if isinstance(value, dict):
        return {key: _as_json(inner) for key, inner in value.items()}
    return [_as_json(i) for i in value] if isinstance(value, tuple | list) else value


def _graphql(content: bytes, maker: Maker) -> Any:
    (operation,) = parse(json.loads(content)["query"]).definitions
    assert isinstance(operation, OperationDefinitionNode)
    query = _schema().query_type
    assert query is not None
    return {"data": _selected(operation, query, maker)}


def _selected(node: Any, kind: GraphQLObjectType | GraphQLInterfaceType, maker: Maker) -> Any:
    made: dict[str, Any] = {}
    for field in node.selection_set.selections:
        assert isinstance(field, FieldNode)
        name = field.name.value
        key = field.alias.value if field.alias else name
        if name == "__typename":
            made[key] = kind.name
        elif name == "hasNextPage":
            made[key] = False
        else:
            made[key] = _value(field, kind.fields[name].type, maker)
    return made


def _value(field: FieldNode, kind: Any, maker: Maker) -> Any:
    if isinstance(kind, GraphQLNonNull):
        return _value(field, kind.of_type, maker)
    root = field.name.value in {"app", "organization", "viewer", "platform"}
    if not root and maker.chance.random() < 0.1:
        return None
    if isinstance(kind, GraphQLList):
        return [_value(field, kind.of_type, maker) for _ in range(maker.chance.randint(0, 3))]
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        return _selected(field, kind, maker)
    if isinstance(kind, GraphQLEnumType):
        return maker.chance.choice([*kind.values, maker.text()])
    scalars: dict[str, Any] = {
        "Int": maker.number,
        "Float": maker.real,
        "Boolean": lambda: maker.chance.random() < 0.5,
        "ISO8601DateTime": lambda: maker.time().isoformat(),
        "JSON": maker.json,
        "CaveatSet": maker.json,
        "BigInt": lambda: str(maker.number()),
    }
    return scalars.get(kind.name, maker.text)()


async def _looked(seed: int, wild: float) -> None:
    with tempfile.TemporaryDirectory() as folder, accidents() as told:
        after = await look(session(Path(folder), Answering(seed, wild)))
    assert told == []
    assert len(after.verdicts) == 24
    for item, assessment in after.verdicts.items():
        finding = assessment.finding
        assert "own check" not in finding.summary, f"{item}: {finding.summary}"
        assert finding.status is not Status.UNKNOWN or finding.unseen
        for where, text in words(finding):
            assert not CONTROL.search(text), f"{item}, {where}: {text!r}"
    assert "app" not in after.unseen or not any(
        a.finding.status in DECIDED for i, a in after.verdicts.items() if i == "exposure"
    )


def _look(given: tuple[int, float]) -> None:
    asyncio.run(_looked(*given))


PROPERTIES = (
    Property(
        "a look over any answers ends with every verdict",
        st.tuples(st.integers(0, 2**32), st.sampled_from([0.0, 0.02, 0.2])),
        _look,
        0.5,
    ),
)
