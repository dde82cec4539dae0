from collections.abc import Iterator
from typing import Any

import pytest

from flytui.fly.errors import Unexpected
from tests.fly.test_failures import READS
from tests.fly.whole import WHOLE
from tests.fly.wire import ok, talking

Path = tuple[str | int, ...]
MAY_BE_ABSENT = {
    *("imageRef", "deploymentStrategy", "configDefinition"),
    *("image_ref", "tag", "labels", "config", "env", "metadata", "guest", "services", "autostop"),
    *("ports", "port", "handlers", "checks", "events", "region"),
}
"""Release: null for an app that was never deployed. Machines API: empty values are left out."""
NEEDED_NEVERTHELESS = {("machines", (0, "region")), ("machines", (0, "config"))}


def fields(value: object, here: Path = ()) -> Iterator[Path]:
    """Where every field of a nested answer stands."""
    steps: Iterator[tuple[str | int, object]] = iter(())
    if isinstance(value, dict):
        yield from ((*here, key) for key in value)
        steps = ((key, inner) for key, inner in value.items() if key != "configDefinition")
    elif isinstance(value, list):
        steps = iter(enumerate(value))
    for key, inner in steps:
        yield from fields(inner, (*here, key))


def spoiled(value: Any, path: Path, *, to: object = None, drop: bool = False) -> Any:
    """A copy of the answer with another value at the path, or none."""
    if not path:
        return to
    head, rest = path[0], path[1:]
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    last = drop and not rest
    kept = {
        key: spoiled(inner, rest, to=to, drop=drop) if key == head else inner
        for key, inner in steps
        if not (last and key == head)
    }
    return kept if isinstance(value, dict) else list(kept.values())


ALL = [
    (name, path)
    for name, answer in WHOLE.items()
    for path in fields(answer)
    # Asked for only to notice a list cut short, which has a test of its own.
    if "issued" not in path or "pageInfo" not in path
]
NEEDED = [
    (name, path)
    for name, path in ALL
    if (name, path) in NEEDED_NEVERTHELESS
    or (path[-1] not in MAY_BE_ABSENT and path[-2:-1] != ("metric",))
]


def _id(value: object) -> str:
    return ".".join(map(str, value)) if isinstance(value, tuple) else str(value)


def test_every_read_has_a_whole_answer() -> None:
    assert WHOLE.keys() == READS.keys()


@pytest.mark.parametrize("name", WHOLE)
async def test_a_whole_answer_is_read(name: str) -> None:
    async with talking(ok(WHOLE[name])) as (fly, _):
        assert await READS[name](fly)


@pytest.mark.parametrize(("name", "path"), NEEDED, ids=_id)
async def test_a_field_we_need_may_not_be_missing(name: str, path: Path) -> None:
    async with talking(ok(spoiled(WHOLE[name], path, drop=True))) as (fly, _):
        with pytest.raises(Unexpected) as unexpected:
            await READS[name](fly)
    assert str(path[-1]) in unexpected.value.cause


@pytest.mark.parametrize(("name", "path"), ALL, ids=_id)
async def test_a_field_of_another_type_is_never_taken_for_an_answer(name: str, path: Path) -> None:
    async with talking(ok(spoiled(WHOLE[name], path, to=[[]]))) as (fly, _):
        with pytest.raises(Unexpected):
            await READS[name](fly)
