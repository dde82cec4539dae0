"""Keys as a person has them: where they act, where they are named, and which are refused."""

import re
from pathlib import Path

import pytest

import flytui
from flytui.settings.personal import Personal
from flytui.ui.keymap import Keymap, displayed, keymap, usual
from flytui.ui.screens.help import HelpScreen
from flytui.ui.screens.token import TokenScreen
from flytui.ui.widgets.page import Page
from tests.ui.driving import driving


@pytest.mark.parametrize(
    "wanted",
    [
        {"main.token": "T"},
        {"main.token": "R", "main.refresh": "t"},
        {"main.token": "ctrl+t,f5"},
        {"choice.cancel": "l"},
        {"tree.down": "ctrl+n", "detail.down": "ctrl+n"},
        {"card.run": "r"},
    ],
)
def test_keys_that_work_are_taken(wanted: dict[str, str]) -> None:
    assert keymap(wanted) == Keymap(wanted)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"main.token": "c"}, "keys.main.token and main.copy are both c"),
        ({"main.token": "?"}, "keys.main.token and app.help are both ?"),
        ({"main.token": "r"}, "keys.main.token and decide.reviewed are both r"),
        ({"main.token": "j"}, "keys.main.token and tree.down are both j"),
        ({"main.token": "up"}, "Textual's cursor up"),
        ({"main.token": "g", "main.copy": "g"}, "keys.main.copy and keys.main.token are both g"),
        ({"main.tokn": "g"}, "Did you mean keys.main.token?"),
        ({"main.token": "contrl+e"}, "which no keyboard sends"),
        ({"card.run": "enter"}, "enter never runs a command"),
        ({"note.cancel": "/"}, "typed into the text"),
        ({"note.cancel": "q"}, "typed into the text"),
    ],
)
def test_a_key_that_would_not_work_is_left_out_and_told(wanted: dict[str, str], words: str) -> None:
    found = keymap(wanted)
    assert found.keys == {}
    assert words in " ".join(found.problems).replace(
        "keys.main.token and keys.main.copy", "keys.main.copy and keys.main.token"
    )


def test_the_same_deed_has_the_same_key_in_the_walkthrough() -> None:
    assert keymap({"decide.fix": "F"}).keys == {"decide.fix": "F", "walk.fix": "F"}
    own = {"decide.fix": "F", "walk.fix": "G"}
    assert keymap(own).keys == own
    swapped = keymap({"decide.fix": "r", "decide.reviewed": "f"})
    assert (swapped.keys["walk.fix"], swapped.problems) == ("r", ())


def test_a_key_that_does_something_else_in_the_walkthrough_is_not_inherited_and_told() -> None:
    found = keymap({"decide.fix": "s"}, {"decide.fix": "config.toml:2"})
    assert found.keys == {"decide.fix": "s"}
    assert "config.toml:2: keys.decide.fix is s: in the walkthrough" in found.problems[0]


def test_the_usual_keys_may_be_written_down() -> None:
    assert keymap(usual()) == Keymap({})


def test_one_key_that_would_not_work_leaves_the_others() -> None:
    found = keymap({"main.token": "c", "tree.down": "d"})
    assert (dict(found.keys), len(found.problems)) == ({"tree.down": "d"}, 1)


def test_a_usual_key_that_comes_back_is_in_nobodys_way() -> None:
    """Copy keeps `c` as its own wish fails, so the token cannot have it either."""
    found = keymap({"main.copy": "o", "main.token": "c"})
    assert (dict(found.keys), len(found.problems)) == ({}, 2)


async def test_a_key_acts_and_is_named_wherever_keys_are() -> None:
    keys = {"decide.fix": "F", "main.token": "T", "app.quit": "Q"}
    async with driving(preferences=Personal(keys=keys)) as d:
        await d.at("exposure")
        line = d.screen().splitlines()[-1]
        assert "F fix" in line
        assert "Q quit" in line
        await d.press("question_mark")
        rows = d.on(HelpScreen).query_one(Page).plain
        assert re.search(r"^\s*T\s+What the token", rows, re.MULTILINE)
        await d.press("escape", "f")
        assert d.app.screen is d.main
        await d.press("T")
        d.on(TokenScreen)


async def test_without_keys_of_ones_own_the_usual_ones_are_named() -> None:
    async with driving() as d:
        await d.at("exposure")
        assert "f fix" in d.screen().splitlines()[-1]


async def test_what_was_left_out_is_told_on_the_screen() -> None:
    wanted = Personal(keys={"main.token": "c"}, problems=("No theme.",))
    async with driving(preferences=wanted) as d:
        assert d.toasts[0] == "No theme."
        assert "main.copy" in d.toasts[1]


async def test_read_only_has_no_changing_key_under_any_name() -> None:
    keys = {"decide.reviewed": "ctrl+r", "decide.undo": "ctrl+u"}
    async with driving(read_only=True, preferences=Personal(keys=keys)) as d:
        await d.at("exposure")
        assert not {"ctrl+r", "ctrl+u", "r", "u"} & set(d.main.active_bindings)


def test_texts_name_the_key_that_a_binding_has() -> None:
    known = {id_: displayed(keys.split(",")[0]) for id_, keys in usual().items()}
    folder = Path(flytui.__file__).parent / "ui"
    named = [
        (id_, key)
        for path in sorted(folder.rglob("*.py"))
        for key, id_ in re.findall(r"key\(['\"](.+?)['\"], ['\"]([\w.]+)['\"]\)", path.read_text())
    ]
    assert named
    assert [each for each in named if known.get(each[0]) not in {each[1], "space"}] == []
