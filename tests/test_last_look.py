"""What was seen last is kept without values, found again only as itself, and told apart."""

import json
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from flytui.assessment import Assessment
from flytui.facts.fact import Unseen
from flytui.finding import Evidence, Finding, Resource, Status, unknown
from flytui.last_look import LastLook, differences, look
from flytui.memory import FILES, Forgotten, Memory
from tests.fakes import NOON
from tests.report.builders import CHECKLIST

WHOSE = ("shop", "acme")
ITEM = CHECKLIST["exposure"]
API = "https://api.fly.io"


def found(status: Status = Status.ACTION, *things: Resource, **evidence: str) -> Finding:
    seen = tuple(Evidence(label, value, "GraphQL") for label, value in evidence.items())
    return Finding(status, f"It is {status}.", seen, things)


def address(id_: str, status: Status = Status.ACTION) -> Resource:
    return Resource("address", id_, status, f"{id_} is public.")


def known(finding: Finding, **changes: object) -> Assessment:
    base = Assessment(ITEM, finding, at=NOON)
    return replace(base, **changes)  # type: ignore[arg-type]  # a builder takes any of its fields


def kept(*assessments: Assessment, former: LastLook | None = None) -> LastLook:
    return look(former, assessments, WHOSE, NOON)


def memory(folder: Path, api: str = API, app: str = "shop") -> Memory:
    return Memory(folder, api, app)


def since(then: Finding, now: Finding) -> tuple[str, ...]:
    return differences(kept(known(then)).items[ITEM.id], known(now))


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        (found(), found(), ()),
        (found(), found(Status.OK), ("it was Action, is OK",)),
        (found(), found(Status.ACTION, address("192.0.2.1")), ("192.0.2.1 was added",)),
        (found(Status.ACTION, address("192.0.2.1")), found(), ("192.0.2.1 is gone",)),
        (
            found(Status.ACTION, address("192.0.2.1")),
            found(Status.ACTION, address("192.0.2.1", Status.OK)),
            ("192.0.2.1 was Action, is OK",),
        ),
        (found(port="8080"), found(port="3000"), ("port is now 3000",)),
        (found(port="8080"), found(), ("port is no longer known",)),
        (found(), found(port="80"), ("port was not known then",)),
        (found(), unknown(Unseen("No.", "Yes.")), ()),
        (found(port="1"), replace(found(), hidden=("machines",)), ()),
    ],
)
def test_what_changed_is_told_in_words(then: Finding, now: Finding, told: tuple[str, ...]) -> None:
    assert since(then, now) == told


def test_a_resource_that_came_or_went_is_told_once() -> None:
    labelled = Evidence("192.0.2.1", "dedicated", "GraphQL")
    then = replace(found(Status.ACTION, address("192.0.2.1")), evidence=(labelled,))
    assert since(then, found()) == ("192.0.2.1 is gone",)


def test_what_moves_by_itself_is_no_change() -> None:
    older = Evidence("age", "3 days", "GraphQL", moves=True)
    assert since(replace(found(), evidence=(older,)), found()) == ()


def test_an_item_that_cannot_be_seen_stays_as_it_was_seen_before() -> None:
    former = kept(known(found()))
    for blind in (
        known(unknown(Unseen("No.", "Yes."))),
        known(found(Status.OK), outdated=Unseen("", "")),
    ):
        assert kept(blind, former=former).items == former.items


def test_what_is_kept_comes_back_as_it_was(tmp_path: Path) -> None:
    look_ = kept(known(found(Status.ACTION, address("192.0.2.1"), port="8080")))
    memory(tmp_path).keep(look_)
    assert memory(tmp_path).last("acme") == look_
    assert memory(tmp_path).last(None) == look_


def test_nothing_of_a_value_and_no_token_is_written(tmp_path: Path) -> None:
    evident = found(Status.ACTION, address("fo1_secrettoken"), SUBJECT="hunter2-value")
    memory(tmp_path).keep(kept(known(replace(evident, summary="Uses fm2_secrettoken== here."))))
    written = next(tmp_path.rglob("*.json"))
    assert "hunter2" not in written.read_text()
    assert "secrettoken" not in written.read_text()
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert stat.S_IMODE(written.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "other",
    [
        lambda folder: memory(folder, "http://127.0.0.1:8080").last("acme"),
        lambda folder: memory(folder).last("hooli"),
        lambda folder: memory(folder, app="shop-staging").last("acme"),
        lambda folder: memory(folder, app="../acme/shop").last("acme"),
    ],
)
def test_only_the_same_app_of_the_same_owner_and_api_is_remembered(
    tmp_path: Path, other: Callable[[Path], LastLook | None]
) -> None:
    memory(tmp_path).keep(kept(known(found())))
    assert other(tmp_path) is None


def spoiled(**changes: object) -> str:
    return json.dumps({"version": 1, "app": "shop", "organization": "acme"} | changes)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[" * 100_000,
        "[]",
        "null",
        spoiled(version=2),
        spoiled(at="yesterday", items=[]),
        spoiled(at="2026-03-12T12:00:00", items=[]),
        spoiled(at=NOON.isoformat(), items=[{"item": "exposure"}]),
        spoiled(at=NOON.isoformat(), items={"a": 1}),
        spoiled(at=NOON.isoformat(), app="other", items=[]),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_one_sentence(tmp_path: Path, text: str) -> None:
    memory(tmp_path).keep(kept(known(found())))
    path = next(tmp_path.rglob("*.json"))
    path.write_text(text)
    with pytest.raises(Forgotten, match="What was seen last is ignored"):
        memory(tmp_path).last("acme")
    memory(tmp_path).keep(kept(known(found())))
    assert memory(tmp_path).last("acme") is not None


def test_a_link_or_a_pipe_is_not_followed(tmp_path: Path) -> None:
    memory(tmp_path).keep(kept(known(found())))
    path = next(tmp_path.rglob("*.json"))
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Forgotten):
        memory(tmp_path).last("acme")


def test_those_looked_at_longest_ago_go_first(tmp_path: Path) -> None:
    folder = tmp_path / "api.fly.io" / "acme"
    folder.mkdir(parents=True)
    for n in range(FILES):
        (folder / f"app-{n}.json").write_text("{}")
        os.utime(folder / f"app-{n}.json", (n, n))
    memory(tmp_path).keep(kept(known(found())))
    left = {path.name for path in folder.iterdir()}
    assert len(left) == FILES
    assert "app-0.json" not in left
    assert "shop.json" in left


def test_more_resources_than_anybody_reads_are_not_kept_nor_missed(tmp_path: Path) -> None:
    many = found(Status.ACTION, *(address(f"a{n:04}") for n in range(5_000)))
    look_ = kept(known(many))
    memory(tmp_path).keep(look_)
    assert next(tmp_path.rglob("*.json")).stat().st_size < 100_000
    assert since(many, many) == ()
