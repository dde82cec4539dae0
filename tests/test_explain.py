"""Each item explained from the code that decides it; what is generated is current."""

import io
import re
from contextlib import suppress
from dataclasses import replace
from itertools import product
from pathlib import Path

import httpx
import pytest

from flytui import checklist
from flytui.additions import in_force
from flytui.demo.scenario import names
from flytui.exit_code import ExitCode
from flytui.explain import Explanation
from flytui.explain import explain as explained
from flytui.explain_command import explain
from flytui.facts.fact import Fact, Needs
from flytui.fly.errors import FlyError
from flytui.headless import Streams
from flytui.settings import Thresholds
from tests.docs import PAGE, REMEDIES, page, remedies
from tests.simulated import simulated

ITEMS = [item.id for item in checklist.load()]
STALE = "run `make docs` and look at the difference"


def told(item: str | None, folder: Path) -> tuple[int, str, str]:
    """The exit code, and what was written."""
    streams = Streams(io.StringIO(), io.StringIO())
    code = explain(item, folder, streams, plugins=False)
    assert isinstance(streams.out, io.StringIO)
    assert isinstance(streams.err, io.StringIO)
    return code, streams.out.getvalue(), streams.err.getvalue()


def explanations() -> dict[str, Explanation]:
    everything = in_force(checklist.load(), Path(), with_plugins=False)
    return {one.item.id: one for one in explained(everything, Thresholds())}


def facts() -> list[Fact[object]]:
    found = {s.fact.name: s.fact for one in explanations().values() for s in one.sources}
    return [found[name] for name in sorted(found)]


@pytest.mark.parametrize("item", ITEMS)
def test_an_item_tells_its_rule_its_facts_and_its_links(item: str, tmp_path: Path) -> None:
    code, out, err = told(item, tmp_path)
    assert (code, err) == (ExitCode.DONE, "")
    one = explanations()[item]
    assert len(one.rule) > 40
    words = " ".join(out.split())
    assert all(source.fact.source in words for source in one.sources)
    assert all(link.url in out for link in one.item.links)
    assert all(len(line) <= 106 or " " not in line.strip() for line in out.splitlines()), out


def test_without_an_item_all_are_listed(tmp_path: Path) -> None:
    _, out, _ = told(None, tmp_path)
    assert [line.split()[0] for line in out.splitlines()[:24]] == ITEMS


def test_a_slip_is_answered_with_the_nearest_item(tmp_path: Path) -> None:
    code, out, err = told("exposur", tmp_path)
    assert (code, out) == (ExitCode.USAGE, "")
    assert "Did you mean exposure?" in err


def test_thresholds_are_those_the_check_reads_with_the_values_in_force(tmp_path: Path) -> None:
    read = {one.item.id: {t.name for t in one.thresholds} for one in explanations().values()}
    assert "certificate_action_days" in read["custom-domain"]
    assert "far_region_km" in read["add-regions"]
    assert "certificate_action_days" not in read["add-regions"]
    (tmp_path / ".flytui").mkdir()
    (tmp_path / ".flytui" / "config.toml").write_text("[thresholds]\nfar_region_km = 500\n")
    assert (
        "far_region_km = 500 (set here; flytui's own is 3000)" in told("add-regions", tmp_path)[1]
    )


def test_a_threshold_is_read_only_by_checks_that_are_given_the_preferences() -> None:
    for one in explanations().values():
        assert not one.thresholds or any(s.fact.name == "preferences" for s in one.sources)


def test_every_item_for_a_person_offers_something_to_look_at() -> None:
    assert not [one.item.id for one in explanations().values() if one.manual and not one.offers]


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: fact.name)
async def test_a_fact_sends_the_query_it_says(
    fact: Fact[object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Fetched alone from the simulator; in some scenario it asks what it declares."""
    asked = 0
    for name, token in product(names(), ("", "fo1_simulator")):
        requests = await _sent(fact, name, token, tmp_path_factory.mktemp("session"))
        asked += len(requests)
        if _as_declared(fact, requests):
            return
    assert fact.name in SELDOM, f"{fact.name}: {asked} requests, none of them its own"


SELDOM = {"unmanaged"}
"""Facts that no scenario leads to."""


def _as_declared(fact: Fact[object], requests: list[httpx.Request]) -> bool:
    if fact.needs is Needs.NOTHING:
        return not requests
    if not fact.query:
        return any(request.url.path != "/graphql" for request in requests)
    name = fact.query.split()[1].partition("(")[0]
    # Alone it goes by its name, among others by an alias that begins with it.
    form = re.compile(rf"query {name}\b|\b{name}_\d+: ")
    return any(form.search(request.content.decode()) for request in requests)


async def _sent(fact: Fact[object], scenario: str, token: str, folder: Path) -> list[httpx.Request]:
    world = simulated(scenario, folder)
    if token:
        world.scenario = replace(world.scenario, token=token)
    session = world.session()
    # Whether the simulator tells it does not matter here.
    with suppress(FlyError):
        await session.parts.store.reading(fact)
    await session.close()
    return world.transport.requests


def test_the_remedies_told_are_those_of_the_demo() -> None:
    assert REMEDIES.read_text(encoding="utf-8") == remedies(), STALE


def test_the_page_of_all_items_is_current() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert all(f"\n## {item}\n" in text for item in ITEMS)
    assert text == page(), STALE
