"""A fly.toml that cannot be read is told with its line, and nobody is sent into it."""

import io
from pathlib import Path

from flytui.exit_code import ExitCode
from flytui.headless import Output, Question, Streams, Subject, check
from flytui.remedy import Edit
from flytui.settings import Flags
from tests.simulated import Simulated, found, simulated


def broken(folder: Path) -> Simulated:
    demo = simulated("storefront", folder)
    (folder / "checkout" / "fly.toml").write_text('app = "storefront"\n[http_service\n')
    return demo


async def test_it_is_a_problem_of_the_session_until_it_is_mended(tmp_path: Path) -> None:
    demo = broken(tmp_path)
    session = demo.session()
    try:
        await found(session)
        told = " ".join(map(str, session.problems))
        assert "fly.toml, line 2, cannot be read" in told
        (tmp_path / "checkout" / "fly.toml").write_text('app = "storefront"\n')
        assert [event async for event in session.refresh()]
        assert session.problems == ()
    finally:
        await session.close()


async def test_no_change_to_it_is_offered_and_the_items_say_why(tmp_path: Path) -> None:
    session = broken(tmp_path).session()
    try:
        items = await found(session)
    finally:
        await session.close()
    offered = [
        remedy
        for known in items.values()
        for remedy in (
            *known.finding.remedies,
            *(r for one in known.finding.resources for r in one.remedies),
        )
    ]
    assert not [r for r in offered if isinstance(r, Edit) and r.path == "fly.toml"]
    seen = [e.value for known in items.values() for e in known.finding.evidence]
    assert any("fly.toml, line 2, cannot be read" in value for value in seen)


def test_check_tells_it_once_beside_its_report(tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    question = Question(Subject(Flags("storefront")), outputs=(Output("text"),))
    code = check(question, broken(tmp_path).around(), tmp_path, Streams(out, err))
    assert code == ExitCode.ACTION
    assert err.getvalue().count("fly.toml, line 2, cannot be read") == 1
    assert " in fly.toml:" not in out.getvalue()
