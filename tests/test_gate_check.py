"""`flytui check` with its files, its baseline, its comparison and its patience."""

import asyncio
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from flytui.arguments import parse
from flytui.arguments_check import FAIL_ON
from flytui.arguments_check import FORMS as OFFERED
from flytui.cli import main
from flytui.exit_code import ExitCode
from flytui.finding import Status
from flytui.gate import Gate
from flytui.headless import Output, Question, Streams, Subject, check
from flytui.opening import Surroundings
from flytui.report.forms import FORMS
from flytui.settings import Flags
from tests.simulated import Simulated, simulated


@pytest.fixture
def demo(tmp_path: Path) -> Simulated:
    return simulated("storefront", tmp_path)


def ask(
    demo: Simulated,
    question: Question,
    *,
    environ: Mapping[str, str] | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> tuple[ExitCode, str, str]:
    """One check of the simulator: its code and what it wrote."""
    around = Surroundings(
        environ={**demo.environ, **(environ or {})},
        checkout=demo.folder / "checkout",
        data=demo.folder / "data",
        state=demo.folder / "state",
        transport=transport or demo.transport,
    )
    out, err = io.StringIO(), io.StringIO()
    code = check(question, around, demo.folder, Streams(out, err))
    return code, out.getvalue(), err.getvalue()


def about(*items: str, sections: tuple[str, ...] = (), timeout: float | None = None) -> Question:
    return Question(
        Subject(Flags("storefront"), items, sections, timeout), outputs=(Output("json"),)
    )


def result(demo: Simulated, *items: str) -> Path:
    """The JSON of a check that was made before."""
    file = demo.folder / "former.json"
    file.write_text(ask(demo, about(*items))[1])
    return file


def test_the_command_line_offers_the_forms_there_are() -> None:
    assert OFFERED == FORMS
    assert set(FAIL_ON) <= set(Status)


@pytest.mark.parametrize(
    ("words", "outputs"),
    [
        ((), ()),
        (("--format", "json"), (("json", None),)),
        (("--output", "a"), (("text", Path("a")),)),
        (
            ("--format", "json", "--output", "a", "--format", "text"),
            (("json", Path("a")), ("text", None)),
        ),
        (
            ("--format", "text", "--format", "html", "--output", "b"),
            (("text", None), ("html", Path("b"))),
        ),
    ],
)
def test_a_file_belongs_to_the_form_before_it(
    words: tuple[str, ...], outputs: tuple[object, ...]
) -> None:
    assert parse(["check", *words]).outputs == outputs


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--format", "text", "--output", "a", "--output", "b"), "no --format before it"),
        (("--min-ready", "110%"), "'110%' is neither a number of items nor a percentage"),
        (("--timeout", "soon"), "'soon' is not a number of seconds"),
        (("--timeout", "0"), "'0' is not a number of seconds"),
        (("--timeout", "nan"), "'nan' is not a number of seconds"),
        (("--fail-on", "manual"), "invalid choice: 'manual'"),
        (("--section", "nothing", "-a", "x"), "no section 'nothing'"),
        (("--format", "json", "--format", "text"), "json and text cannot both go to standard"),
        (("--format", "json", "--output", "no/such/a"), "There is no folder"),
        (("--output", "a", "--format", "html", "--output", "./a"), "Two reports would go to"),
    ],
)
def test_a_muddled_line_is_told_before_anything_is_asked(
    words: tuple[str, ...],
    told: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        code = main(["check", *words])
    except SystemExit as end:
        code = int(end.code or 0)
    written = capsys.readouterr()
    assert (code, written.out) == (ExitCode.USAGE, "")
    assert told in written.err


def test_every_form_goes_to_its_own_file(demo: Simulated) -> None:
    files = tuple(Output(form, demo.folder / f"report.{form}") for form in FORMS)
    code, out, err = ask(demo, replace(about("exposure"), outputs=files))
    assert (code, out, err) == (ExitCode.ACTION, "", "")
    assert all("private services are not exposed" in (f.file or Path()).read_text() for f in files)


def test_a_file_that_cannot_be_written_is_told(demo: Simulated) -> None:
    (demo.folder / "taken").mkdir()
    outputs = (Output("json", demo.folder / "taken"),)
    code, _, err = ask(demo, replace(about("exposure"), outputs=outputs))
    assert code is ExitCode.USAGE
    assert "cannot be written (IsADirectoryError)" in err


def test_annotations_join_the_text_and_the_summary_is_added_to(demo: Simulated) -> None:
    summary = demo.folder / "summary.md"
    summary.write_text("Before.\n")
    question = replace(about("exposure"), outputs=(Output("text"), Output("github")))
    _, out, _ = ask(demo, question, environ={"GITHUB_STEP_SUMMARY": str(summary)})
    assert "\n::error title=Action" in out
    assert out.startswith("storefront · acme")
    assert summary.read_text().startswith("Before.\n## ✗ storefront: going to production\n")


def test_no_summary_is_written_without_annotations(demo: Simulated) -> None:
    summary = demo.folder / "summary.md"
    ask(demo, about("exposure"), environ={"GITHUB_STEP_SUMMARY": str(summary)})
    assert not summary.exists()


def test_a_section_is_looked_at_whole_and_beside_single_items(demo: Simulated) -> None:
    _, out, _ = ask(demo, about("ipv4", sections=("monitoring",)))
    assert [item["id"] for item in json.loads(out)["items"]] == [
        "ipv4",
        "metrics",
        "sentry",
        "export-logs",
    ]


def test_what_the_baseline_knows_does_not_fail(demo: Simulated) -> None:
    question = about("exposure", "secrets")
    known = result(demo, "exposure")
    assert ask(demo, replace(about("exposure"), baseline=known))[0] is ExitCode.DONE
    assert ask(demo, replace(question, baseline=known))[0] is ExitCode.ACTION


def test_a_comparison_takes_the_place_of_text_and_json(demo: Simulated) -> None:
    then = result(demo, "exposure")
    _, out, _ = ask(demo, replace(about("exposure"), compare=then))
    assert json.loads(out)["kind"] == "comparison"
    question = replace(about("exposure"), compare=then, outputs=(Output("text"),))
    assert ask(demo, question)[1].startswith("storefront: nothing changed since")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "cannot be read (FileNotFoundError)"),
        ("{", "is not a result of `flytui check --format json`"),
        ("{}", "is not a result of `flytui check --format json`"),
        ('{"schema": 2}', "is not a result of `flytui check --format json`"),
    ],
)
@pytest.mark.parametrize("field", ["baseline", "compare"])
def test_a_former_result_that_is_none_is_told_before_anything_is_asked(
    demo: Simulated, field: str, text: str | None, told: str
) -> None:
    file = demo.folder / "broken.json"
    if text is not None:
        file.write_text(text)
    question = about("exposure")
    baseline, compare = (file, None) if field == "baseline" else (None, file)
    code, out, err = ask(demo, replace(question, baseline=baseline, compare=compare))
    assert (code, out) == (ExitCode.USAGE, "")
    assert told in err
    assert demo.transport.requests == []


def test_a_result_of_another_app_is_refused(demo: Simulated) -> None:
    file = result(demo, "exposure")
    file.write_text(file.read_text().replace('"name": "storefront"', '"name": "other"'))
    code, _, err = ask(demo, replace(about("exposure"), baseline=file))
    assert code is ExitCode.USAGE
    assert "is about the app other, not about storefront" in err


class Silent(httpx.AsyncBaseTransport):
    """Answers until it is asked for something, and then never again."""

    def __init__(self, inner: httpx.AsyncBaseTransport, word: bytes) -> None:
        self.inner = inner
        self.word = word

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.word in request.url.raw_path + request.content:
            await asyncio.Event().wait()
        return await self.inner.handle_async_request(request)


def test_what_is_not_known_in_time_is_unknown_and_says_so(demo: Simulated) -> None:
    silent = Silent(demo.transport, b"/certificates")
    question = about("secrets", "custom-domain", "sso", timeout=1.25)
    code, out, _ = ask(demo, question, transport=silent)
    items = {item["id"]: item for item in json.loads(out)["items"]}
    assert items["custom-domain"]["status"] == "unknown"
    assert "1.25 seconds" in items["custom-domain"]["unseen"]["cause"]
    assert items["secrets"]["status"] == "action"
    assert code is ExitCode.ACTION


def test_when_nothing_answers_nothing_is_green(demo: Simulated) -> None:
    question = about("exposure", "custom-domain", timeout=0.05)
    code, out, _ = ask(demo, question, transport=Silent(demo.transport, b""))
    assert code is ExitCode.UNSEEN
    assert {item["status"] for item in json.loads(out)["items"]} == {"unknown"}


def test_the_gate_of_the_question_decides(demo: Simulated) -> None:
    lenient = replace(about("sentry"), gate=Gate(frozenset({Status.ACTION, Status.ADVICE})))
    strict = replace(lenient, gate=replace(lenient.gate, optional=True))
    assert ask(demo, lenient)[0] is ExitCode.DONE
    assert ask(demo, strict)[0] is ExitCode.ACTION
