"""No item turns green because a field was left out of an answer; `fields` tries every one."""

from pathlib import Path

import pytest

from tests.faults.fields import TELLING, Field, Scene, without

STEP = 12
"""Of so many fields one is tried here."""


@pytest.mark.parametrize("name", ["storefront", "overloaded"])
async def test_no_item_turns_green_for_want_of_a_field(name: str, tmp_path: Path) -> None:
    scene = Scene(name, tmp_path)
    before, known = await scene.look()
    assert len(known) > 200
    told: dict[Field, list[str]] = {}
    for field in known[::STEP]:
        items = await scene.greener(field, before)
        if items and field[1] not in TELLING:
            told[field] = items
    assert told == {}


async def test_a_release_that_does_not_tell_its_region_is_not_taken_for_one_that_fits(
    tmp_path: Path,
) -> None:
    scene = Scene("overloaded", tmp_path)
    before, known = await scene.look()
    field = ("GraphQL App", ("currentRelease", "configDefinition"))
    assert field in known
    assert await scene.greener(field, before) == []


async def test_what_fly_io_leaves_out_on_purpose_shows_that_fields_are_left_out(
    tmp_path: Path,
) -> None:
    scene = Scene("private-api", tmp_path)
    before, _ = await scene.look()
    route = "/v1/apps/inventory-api/machines"
    assert await scene.greener((route, ("config", "services")), before) == ["flycast"]


def test_a_field_is_left_out_wherever_it_stands_and_nothing_else_is() -> None:
    body = {"a": [{"b": 1, "c": 2}, {"b": 3}], "b": 4}
    assert without(body, ("a", "b")) == {"a": [{"c": 2}, {}], "b": 4}
