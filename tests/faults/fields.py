"""Every field of every answer, left out one by one: `python -m tests.faults.fields [NAME…]`.

For each scenario (all if none is named) it asks Fly.io's simulator as a look does, then looks again
without one field, in each place where the field stands, and prints every item that was not settled
by what was seen and is so without the field. Exits 1 if there is one that `TELLING` does not name.
`test_fields` tries a few of them, this tries them all.
"""

import asyncio
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from flytui.checklist import load as checklist
from flytui.demo.scenario import load, names
from flytui.finding import Status
from flytui.opening import Surroundings, open_session
from flytui.settings import Flags, resolve
from tests.faults.looking import DECIDED, hurried
from tests.faults.spoiling import Remembering, routes
from tests.simulated import Simulated, found

NOW = datetime(2026, 3, 12, 10, 30, tzinfo=UTC)
Keys = tuple[str, ...]
Field = tuple[str, Keys]
"""A route, and the keys that lead to the field; an item of a list counts as its list does."""
TELLING: dict[Keys, str] = {
    ("config", "services"): "the Machines API leaves empty lists out: no services",
    ("config", "services", "ports"): "as above: a service without ports",
    ("config", "services", "ports", "handlers"): "as above: a port that passes bytes on",
    ("config", "metadata", "fly_process_group"): "Machines of `fly machine run` have none",
}
"""What Fly.io leaves out on purpose, so that its absence is an answer, with what that says."""


def fields(route: str, value: Any, above: Keys = ()) -> Iterator[Field]:
    """Every field within the answer, each once however many objects have it."""
    if isinstance(value, list):
        for inner in value:
            yield from fields(route, inner, above)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield route, (*above, key)
            yield from fields(route, inner, (*above, key))


def without(value: Any, path: Keys) -> Any:
    """The answer with that field in none of its objects."""
    if isinstance(value, list):
        return [without(inner, path) for inner in value]
    if not isinstance(value, dict):
        return value
    head, *rest = path
    if not rest:
        return {key: inner for key, inner in value.items() if key != head}
    return {k: without(v, tuple(rest)) if k == head else v for k, v in value.items()}


def parts(request: httpx.Request, body: Any) -> Iterator[tuple[str, Keys, Any]]:
    """Each route of the answer with where its part stands, and the part."""
    for route, key in routes(request).items():
        above = ("data", key) if key else ()
        inner = body
        for name in above:
            inner = inner.get(name) if isinstance(inner, dict) else None
        yield route, above, inner


class Dropping(httpx.AsyncBaseTransport):
    """Answers as the inner transport does, without one field; notes which fields there are."""

    def __init__(self, inner: httpx.AsyncBaseTransport, field: Field | None = None) -> None:
        self._inner = inner
        self._field = field
        self.fields: dict[Field, None] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self._inner.handle_async_request(request)
        content = await answer.aread()
        try:
            body = json.loads(content)
        except ValueError:
            return answer
        for route, above, part in parts(request, body):
            self.fields.update(dict.fromkeys(fields(route, part)))
            if self._field and self._field[0] == route:
                body = without(body, (*above, *self._field[1]))
        return httpx.Response(answer.status_code, json=body, request=request)


class Scene:
    """A scenario that is looked at many times; nothing in it changes meanwhile."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._demo = Simulated(load(name, clock=lambda: NOW), folder)
        self._honest = Remembering(self._demo.transport)

    async def look(self, field: Field | None = None) -> tuple[dict[str, Status], list[Field]]:
        """The verdicts without that field, and the fields that were answered."""
        transport = Dropping(self._honest, field)
        folder = self._demo.folder
        around = Surroundings(
            environ=self._demo.environ,
            checkout=folder / "checkout",
            data=folder / "data",
            state=folder / "state",
            transport=transport,
            clocks=hurried(),
            now=lambda: NOW,
            plugins=False,
        )
        settings = resolve(Flags(app=self._demo.scenario.app), self._demo.environ, folder)
        session = open_session(settings, checklist(), around)
        try:
            verdicts = await found(session)
        finally:
            await session.close()
        return {i: a.finding.status for i, a in verdicts.items()}, list(transport.fields)

    async def greener(self, field: Field, before: dict[str, Status]) -> list[str]:
        """The items that are settled by what is seen once the field is left out."""
        after, _ = await self.look(field)
        return [i for i, s in before.items() if s not in DECIDED and after.get(i) in DECIDED]


async def tried(name: str, folder: Path) -> int:
    """How many fields are missed by nobody though an item rests on them."""
    scene = Scene(name, folder)
    before, known = await scene.look()
    missed = 0
    for field in known:
        if items := await scene.greener(field, before):
            telling = TELLING.get(field[1])
            missed += telling is None
            why = f" ({telling})" if telling else ""
            _tell(f"{name}: {field[0]} {'.'.join(field[1])}{why}: {', '.join(items)}")
    _tell(f"{name}: {len(known)} fields, {missed} of them falsely green when left out")
    return missed


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(wanted: list[str]) -> int:
    missed = 0
    for name in wanted or names():
        with TemporaryDirectory() as folder:
            missed += asyncio.run(tried(name, Path(folder)))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
