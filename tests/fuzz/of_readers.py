"""Whatever stands in a file or an answer, its reader gives a value or its own error."""

import base64
import json
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import msgpack
import tomli_w
from hypothesis import strategies as st

from flytui.checklist import Checklist
from flytui.checklist import load as checklist
from flytui.fly import models, parse, prometheus
from flytui.fly.auth import Service, Tokens
from flytui.fly.call import Call, Urls
from flytui.fly.claims import claims
from flytui.fly.credentials import Credentials
from flytui.fly.errors import FlyError
from flytui.fly.http import Clocks, Http
from flytui.fly.models.base import Model
from flytui.repo.parsing import Unreadable, from_json, from_toml, from_yaml
from flytui.repo.reading import read
from flytui.review import Decision, Review
from flytui.review_file import ReviewFileError, to_toml
from flytui.review_file import from_toml as review_of
from flytui.settings import SettingsError
from flytui.settings.declared import preferences
from flytui.team import with_team
from flytui.text import one_line, plain, unbroken
from tests.fuzz.making import HOSTILE, Maker, makers
from tests.fuzz.of_checks import CONTROL, fit_to_show
from tests.fuzz.property import Property

CALL = Call(Service.MACHINES, "https://api.machines.dev/v1/x", "the Machines of storefront")
TEXTS = st.text(max_size=80) | st.sampled_from(HOSTILE)
_SIGNS = str.split("[ ] [[ ]] = . , { } \" ' \"\"\" ''' # : - & * | > ! % @ ~ true null 1 1e9 0x")
_GAPS = ("\n", "\n  ", " ", "\t", "\ufeff", "\x00")
_NAMES = ("item", "apps", "note", "schema", "on", "jobs", "steps", "run", "fly deploy", "services")
_ODD = ("2026-01-01T00:00:00Z", "9" * 5000, "\\ud800")
TOKENS = st.lists(st.sampled_from((*_SIGNS, *_GAPS, *_NAMES, *_ODD)), max_size=30).map("".join)
"""Text in which the signs of TOML, YAML and JSON are likely."""


def _neutral(text: str) -> None:
    shown = plain(text)
    assert not CONTROL.search(shown.replace("\n", "").replace("\t", "")), repr(shown)
    shown.encode()
    assert plain(shown) == shown
    assert not CONTROL.search(unbroken(text))
    assert not CONTROL.search(one_line(text))
    assert len(one_line(text, 20)) <= 20


@cache
def _models() -> tuple[type[Model], ...]:
    found = (getattr(models, name) for name in models.__all__)
    return tuple(one for one in found if isinstance(one, type) and issubclass(one, Model))


def _mutated(maker: Maker) -> bytes:
    """JSON that is nearly a model's, or nearly JSON."""
    kind = maker.chance.choice(_models())
    fields = maker.fields(kind)
    for key in [*fields]:
        if maker.chance.random() < 0.2:
            fields[key] = maker.json()
    body = json.dumps([fields, maker.json()], default=str).encode()
    if maker.chance.random() < 0.3:
        cut = maker.chance.randint(0, len(body))
        body = body[:cut] + maker.chance.randbytes(2) + body[cut + 1 :]
    return body


def _answers(maker: Maker) -> None:
    body = _mutated(maker)
    readers: list[Callable[[], Any]] = [
        lambda: parse.one(CALL, maker.chance.choice(_models()), body),
        lambda: parse.many(CALL, maker.chance.choice(_models()), body),
        lambda: parse.tree(CALL, body),
        lambda: prometheus.samples(CALL, body),
        lambda: prometheus.names(CALL, body),
        lambda: prometheus.tracks(CALL, body),
    ]
    for reader in readers:
        try:
            reader()
        except FlyError as error:
            fit_to_show(error.cause)


def _measured(maker: Maker) -> None:
    """What Prometheus says of a vector and of a matrix, with odd numbers."""
    value = [maker.json(9), maker.chance.choice(("1", "NaN", "+Inf", "x", "1e999", "", "٣", 7))]
    one = {"metric": {maker.text(): maker.text()}, "value": value, "values": [value, value]}
    for kind in ("vector", "matrix", maker.text()):
        body = json.dumps({"status": "success", "data": {"resultType": kind, "result": [one]}})
        for reader in (prometheus.samples, prometheus.tracks):
            try:
                reader(CALL, body.encode())
            except FlyError as error:
                fit_to_show(error.cause)


def _token(given: tuple[Any, bytes, str]) -> None:
    wire, raw, text = given
    packed = base64.b64encode(msgpack.packb(wire)).decode()
    for token in (f"fm2_{packed}", f"fm2_{base64.b64encode(raw).decode()}", text, f"fo1_{text}"):
        tokens = Tokens.parse(token)
        claims(tokens)
        assert tokens.expires is None or tokens.expires.tzinfo
        repr(tokens)


_PACKED = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.binary(max_size=4)
    | st.sampled_from([2**40, "https://api.fly.io/v1", "https://auth.fly.io"]) | st.floats(),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=8,
)  # fmt: skip
_CAVEATS = st.lists(
    st.tuples(st.sampled_from([0, 2, 3, 4, 11, 13, 23, 99]), _PACKED | st.lists(_PACKED)),
    max_size=4,
).map(lambda pairs: [each for pair in pairs for each in pair])
_WIRES = st.tuples(
    st.tuples(st.binary(max_size=4) | _PACKED, _PACKED),
    st.sampled_from(["https://api.fly.io/v1", "https://auth.fly.io"]) | _PACKED,
    _CAVEATS | _PACKED,
    st.binary(max_size=4),
).map(list)


def _retry_after(value: str) -> None:
    http = Http(Credentials(Tokens((), ()), Clocks().now), Urls(), Clocks(), _Nobody())
    sent = value.encode("utf-8", "ignore").replace(b"\n", b"").replace(b"\r", b"")
    response = httpx.Response(429, headers=[(b"Retry-After", sent)])
    wait = http._wait(response)
    assert wait is None or wait >= 0


class _Nobody(httpx.AsyncBaseTransport):
    """Is never asked."""


_DATES = st.builds(
    "{}, {} {} {} {}:{}:{} {}".format,
    st.sampled_from(["Mon", "Xxx", ""]),
    st.integers(-1, 40),
    st.sampled_from(["Jan", "Foo", "12"]),
    st.integers(-1, 99999),
    st.integers(-1, 99),
    st.integers(-1, 99),
    st.integers(-1, 99),
    st.sampled_from(["GMT", "+2359", "-9999", "+99999999999", "EST", ""]),
)


def _names_file(told: str, name: str) -> None:
    assert name in told
    fit_to_show(told)


def _review(text: str) -> None:
    try:
        found = review_of(text, "reviews/exposure.toml", "exposure")
    except ReviewFileError as error:
        _names_file(str(error), "reviews/exposure.toml")
    else:
        assert found.item == "exposure"


def _review_table(maker: Maker) -> None:
    """A table that is nearly a review's."""
    whole = to_toml(_a_review("Agreed."))
    table: dict[str, Any] = from_toml(whole)
    for key in [*table]:
        if maker.chance.random() < 0.2:
            table[key] = maker.chance.choice((maker.text(), maker.number(), maker.time(), [], {}))
    if maker.chance.random() < 0.3:
        table[maker.text()] = maker.text()
    _review(tomli_w.dumps(table))


def _a_review(note: str, by: str = "Ana", basis: tuple[str, ...] = ("2 addresses",)) -> Review:
    at = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
    return Review("exposure", Decision.REVIEWED, note, by, at, None, basis)


def _kept(given: tuple[str, str, list[str]]) -> None:
    note, by, lines = given
    by = one_line(by) or "Ana"
    review = _a_review(note, by, tuple(unbroken(line) for line in lines) or ("seen",))
    again = review_of(to_toml(review), "reviews/exposure.toml", "exposure")
    assert again.note == plain(note)
    assert again.by == by
    assert again.basis == review.basis


def _formats(text: str) -> None:
    for reader in (from_toml, from_json, from_yaml):
        try:
            reader(text)
        except Unreadable as error:
            fit_to_show(error.problem)


def _checkout(given: tuple[str, str]) -> None:
    name, text = given
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        read(Path(folder))


@cache
def samples() -> tuple[tuple[str, str], ...]:
    """(name, text) of the files in the demo's checkouts and of our own workflows."""
    from flytui.demo.scenario import load, names, write_checkout  # noqa: PLC0415 (reads them all)

    found: dict[tuple[str, str], None] = {}
    for scenario in names():
        with tempfile.TemporaryDirectory() as folder:
            write_checkout(load(scenario), Path(folder))
            for file in sorted(Path(folder).rglob("*")):
                if file.suffix in {".toml", ".yml", ".yaml", ".json"}:
                    name = str(file.relative_to(folder))
                    found[name, file.read_text(encoding="utf-8")] = None
    return tuple(found)


@st.composite
def _mutants(draw: st.DrawFn) -> tuple[str, str]:
    """A sample with pieces cut out, doubled, or replaced."""
    name, text = draw(st.sampled_from(samples()))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        put = draw(
            st.sampled_from(["", text[start:end] * 2, "[", '"', "\n", "&a *a", "${{", *HOSTILE])
        )
        text = text[:start] + put + text[end:]
    return name, text


def _declared(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / ".flytui").mkdir()
        for name in ("config.toml", "checklist.toml"):
            (root / ".flytui" / name).write_bytes(text.encode("utf-8", "surrogatepass"))
        for reader in (lambda: with_team(_own(), root), lambda: preferences("storefront", root)):
            try:
                reader()
            except SettingsError as error:
                _names_file(error.cause, ".flytui")


def _declared_table(maker: Maker) -> None:
    thresholds = {
        maker.chance.choice(("backup_hours", "drill_days", "busy_share", "x")): maker.json(9)
    }
    item = {"id": "team/runbook", "title": maker.text(), "look_at": [maker.text()]}
    link = {"title": maker.text(), "url": maker.chance.choice(("https://x.example", maker.text()))}
    given = (
        {"thresholds": thresholds, "apps": {maker.text(): {"private": maker.json(9)}}},
        {"policy": {"longest_days": {"reviewed": maker.number()}, "never_waive": [maker.text()]}},
        {"item": [item | {"links": [link]}], "title": maker.text()},
        {"item": [item | {maker.text(): maker.number()}]},
    )
    _declared(tomli_w.dumps(_without_null(maker.chance.choice(given))))


def _without_null(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_null(v) for k, v in value.items() if v is not None}
    return [_without_null(v) for v in value if v is not None] if isinstance(value, list) else value


@cache
def _own() -> Checklist:
    return checklist()


_NOTES = st.text(max_size=200) | st.sampled_from(HOSTILE) | st.just("ü\n" * 20_000)
_MIXED = st.text(
    st.characters(codec=None) | st.sampled_from("\x1b[];\x07\x9b\\\u202e\r\n"), max_size=40
)

PROPERTIES = (
    Property("neutral text holds no control character", TEXTS | _MIXED, _neutral, 4),
    Property("an answer is a value or a FlyError", makers(0.3), _answers, 2),
    Property("measurements are numbers or a FlyError", makers(0.3), _measured),
    Property("any token can be looked at", st.tuples(_WIRES, st.binary(), st.text()), _token, 2),
    Property("any Retry-After is a time or none", TEXTS | _DATES, _retry_after),
    Property("a review's file is a review or a ReviewFileError", TOKENS | TEXTS, _review, 2),
    Property("nearly a review is a review or a ReviewFileError", makers(0.5), _review_table),
    Property("a note is kept as it was typed",
             st.tuples(_NOTES, TEXTS, st.lists(TEXTS, max_size=3)), _kept),
    Property("any text is TOML, JSON, YAML or Unreadable", TOKENS | TEXTS, _formats, 2),
    Property("any change of a known file can be read", _mutants(), _checkout),
    Property("the team's files are read or a SettingsError", TOKENS | TEXTS, _declared),
    Property("nearly a team's file is read or a SettingsError", makers(0.4), _declared_table),
)  # fmt: skip
