"""`flytui check` says what it sees, and its exit code says what that comes to."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from flytui.demo.faults import Fault
from flytui.exit_code import ExitCode
from flytui.finding import Status
from flytui.headless import Output, Question, Streams, Subject, check, outcome
from flytui.opening import Surroundings
from flytui.review import Standing
from flytui.settings import Flags
from tests.report.builders import assessment, finding, report
from tests.report.schema import REPORT
from tests.simulated import Simulated, simulated


class Asked:
    """One `flytui check` of the simulator, with what it wrote."""

    def __init__(self, demo: Simulated, question: Question, **changes: Any) -> None:
        self._out, self._err = io.StringIO(), io.StringIO()
        around = Surroundings(
            environ={**demo.environ, **changes.get("environ", {})},
            checkout=demo.folder / changes.get("folder", "checkout"),
            data=demo.folder / "data",
            state=demo.folder / "state",
            transport=demo.transport,
        )
        self.code = check(question, around, demo.folder, Streams(self._out, self._err))

    @property
    def out(self) -> str:
        return self._out.getvalue()

    @property
    def err(self) -> str:
        return self._err.getvalue()

    @property
    def document(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.out)
        jsonschema.validate(read, REPORT)
        return read


@pytest.fixture
def demo(tmp_path: Path) -> Simulated:
    return simulated("storefront", tmp_path)


def question(
    *items: str, app: str | None = "storefront", organization: str | None = None
) -> Question:
    return Question(Subject(Flags(app, organization), items), (Output("json"),))


@pytest.mark.parametrize(
    ("statuses", "code"),
    [
        ([Status.OK], ExitCode.DONE),
        ([Status.OK, Status.ADVICE, Status.MANUAL, Status.NOT_APPLICABLE], ExitCode.DONE),
        ([Status.OK, Status.ACTION], ExitCode.ACTION),
        ([Status.OK, Status.UNKNOWN], ExitCode.UNSEEN),
        ([Status.UNKNOWN, Status.ACTION], ExitCode.ACTION),
    ],
)
def test_the_code_says_what_the_report_comes_to(statuses: list[Status], code: ExitCode) -> None:
    items = ("exposure", "secrets", "custom-domain", "sso")
    known = [assessment(i, finding(s)) for i, s in zip(items, statuses, strict=False)]
    assert outcome(report(*known)) is code


@pytest.mark.parametrize(
    ("standing", "code"),
    [
        (Standing.HOLDS, ExitCode.DONE),
        (Standing.STALE, ExitCode.ACTION),
        (Standing.EXPIRED, ExitCode.ACTION),
        (Standing.UNCONFIRMED, ExitCode.ACTION),
    ],
)
def test_a_review_keeps_an_action_from_failing_it_only_while_it_holds(
    standing: Standing, code: ExitCode
) -> None:
    assert outcome(report(assessment(standing=standing))) is code


def test_the_whole_checklist_as_json(demo: Simulated) -> None:
    asked = Asked(demo, question())
    assert asked.code is ExitCode.ACTION
    assert len(asked.document["items"]) == 24
    assert asked.document["app"] == {"name": "storefront", "organization": "acme"}
    assert asked.err == ""


def test_every_number_in_the_head_can_be_counted_below_it(demo: Simulated) -> None:
    read = Asked(demo, question()).document
    applicable = [i for i in read["items"] if i["status"] != "not_applicable"]
    settled = [i for i in applicable if i["settled"]]
    assert read["ready"] == {"settled": len(settled), "applicable": len(applicable)}
    unseen = [i for i in read["items"] if i["status"] == "unknown"]
    assert read["seen"]["observable"] - read["seen"]["observed"] == len(unseen)


def test_as_text_it_tells_the_same(demo: Simulated) -> None:
    asked = Asked(demo, replace(question("exposure"), outputs=(Output("text"),)))
    assert asked.code is ExitCode.ACTION
    assert "✗ Action          Make sure private services are not exposed" in asked.out


def test_only_the_items_asked_for_are_looked_at(demo: Simulated) -> None:
    read = Asked(demo, question("ipv4", "exposure")).document
    assert [item["id"] for item in read["items"]] == ["exposure", "ipv4"]


def test_a_review_counts(demo: Simulated) -> None:
    folder = demo.folder / "checkout" / ".flytui" / "storefront"
    folder.mkdir(parents=True)
    (folder / "exposure.toml").write_text(
        'schema = 1\nitem = "exposure"\ndecision = "reviewed"\nby = "Ana"\n'
        'at = 2026-03-12T10:00:00Z\nnote = ""\nbasis = ["status: ok"]\n'
    )
    (item,) = Asked(demo, question("exposure")).document["items"]
    assert (item["stale"], item["review"]["by"]) == (True, "Ana")


def test_a_review_file_that_cannot_be_read_is_told_and_does_not_count(demo: Simulated) -> None:
    folder = demo.folder / "checkout" / ".flytui" / "storefront"
    folder.mkdir(parents=True)
    (folder / "exposure.toml").write_text("<<<<<<< ours\n")
    asked = Asked(demo, question("exposure"))
    assert "exposure.toml, line 1" in asked.err
    assert asked.document["items"][0]["review"] is None


def test_the_app_may_come_from_the_folder(demo: Simulated) -> None:
    assert Asked(demo, question("ipv4", app=None)).document["app"]["name"] == "storefront"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (question("exposur"), ["'exposur'", "Did you mean exposure?"]),
        (question("x"), ["'x'", "sso, isolation"]),
        (question(app="no-such-app"), ["no-such-app"]),
        (question(app="storefrnt"), ["Did you mean storefront, storefront-db or"]),
        (question(app="../../x"), ["../../x", "cannot name"]),
        (question(organization="other"), ["belongs to the organisation acme, not to other"]),
    ],
)
def test_a_mistaken_question_is_told_and_nothing_is_printed(
    demo: Simulated, asked: Question, told: list[str]
) -> None:
    answer = Asked(demo, asked)
    assert answer.code is ExitCode.USAGE
    assert answer.out == ""
    assert all(words in answer.err for words in told)
    assert answer.err.count("\n") == 1


def test_the_right_organisation_is_no_mistake(demo: Simulated) -> None:
    assert Asked(demo, question("ipv4", organization="acme")).out


def test_without_a_token_it_says_where_it_looked(demo: Simulated) -> None:
    answer = Asked(demo, question(), environ={"FLY_ACCESS_TOKEN": ""})
    assert answer.code is ExitCode.USAGE
    assert "FLY_ACCESS_TOKEN" in answer.err
    assert "fly auth login" in answer.err


def test_without_an_app_it_says_how_to_name_one(demo: Simulated) -> None:
    answer = Asked(demo, question(app=None), folder=".")
    assert answer.code is ExitCode.USAGE
    assert "--app" in answer.err


def test_a_broken_fly_toml_is_told_with_its_line_when_the_app_depends_on_it(
    demo: Simulated,
) -> None:
    (demo.folder / "checkout" / "fly.toml").write_text('app = "storefront"\n[http_service\n')
    answer = Asked(demo, question(app=None))
    assert answer.code is ExitCode.USAGE
    assert "fly.toml, line 2" in answer.err


def test_a_broken_fly_toml_does_not_matter_to_who_names_the_app(demo: Simulated) -> None:
    (demo.folder / "checkout" / "fly.toml").write_text("[http_service\n")
    assert Asked(demo, question("ipv4")).document["items"][0]["status"] != "unknown"


def test_an_outage_is_unseen_never_fine_and_no_mistake_of_the_asker(demo: Simulated) -> None:
    demo.faults.add(Fault("500"))
    answer = Asked(demo, question("ipv4", "exposure"))
    assert answer.code is ExitCode.UNSEEN
    assert {item["status"] for item in answer.document["items"]} == {"unknown"}
    assert all(item["unseen"]["cure"] for item in answer.document["items"])


def test_no_token_is_ever_written(demo: Simulated) -> None:
    demo.faults.add(Fault("401"))
    answer = Asked(demo, question())
    assert demo.scenario.token not in answer.out + answer.err


class Gone(io.StringIO):
    """Standard output whose reader has left."""

    def write(self, text: str) -> int:
        raise BrokenPipeError


def test_a_reader_that_leaves_early_changes_nothing_about_the_outcome(demo: Simulated) -> None:
    around = Surroundings(
        environ=demo.environ,
        checkout=demo.folder / "checkout",
        data=demo.folder / "data",
        state=demo.folder / "state",
        transport=demo.transport,
    )
    streams = Streams(Gone(), io.StringIO())
    assert check(question("exposure"), around, demo.folder, streams) is ExitCode.ACTION


def test_a_locale_without_our_signs_gets_words_all_the_same() -> None:
    raw = io.BytesIO()
    streams = Streams(io.TextIOWrapper(raw, encoding="ascii"), io.StringIO())
    streams.write("✓ OK\n")
    assert raw.getvalue() == b"? OK\n"
