"""What the reports of three scenarios are, byte for byte.

After a change that is meant, write them anew with `FLYTUI_GOLDEN=write`, and read the difference.
"""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flytui.checklist import load as load_checklist
from flytui.demo.scenario import load
from flytui.gate import Gate
from flytui.looking import reported
from flytui.opening import Surroundings, open_session
from flytui.report import Report
from flytui.report.forms import FORMS, render
from flytui.settings import Flags, resolve
from tests.simulated import Simulated

HERE = Path(__file__).parent / "golden"
SCENARIOS = ("storefront", "launch-ready", "scoped-token")
NOW = datetime(2026, 3, 12, 10, 30, tzinfo=UTC)


async def looked_at(name: str, folder: Path) -> Report:
    demo = Simulated(load(name, clock=lambda: NOW), folder)
    around = Surroundings(
        environ=demo.environ,
        checkout=folder / "checkout",
        data=folder / "data",
        state=folder / "state",
        transport=demo.transport,
        now=lambda: NOW,
        plugins=False,
    )
    settings = resolve(Flags(app=demo.scenario.app), demo.environ, folder)
    session = open_session(settings, load_checklist(), around)
    async for _ in session.assess():
        pass
    await session.close()
    return replace(reported(session, Gate()), version="1.2.3")


@pytest.mark.parametrize("name", SCENARIOS)
async def test_every_form_is_as_it_was(name: str, tmp_path: Path) -> None:
    report = await looked_at(name, tmp_path)
    for form in FORMS:
        file = HERE / f"{name}.{form}"
        told = render(form, report).encode()
        if os.environ.get("FLYTUI_GOLDEN") == "write":
            file.write_bytes(told)
        assert told.decode() == file.read_text(encoding="utf-8"), file.name
