"""Values of any of our types, likely and unlikely ones: models, dataclasses, and what they hold."""

import dataclasses
import random
import string
import types
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from pydantic import AliasChoices, AliasPath, BaseModel

from flytui.fly import models
from flytui.settings.declared import Thresholds
from flytui.text import unbroken

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
LIKELY = str.split(
    "storefront acme default app web worker started stopped suspended failed created"
    " replacing ok unreachable ams fra syd iad tcp udp http tls pg_tls off stop suspend shared"
    " performance complete Ready shared_v4 private_v6 v4 v6 203.0.113.7 fdaa:0:1::2"
    " 2001:db8::1 rolling ADMIN MEMBER SHARED PERSONAL postgres_cluster DATABASE_URL"
    " SENTRY_DSN FLY_API_TOKEN API_KEY sk_live_x shop.example.com *.example.com example.com"
    " deploy deploy.yml main fly.toml package.json 512mb shared-cpu-1x javascript @arcjet/next"
    " @sentry/node requests connections stop_machine high fly_app_console fly_platform_version"
    " fly_process_group fly_release_version v2 7 daily superfly/fly-log-shipper:latest"
    " flyio/fly-autoscaler:0.3 library/redis org read_organization STANDARD REQUIRED ORG"
    " DISABLED https://k@sentry.io/1 ana@example.com up throttle balance oom busy steal"
    " free_memory concurrency memory cpu instance flytui region running succeeded full"
)
HOSTILE = (
    "", " ", "-rf", "--org", "../../x", "/etc", "[/etc]", "[@click=app.quit]x[/]", "$(id)", "a\nb",
    "\x1b[31mred", "\x1b]0;t\x07", "\x9b31m", "\u202eleft", "\u2028", "\x00", "٣", "漢字", "é",
    "x" * 300, "{hostname}", "%s", "a'b\"c", "a;b", "`x`", "🎈", "\u061c", "1e999", "nan", "\x7f",
)  # fmt: skip
NUMBERS = (0, 1, 2, 3, 5, 20, 80, 443, 256, 512, 2048, 5432, 8080, -1, 2**31, 2**63, 10**30)
FLOATS = (0.0, 0.5, 1.0, 1.94, 57.0, -1.0, 90.0, 180.0, 1e308, 1e-300, -0.0)


class Maker:
    """Makes values by chance; the same chance makes the same values."""

    def __init__(self, chance: random.Random, *, wild: float = 0.08) -> None:
        self.chance = chance
        self._wild = wild
        """How often a value is an unlikely one."""

    def of(self, kind: Any, depth: int = 0) -> Any:
        """A value of the type."""
        origin, inner = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self.of(inner[0], depth)
        if origin in {Union, types.UnionType}:
            likely = [i for i in inner if i is not type(None)]
            chosen = likely if len(likely) == len(inner) or self.chance.random() > 0.3 else [None]
            return self.of(self.chance.choice(chosen), depth)
        if origin is Literal:
            return self.chance.choice(inner)
        if origin in {tuple, list, frozenset, set}:
            return self._several(origin, inner, depth)
        if origin is dict:
            number = self.chance.choice((0, 1, 2, 4))
            return {self.of(inner[0]): self.of(inner[1], depth + 1) for _ in range(number)}
        return self._plain(kind, depth)

    def _several(self, origin: Any, inner: Sequence[Any], depth: int) -> Any:
        if origin is tuple and (len(inner) != 2 or inner[1] is not ...):
            return tuple(self.of(each, depth + 1) for each in inner)
        most = (0, 1, 1, 2, 3) if depth < 4 else (0, 1)
        return origin(self.of(inner[0], depth + 1) for _ in range(self.chance.choice(most)))

    def _plain(self, kind: Any, depth: int) -> Any:
        simple: dict[Any, Callable[[], Any]] = {
            None: lambda: None,
            type(None): lambda: None,
            str: self.text,
            bool: lambda: self.chance.random() < 0.5,
            int: self.number,
            float: self.real,
            bytes: lambda: self.chance.randbytes(self.chance.randint(0, 8)),
            datetime: self.time,
            date: lambda: self.time().date(),
            Path: lambda: Path("/checkout"),
            Any: lambda: self.json(depth),
            object: lambda: self.json(depth),
        }
        if kind in simple:
            return simple[kind]()
        if issubclass(kind, Enum):
            return self.chance.choice([*kind])
        if issubclass(kind, BaseModel):
            return self.model(kind, depth)
        return self._dataclass(kind, depth)

    def model(self, kind: type[BaseModel], depth: int = 0) -> Any:
        return kind.model_validate(self.fields(kind, depth))

    def fields(self, kind: type[BaseModel], depth: int = 0) -> dict[str, Any]:
        """What a model is read from: a field that need not be there is at times missing."""
        given: dict[str, Any] = {}
        for name, known in kind.model_fields.items():
            if known.is_required() or self.chance.random() < 0.7:
                alias = known.validation_alias or known.alias or name
                value = self.of(known.annotation, depth + 1)
                _put(given, alias.choices[0] if isinstance(alias, AliasChoices) else alias, value)
        return given

    def _dataclass(self, kind: Any, depth: int) -> Any:
        if kind is Thresholds:
            return Thresholds()
        hints = hints_of(kind)
        given = {
            each.name: harmless(self.of(hints[each.name], depth + 1))
            for each in dataclasses.fields(kind)
            if each.init
        }
        return kind(**given)

    def text(self) -> str:
        if self.chance.random() > self._wild:
            return self.chance.choice(LIKELY)
        if self.chance.random() < 0.7:
            return self.chance.choice(HOSTILE)
        letters = string.printable + "\x1b\x9b\u202e漢\u0301"
        return "".join(self.chance.choices(letters, k=self.chance.randint(0, 12)))

    def number(self) -> int:
        wild = self.chance.random() < self._wild
        return self.chance.choice(NUMBERS if wild else NUMBERS[:13])

    def real(self) -> float:
        return self.chance.choice(FLOATS if self.chance.random() < self._wild else FLOATS[:5])

    def time(self) -> datetime:
        if self.chance.random() < self._wild:
            odd = timezone(timedelta(hours=self.chance.choice((-23, 23))))
            ends = datetime.min.replace(tzinfo=odd), datetime.max.replace(tzinfo=odd)
            return self.chance.choice(ends)
        return NOW + timedelta(hours=self.chance.randint(-24 * 400, 24 * 400))

    def json(self, depth: int = 0) -> Any:
        """Anything JSON can say."""
        kinds: list[Callable[[], Any]] = [
            self.text, self.number, self.real, lambda: None, lambda: True,
        ]  # fmt: skip
        if depth < 4:
            kinds += [
                lambda: [self.json(depth + 1) for _ in range(self.chance.randint(0, 3))],
                lambda: {
                    self.text(): self.json(depth + 1) for _ in range(self.chance.randint(0, 3))
                },
            ]
        return self.chance.choice(kinds)()


def _put(given: dict[str, Any], alias: str | AliasPath, value: Any) -> None:
    """The value under its name, or at the end of a path of names."""
    *before, last = alias.path if isinstance(alias, AliasPath) else [alias]
    for key in before:
        given = given.setdefault(str(key), {})
    given[str(last)] = value


@cache
def hints_of(kind: Any) -> dict[str, Any]:
    """The types that a class or a function names; models may be known to the type checker alone."""
    try:
        return get_type_hints(kind)
    except NameError:
        places = (models.people, models.postgres)
        apart = {name: value for place in places for name, value in vars(place).items()}
        return get_type_hints(kind, localns=apart | {n: getattr(models, n) for n in models.__all__})


def harmless(value: Any) -> Any:
    """Text in our own dataclasses has been made harmless before it got there."""
    if isinstance(value, str):
        return type(value)(unbroken(value))
    if isinstance(value, tuple | frozenset):
        return type(value)(harmless(each) for each in value)
    return value


def makers(wild: float = 0.08) -> st.SearchStrategy[Maker]:
    """A maker for every seed."""
    return st.integers(0, 2**64 - 1).map(lambda seed: Maker(random.Random(seed), wild=wild))


def values(kind: Any, wild: float = 0.08) -> st.SearchStrategy[Any]:
    """Values of one of our types."""
    return makers(wild).map(lambda maker: maker.of(kind))
