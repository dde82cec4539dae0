"""A team's own items: read strictly, reviewed like all others, never executed."""

import io
from pathlib import Path

import pytest

from flytui.additions import in_force
from flytui.checklist import Checklist, load
from flytui.exit_code import ExitCode
from flytui.finding import Status
from flytui.headless import Streams
from flytui.review import Decision, Standing
from flytui.settings import SettingsError
from flytui.team import with_team
from flytui.token_command import TokenQuestion, tell
from tests.simulated import Simulated, found, simulated

RUNBOOK = """\
title = "What we promised"

[[item]]
id = "team/runbook"
title = "There is a runbook"
description = "Whoever is called at night knows what to do."
look_at = ["Open the runbook and follow it once."]
links = [{ title = "Runbook", url = "https://wiki.example.com/runbook" }]

[[item]]
id = "team/on-call"
title = "Somebody is on call"
"""


def written(folder: Path, text: str) -> Path:
    (folder / ".flytui").mkdir(exist_ok=True)
    (folder / ".flytui" / "checklist.toml").write_text(text, encoding="utf-8")
    return folder


def team(folder: Path, text: str) -> Checklist:
    return with_team(load(), written(folder, text))


def test_without_a_file_the_checklist_is_as_it_was(tmp_path: Path) -> None:
    assert with_team(load(), tmp_path) == load()


def test_its_items_stand_in_a_section_of_their_own_at_the_end(tmp_path: Path) -> None:
    checklist = team(tmp_path, RUNBOOK)
    assert len(checklist.sections) == 9
    assert checklist.sections[-1].title == "What we promised"
    assert [i.id for i in checklist.sections[-1].items] == ["team/runbook", "team/on-call"]
    assert checklist["team/runbook"].links[0].url == "https://wiki.example.com/runbook"


def test_a_file_without_items_adds_no_section(tmp_path: Path) -> None:
    assert team(tmp_path, 'title = "Nothing yet"\n') == load()


ITEM = '[[item]]\nid = "team/a"\ntitle = "A"\n'


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("[[item]\n", 1, "is not TOML"),
        ("colour = 1\n", 1, "'colour'"),
        (f"{ITEM}colour = 1\n", 4, "'colour'"),
        (f'{ITEM}\n[[item]]\nid = "team/b"\n', 5, "without 'title'"),
        ('[[item]]\ntitle = "A"\n', 1, "without 'id'"),
        ('[[item]]\nid = "exposure"\ntitle = "A"\n', 2, "'id' that is not team/"),
        ('[[item]]\nid = "team/../x"\ntitle = "A"\n', 2, "'id' that is not team/"),
        ('[[item]]\nid = "team/a--b"\ntitle = "A"\n', 2, "'id' that is not team/"),
        ('[[item]]\nid = "team/A"\ntitle = "A"\n', 2, "'id' that is not team/"),
        ('[[item]]\nid = "team/a"\ntitle = ""\n', 3, "'title' that is not a line of text"),
        ('[[item]]\nid = 7\ntitle = "A"\n', 2, "'id' that is not a line of text"),
        (f"{ITEM}\n{ITEM}", 6, "2 items team/a"),
        (f'{ITEM}look_at = "x"\n', 4, "'look_at' that is not a list of sentences"),
        (f"{ITEM}links = [1]\n", 4, "'links' that is not a list of"),
        (f'{ITEM}links = [{{ title = "x", url = "javascript:x" }}]\n', 4, "'url' that is not"),
        (f'{ITEM}links = [{{ title = "x", url = "file:///x" }}]\n', 4, "'url' that is not"),
        (f'{ITEM}links = [{{ title = "x", link = "y" }}]\n', 4, "'link'"),
        (f'{ITEM}command = "rm -rf ."\n', 4, "'command'"),
        (f'{ITEM}\n[[items]]\nid = "team/b"\n', 5, "'items'"),
        ("\n[policy]\nx = 1\n", 2, "'policy'"),
        (f'{ITEM}\n[item.owner]\nname = "x"\n', 5, "'owner'"),
        ('[item]\nid = "team/a"\n', 1, "'item' that is not a list of tables"),
        ("item = 1\n", 1, "'item' that is not a list of tables"),
    ],
)
def test_what_is_not_of_the_form_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, told: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        team(tmp_path, text)
    assert told in refused.value.cause
    assert refused.value.line == line
    assert f"checklist.toml, line {line}," in refused.value.cause


def test_a_link_out_of_the_checkout_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.toml").write_text(RUNBOOK)
    folder = tmp_path / "checkout"
    (folder / ".flytui").mkdir(parents=True)
    (folder / ".flytui" / "checklist.toml").symlink_to(tmp_path / "outside.toml")
    with pytest.raises(SettingsError, match="leads out of the checkout"):
        with_team(load(), folder)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"#" * 200_001])
def test_what_cannot_be_read_is_told(tmp_path: Path, content: bytes) -> None:
    written(tmp_path, "")
    (tmp_path / ".flytui" / "checklist.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=r"checklist\.toml"):
        with_team(load(), tmp_path)


def test_control_characters_do_not_reach_the_screen(tmp_path: Path) -> None:
    checklist = team(tmp_path, '[[item]]\nid = "team/a"\ntitle = "a\\u001b[31mb\\u202ec"\n')
    assert checklist["team/a"].title.isprintable()


def test_every_item_of_the_team_has_a_check_and_flytui_keeps_its_own(tmp_path: Path) -> None:
    everything = in_force(team(tmp_path, RUNBOOK), tmp_path, with_plugins=False)
    assert {item.id for item in everything.checklist} == set(everything.checks)
    assert everything.checks["team/runbook"].manual
    assert not everything.checks["exposure"].manual


@pytest.fixture
def world(tmp_path: Path) -> Simulated:
    made = simulated("storefront", tmp_path)
    written(tmp_path / "checkout", RUNBOOK)
    return made


async def test_it_is_for_a_person_until_reviewed_and_the_review_is_found_again(
    world: Simulated,
) -> None:
    session = world.session()
    verdicts = await found(session)
    assert verdicts["team/runbook"].finding.status is Status.MANUAL
    assert verdicts["team/runbook"].finding.remedies
    assert "team/runbook" in session.manual
    session.decide("team/runbook", Decision.REVIEWED, "Followed it on Monday.")
    await session.close()
    files = [path.name for path in world.folder.rglob("team--*.toml")]
    assert files == ["team--runbook.toml"]
    again = world.session()
    known = (await found(again))["team/runbook"]
    await again.close()
    assert known.standing is Standing.HOLDS
    assert known.settled


def test_the_token_report_leaves_it_to_a_person(world: Simulated) -> None:
    streams = Streams(io.StringIO(), io.StringIO())
    around = world.around()
    code = tell(TokenQuestion(world.flags), around, world.folder, streams)
    assert code == ExitCode.DONE
    assert isinstance(streams.out, io.StringIO)
    assert "a person    There is a runbook" in streams.out.getvalue()
    assert world.transport.requests == []
