"""What the documents say can be held to: their commands, keys, links and pictures."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from flytui.arguments import parse
from flytui.checklist import load
from flytui.team import with_team
from flytui.ui.keymap import displayed, usual
from tests.stories.fixing import FIX, NAME, PRESSES

ROOT = Path(__file__).parents[1]
DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
PICTURES = ROOT / "screenshots"
BLOCK = re.compile(r"```.*?```", re.DOTALL)
PLACEHOLDER = re.compile(r"[A-Z…<]")
OWN = {"up": "↑", "down": "↓", "left": "←", "right": "→"}


def text(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def command_lines() -> Iterator[str]:
    """Every command line of flytui's that stands in a document, in a block or in a sentence."""
    for document in DOCUMENTS:
        for block in re.findall(r"```sh\n(.*?)```", text(document), re.DOTALL):
            for line in block.splitlines():
                yield line.split(" #")[0].split(" >")[0].strip()
        yield from re.findall(r"`([^`\n]+)`", BLOCK.sub("", text(document)))


def flytui_lines() -> list[str]:
    lines = {line for line in command_lines() if line.startswith("flytui ")}
    return sorted(line for line in lines if not PLACEHOLDER.search(line))


def links() -> Iterator[tuple[Path, str]]:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)\s]+)\)", text(document)):
            if not target.startswith(("https:", "http:", "mailto:")):
                yield document, target


def test_there_are_commands_and_links_to_hold() -> None:
    assert "flytui check --format json" in flytui_lines()
    assert len(flytui_lines()) > 15
    assert len(list(links())) > 20


@pytest.mark.parametrize("line", flytui_lines())
def test_every_command_is_understood(line: str) -> None:
    try:
        parse(shlex.split(line)[1:])
    except SystemExit as ended:
        # Help is shown and ends it; what is not understood ends it with 2.
        if ended.code:
            pytest.fail(line)


def test_every_link_leads_to_a_file_and_a_heading() -> None:
    astray = []
    for document, target in links():
        path, _, heading = target.partition("#")
        file = document.parent / path if path else document
        if not file.exists() or (heading and heading not in anchors(file)):
            astray.append(f"{document.name}: {target}")
    assert astray == []


def anchors(document: Path) -> set[str]:
    titles = re.findall(r"^#+ (.*)$", text(document), re.MULTILINE)
    named = re.findall(r'<a id="([^"]+)">', text(document))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles} | {*named}


def keys() -> set[str]:
    """How every key of flytui's is named in a text."""
    each = {key for bound in usual().values() for key in bound.split(",")}
    return {name for key in each for name in (key, displayed(key), OWN.get(key, key))}


def named_keys() -> set[str]:
    """What the README's table of keys names, without the sections' ellipsis."""
    table = text(ROOT / "README.md").partition("## Keys")[2].partition("\n*ready*")[0]
    rows = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    return {key for row in rows for key in re.findall(r"`([^`]+)`", row)}


def test_every_key_in_the_readme_does_something() -> None:
    assert {"f", "space", "↑", "ctrl+p"} <= named_keys()
    # The palette's is an own setting of Textual's, and tab is its own key between what has a focus.
    assert named_keys() - keys() <= {"ctrl+p", "tab"}


def test_the_readme_tells_the_keys_that_the_story_presses() -> None:
    readme = text(ROOT / "README.md")
    table = readme.partition("| press | and |")[2].partition("\n\n")[0]
    told = [key for row in re.findall(r"^\| (.*?) \|", table, re.MULTILINE) for key in spelled(row)]
    assert told == [key for step in FIX for key in step.keys]
    assert PRESSES == 9
    assert "That is nine keys, besides the name." in readme


def spelled(row: str) -> list[str]:
    found = re.findall(r"`([^`]+)`", row)
    return [letter for key in found for letter in (key if key == NAME else [key])]


def test_every_picture_is_shown_and_all_of_them_are_small() -> None:
    shown = {(document.parent / target).resolve() for document, target in links()}
    drawn = set(PICTURES.glob("*.png"))
    assert drawn
    assert {file.name for file in drawn} - {file.name for file in shown} == set()
    assert sum(file.stat().st_size for file in drawn) < 2_000_000


def test_the_readme_is_short_enough_to_be_read() -> None:
    assert len(text(ROOT / "README.md").splitlines()) <= 220


def test_an_item_of_a_team_can_be_written_as_shown(tmp_path: Path) -> None:
    block = re.search(r"```toml\n(\[\[item\]\].*?)```", text(ROOT / "docs/settings.md"), re.DOTALL)
    assert block is not None
    (tmp_path / ".flytui").mkdir()
    (tmp_path / ".flytui/checklist.toml").write_text(block[1], "utf-8")
    assert with_team(load(), tmp_path)["team/runbook"].title == "Keep the runbook up to date"
