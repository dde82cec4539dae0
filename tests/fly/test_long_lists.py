"""A long list is read piece by piece: as it would be at once, with turns for others in between."""

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flytui.fly import models, parse
from flytui.fly.auth import Service
from flytui.fly.call import Call
from flytui.fly.errors import FlyError
from tests.fly.samples import machine

CALL = Call(Service.MACHINES, "http://127.0.0.1/v1/apps/a/machines", "the Machines of a")
GOOD = json.dumps([machine(id=f"{number:014x}") for number in range(3)]).encode()


@pytest.fixture(autouse=True)
def every_list_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "_LONG", 0)


def at_once(body: bytes) -> object:
    try:
        return parse.many(CALL, models.Machine, body)
    except FlyError as error:
        return str(error)


def in_pieces(body: bytes) -> object:
    async def read() -> tuple[models.Machine, ...]:
        return await parse.long(CALL, models.Machine, body)

    try:
        return asyncio.run(read())
    except FlyError as error:
        return str(error)


def spoiled(at: int, **fields: object) -> bytes:
    listed = [machine(id=f"{number:014x}") for number in range(3)]
    listed[at] |= fields
    return json.dumps(listed).encode()


@pytest.mark.parametrize(
    "body",
    [
        GOOD,
        b" \n[ ]\t",
        b"[]",
        GOOD.replace(b"}, {", b"}\n,\r\n{"),
        spoiled(0, state=3),
        spoiled(2, state=None),
        spoiled(1, created_at="yesterday"),
        b"[1, 2]",
        b"",
        b"[",
        b"[,]",
        GOOD[:-1],
        GOOD[: len(GOOD) // 2],
        GOOD[:-1] + b",]",
        GOOD + b" []",
        GOOD.replace(b"}, {", b"} {"),
        b"\xef\xbb\xbf" + GOOD,
        b"[\xff]",
        b"{}",
        b"null",
        b'{"error": "no"}',
        b"<html>",
        b"[" * 100_000,
        GOOD.replace(b'"state"', b'"\\ud800": 1, "state"'),
        GOOD.replace(b'"state"', b'"more": NaN, "state"'),
        GOOD.replace(b'"state"', b'"more": 1e999, "state"'),
        GOOD.replace(b'"state"', b"'more': 1, \"state\""),
    ],
    ids=range(27),
)
def test_what_comes_of_it_is_the_same(body: bytes) -> None:
    assert in_pieces(body) == at_once(body)


@given(st.binary(max_size=12), st.integers(0, len(GOOD)))
def test_and_of_any_damage_too(junk: bytes, place: int) -> None:
    body = GOOD[:place] + junk + GOOD[place:]
    assert in_pieces(body) == at_once(body)


@given(st.lists(st.recursive(st.none() | st.text() | st.floats(), st.lists), max_size=4))
def test_a_list_of_anything_is_refused_the_same_way(listed: list[Any]) -> None:
    body = json.dumps(listed).encode()
    assert in_pieces(body) == at_once(body)


async def test_others_have_their_turn_meanwhile() -> None:
    body = json.dumps([machine(id=f"{number:014x}") for number in range(1500)]).encode()
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    counting = asyncio.create_task(count())
    read = await parse.long(CALL, models.Machine, body)
    counting.cancel()
    assert len(read) == 1500
    assert turns > 3


async def test_a_short_list_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "_LONG", 10**6)
    monkeypatch.setattr(parse, "_elements", None)
    assert len(await parse.long(CALL, models.Machine, GOOD)) == 3
