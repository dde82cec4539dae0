"""`flytui checklist` prints what is asked; a review knows when the words of its item changed."""

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from flytui import checklist
from flytui.assessment import Assessment
from flytui.checklist import Item, Reference
from flytui.checklist_command import ChecklistQuestion, tell
from flytui.cli import main
from flytui.exit_code import ExitCode
from flytui.finding import Finding, Status
from flytui.headless import Streams
from flytui.opening import Surroundings
from flytui.review import Decision, Review
from tests.fakes import NOON
from tests.worlds import Lamp, session, verdicts

ITEM = checklist.load()["exposure"]


def told(form: str, folder: Path) -> tuple[ExitCode, str, str]:
    out, err = io.StringIO(), io.StringIO()
    around = Surroundings(environ={}, checkout=folder, plugins=False)
    question = ChecklistQuestion("json" if form == "json" else "text")
    return tell(question, around, Streams(out, err)), out.getvalue(), err.getvalue()


def test_the_text_has_every_section_item_description_and_day(tmp_path: Path) -> None:
    code, out, _ = told("text", tmp_path)
    assert code is ExitCode.DONE
    known = checklist.load()
    assert known.follows in out.splitlines()[0]
    for section in known.sections:
        assert section.title in out.splitlines()
    for item in known:
        assert item.description in out
        assert all(f"Look at: {line}" in out for line in item.look_at)
        assert re.search(rf"\({item.id}(, optional)?, text of {item.revised}\)", out)


def test_the_json_carries_the_same_and_the_digests(tmp_path: Path) -> None:
    document = json.loads(told("json", tmp_path)[1])
    known = checklist.load()
    assert document["follows"] == known.follows
    items = [item for section in document["sections"] for item in section["items"]]
    assert [(i["id"], i["revised"], i["digest"]) for i in items] == [
        (item.id, item.revised, item.digest) for item in known
    ]


def test_a_team_s_own_items_are_among_them(tmp_path: Path) -> None:
    (tmp_path / ".flytui").mkdir()
    entry = '[[item]]\nid = "team/runbook"\ntitle = "There is a runbook"\n'
    (tmp_path / ".flytui" / "checklist.toml").write_text(entry)
    assert "There is a runbook   (team/runbook)" in told("text", tmp_path)[1]
    (tmp_path / ".flytui" / "checklist.toml").write_text("nonsense")
    code, out, err = told("text", tmp_path)
    assert (code, out) == (ExitCode.USAGE, "")
    assert "is not TOML" in err


@pytest.mark.parametrize("words", [("checklist",), ("checklist", "--format", "json")])
def test_it_is_a_word_of_the_command_line(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == ExitCode.DONE
    assert ITEM.title in capsys.readouterr().out


def test_no_item_was_revised_after_the_text_that_is_followed() -> None:
    known = checklist.load()
    for item in known:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", item.revised), item.id
        assert item.revised <= known.follows, item.id


@pytest.mark.parametrize(
    "changed",
    [
        replace(ITEM, title="Otherwise"),
        replace(ITEM, description=f"{ITEM.description} And more."),
        replace(ITEM, look_at=ITEM.look_at[1:]),
        replace(ITEM, links=(Reference("Another page", "https://fly.io/docs/"),)),
    ],
)
def test_other_words_are_another_text(changed: Item) -> None:
    assert changed.digest != ITEM.digest


@pytest.mark.parametrize(
    "changed",
    [replace(ITEM, description=f"  {ITEM.description}\n"), replace(ITEM, optional=True)],
)
def test_how_they_are_set_is_not(changed: Item) -> None:
    assert changed.digest == ITEM.digest


@pytest.mark.parametrize(
    ("text", "reworded"), [(ITEM.digest, False), ("", False), ("0" * 64, True)]
)
def test_an_item_reworded_since_its_review_says_so(text: str, reworded: bool) -> None:
    review = Review("exposure", Decision.REVIEWED, "", "Ana", NOON, None, ("status: ok",), text)
    assert Assessment(ITEM, Finding(Status.OK, "Fine."), review).reworded is reworded


async def test_a_decision_keeps_the_digest_of_what_was_read() -> None:
    opened = session(Lamp(on=True))
    await verdicts(opened)
    kept = opened.decide("exposure", Decision.REVIEWED, "")
    assert kept.review is not None
    assert kept.review.text == ITEM.digest
    assert not kept.reworded
