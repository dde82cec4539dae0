"""A person's own settings: what is read, what is refused, and what is in force."""

from pathlib import Path

import pytest

from flytui.settings import SettingsError
from flytui.settings.document import lines, read
from flytui.settings.personal import Marked, Personal, personal
from flytui.settings.precedence import at_start, editor, keep_theme, theme

EVERYTHING = """\
theme = "light"
filter = "status:action"
editor = "nano -w"

[keys]
main.token = "T"
"main.copy" = ["y", ","]

[production]
apps = ["shop", "*-live"]
organizations = ["acme"]

[refresh]
every = 60
"""


def said(folder: Path, text: str) -> Personal:
    path = folder / "config.toml"
    path.write_text(text)
    return personal(read(path))


def test_without_a_file_nothing_was_said(tmp_path: Path) -> None:
    assert personal(read(tmp_path / "config.toml")) == Personal()


def test_every_key_is_read(tmp_path: Path) -> None:
    found = said(tmp_path, EVERYTHING)
    assert (found.theme, found.filter, found.editor) == ("light", "status:action", "nano -w")
    assert found.keys == {"main.token": "T", "main.copy": "y,comma"}
    assert found.production == Marked(("shop", "*-live"), ("acme",))
    assert (found.refresh_every, found.problems) == (60.0, ())


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("\nthem = 'dark'\n", 2, "Did you mean theme?"),
        ("[production]\n# no\napp = ['a']\n", 3, "Did you mean production.apps?"),
        ("[refresh]\nevery = 5\n", 2, "0 or a number of seconds from 10"),
        ("[refresh]\nevery = true\n", 2, "0 or a number of seconds"),
        ("refresh = 60\n", 1, "a table"),
        ("[keys]\nmain.token = 7\n", 2, "a key"),
        ("[keys]\n'main.token' = []\n", 2, "a key"),
        ("[keys]\nmain.token = 'a,b'\n", 2, "a key"),
        ("filter = [\n 'a',\n]\n", 1, "a text of one line"),
        ('editor = "a\\u001bb"\n', 1, "a text of one line"),
        ("[production]\napps = 'shop'\n", 2, "a list of names"),
        ("\n\n[thresholds]\nsmall_memory_mb = 1\n", 3, ".flytui/config.toml"),
        ("a = \n", 1, "Correct that line."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    with pytest.raises(SettingsError) as raised:
        said(tmp_path, text)
    error = raised.value
    assert (error.path, error.line) == (tmp_path / "config.toml", line)
    assert f"line {line}" in error.cause
    assert words in f"{error.cause} {error.cure}"


def test_a_theme_that_does_not_exist_locks_nobody_out(tmp_path: Path) -> None:
    found = said(tmp_path, "theme = 'drak'\n")
    assert found.theme == ""
    assert "line 1, sets theme to 'drak'" in found.problems[0]
    assert "Did you mean dark?" in found.problems[0]


@pytest.mark.parametrize("text", ["theme = \n", "them = 1\n", "[keys]\na = 1\n"])
def test_the_screen_starts_whatever_the_file_says(tmp_path: Path, text: str) -> None:
    (tmp_path / "config.toml").write_text(text)
    found = at_start(tmp_path / "config.toml", tmp_path, {})
    assert (found.theme, found.keys) == ("dark", {})


@pytest.mark.parametrize(
    ("environ", "in_file", "chosen", "expected"),
    [
        ({}, "", "", ("dark", "default")),
        ({}, "light", "", ("light", "file")),
        ({}, "light", "terminal", ("terminal", "chosen on the screen")),
        ({"FLYTUI_THEME": "dark"}, "light", "terminal", ("dark", "FLYTUI_THEME")),
        ({"FLYTUI_THEME": "no"}, "light", "", ("light", "file")),
        ({"FLYTUI_THEME": ""}, "", "", ("dark", "default")),
    ],
)
def test_the_theme_is_that_of_whoever_says_it_first(
    tmp_path: Path, environ: dict[str, str], in_file: str, chosen: str, expected: tuple[str, str]
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f"theme = {in_file!r}\n")
    if chosen:
        keep_theme(tmp_path / "state", chosen, file)
    assert theme(in_file, tmp_path / "state", environ) == expected


def test_a_choice_holds_until_the_file_names_another_theme(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    keep_theme(tmp_path, "light", file)
    assert theme("", tmp_path, {})[0] == "light"
    assert theme("high-contrast", tmp_path, {})[0] == "high-contrast"
    assert theme("", tmp_path, {})[0] == "light"


@pytest.mark.parametrize("text", ["", "plaid over -\n", "light\n", "light under -\n"])
def test_a_choice_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "theme").write_text(text)
    assert theme("", tmp_path, {}) == ("dark", "default")


@pytest.mark.parametrize(
    ("environ", "in_file", "expected"),
    [
        ({}, "", ("", "default")),
        ({"EDITOR": "vi"}, "", ("vi", "EDITOR")),
        ({"EDITOR": "vi", "VISUAL": "code -w"}, "", ("code -w", "VISUAL")),
        ({"VISUAL": "code -w"}, "nano", ("nano", "file")),
        ({"VISUAL": "code", "FLYTUI_EDITOR": "ed"}, "nano", ("ed", "FLYTUI_EDITOR")),
        ({"VISUAL": " ", "EDITOR": "vi"}, "", ("vi", "EDITOR")),
    ],
)
def test_an_editor_named_for_flytui_goes_before_one_for_all_programs(
    environ: dict[str, str], in_file: str, expected: tuple[str, str]
) -> None:
    assert editor(in_file, environ) == expected


@pytest.mark.parametrize(
    ("app", "organization", "holds"),
    [
        ("shop", None, True),
        ("shop-live", "other", True),
        ("blog", "acme", True),
        ("blog", None, False),
        ("shopping", "acm", False),
    ],
)
def test_production_is_what_a_pattern_names(
    app: str, organization: str | None, *, holds: bool
) -> None:
    assert Marked(("shop", "*-live"), ("acme",)).holds(app, organization) is holds


def test_every_value_has_the_line_it_begins_on() -> None:
    text = (
        'a = """\nb = 1\n"""\n\n[t.u]  # c\nd.e = 1\nf = [\n  1,\n]\ng = { h = 1 }\n[[k]]\nl = 1\n'
    )
    found = lines(text)
    assert found["a",] == 1
    assert found["t", "u"] == 5
    assert found["t", "u", "d", "e"] == 6
    assert found["t", "u", "f"] == 7
    assert found["t", "u", "g", "h"] == 10
    assert found["k",] == 11
    assert ("b",) not in found
