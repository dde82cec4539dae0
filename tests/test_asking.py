"""Asking ahead sends what the checks would ask for, no more, and gives it up with the look."""

import asyncio
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from flytui.asking import ahead, asked
from flytui.assessment import Assessment
from flytui.checklist import load as load_checklist
from flytui.checks.check import registry
from flytui.facts.fact import Needs
from flytui.opening import open_session
from flytui.settings import resolve
from tests.simulated import Simulated, found, simulated


def test_what_is_asked_ahead_is_what_the_checks_name() -> None:
    named = {f.name for c in registry().values() for f in c.facts if f.needs is not Needs.NOTHING}
    through_another = {"postgres_volumes"}  # for `unmanaged_snapshots`

    assert {fact.name for fact in asked()} == named | through_another


def test_questions_leave_before_what_reads_the_answers_is_imported() -> None:
    body = "import sys, flytui.check_command; print(*sys.modules)"
    argv = [sys.executable, "-c", body]
    known = subprocess.run(argv, capture_output=True, text=True, check=True).stdout.split()

    late = {"pydantic", "yaml", "flytui.checks", "flytui.headless", "flytui.fly.models.app"}
    assert "flytui.asking" in known
    assert late.isdisjoint(known)


async def _look(demo: Simulated, *, early: bool) -> tuple[dict[str, Assessment], list[str]]:
    demo.transport.requests.clear()
    settings = resolve(demo.flags, demo.environ, demo.folder)
    async with ahead(demo.flags, demo.around(), demo.folder) as begun:
        assert begun is not None
        session = open_session(settings, load_checklist(), demo.around(), begun if early else None)
        assessments = await found(session)
        await session.close()
    return assessments, sorted(request.url.path for request in demo.transport.requests)


@pytest.mark.parametrize("scenario", ["storefront", "worker"])
async def test_a_look_that_asked_ahead_sends_and_finds_the_same(
    scenario: str, tmp_path: Path
) -> None:
    demo = simulated(scenario, tmp_path)
    session = demo.session()
    usual = await found(session)
    await session.close()
    sent = sorted(request.url.path for request in demo.transport.requests)

    early, requests = await _look(demo, early=True)

    assert {i: a.finding.summary for i, a in early.items()} == {
        i: a.finding.summary for i, a in usual.items()
    }
    assert requests == sent


async def test_after_a_refresh_nothing_is_taken_from_before_it(tmp_path: Path) -> None:
    demo = simulated("storefront", tmp_path)
    settings = resolve(demo.flags, demo.environ, demo.folder)
    async with ahead(demo.flags, demo.around(), demo.folder) as begun:
        session = open_session(settings, load_checklist(), demo.around(), begun)
        await found(session)
        before = len(demo.transport.requests)
        async for _ in session.refresh():
            pass
        await session.close()

    assert len(demo.transport.requests) >= 2 * before - 1


async def test_nothing_is_asked_without_a_token(tmp_path: Path) -> None:
    demo = simulated("storefront", tmp_path)
    around = demo.around()
    bare = type(around)(
        environ={"HOME": str(tmp_path)},
        checkout=around.checkout,
        transport=httpx.MockTransport(lambda _: pytest.fail("something was asked")),
    )

    async with ahead(demo.flags, bare, tmp_path) as begun:
        assert begun is None


async def test_leaving_early_gives_up_what_is_under_way(tmp_path: Path) -> None:
    demo = simulated("storefront", tmp_path)

    async with ahead(demo.flags, demo.around(), demo.folder) as begun:
        assert begun is not None
        await asyncio.sleep(0)

    assert {task.get_name() for task in asyncio.all_tasks()} == {asyncio.current_task().get_name()}  # type: ignore[union-attr]  # a test runs in a task
