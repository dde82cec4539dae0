"""`flytui config`: every value with where it was said, a file to begin with, and the schemas."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
import tomli
from jsonschema import Draft202012Validator

from flytui.config_command import ConfigQuestion, Places, tell
from flytui.exit_code import ExitCode
from flytui.settings import SettingsError, preferences
from flytui.settings.document import read
from flytui.settings.personal import KEYS, personal
from flytui.settings.schema import personal_schema, team_schema
from flytui.streams import Streams
from flytui.ui.keymap import usual

TEAM = """\
read_only = false
[apps.shop]
private = true
production = true
[thresholds]
drill_days = 90
[policy]
two_reviewers = ["exposure"]
longest_days = { reviewed = 30 }
"""
MINE = """\
theme = "light"
[keys]
main.token = "T"
"main.copy" = ["y", "f5"]
[production]
apps = ["*-live"]
"""


def asked(
    folder: Path, question: ConfigQuestion, *, environ: dict[str, str] | None = None
) -> tuple[ExitCode, str, str]:
    out, err = io.StringIO(), io.StringIO()
    places = Places(folder, folder / "mine" / "config.toml", folder / "state", environ or {})
    code = tell(question, places, Streams(out, err))
    return code, out.getvalue(), err.getvalue()


def written(folder: Path, mine: str = "", team: str = "") -> Path:
    for name, text in (("mine", mine), (".flytui", team)):
        if text:
            (folder / name).mkdir()
            (folder / name / "config.toml").write_text(text)
    return folder


def shown(folder: Path, environ: dict[str, str] | None = None) -> dict[str, dict[str, Any]]:
    _, out, _ = asked(folder, ConfigQuestion("show", "json"), environ=environ)
    return {value["key"]: value for value in json.loads(out)["values"]}


def test_every_value_says_where_it_comes_from(tmp_path: Path) -> None:
    said = shown(written(tmp_path, MINE, TEAM), {"EDITOR": "vi"})
    team, mine = tmp_path / ".flytui" / "config.toml", tmp_path / "mine" / "config.toml"
    expected = {
        "theme": ("light", "person", mine, 1),
        "editor": ("vi", "EDITOR", None, None),
        "filter": (None, "default", None, None),
        "keys.main.token": (["T"], "person", mine, 3),
        "keys.main.copy": (["y", "f5"], "person", mine, 4),
        "keys.main.docs": (["o"], "default", None, None),
        "production.apps": (["*-live"], "person", mine, 6),
        "apps.shop.production": (True, "team", team, 4),
        "thresholds.drill_days": (90, "team", team, 6),
        "thresholds.backup_hours": (26, "default", None, None),
        "policy.two_reviewers": (["exposure"], "team", team, 8),
        "policy.longest_days.reviewed": (30, "team", team, 9),
        "read_only": (False, "team", team, 1),
    }
    for key, (value, origin, file, line) in expected.items():
        got = said[key]
        assert (got["value"], got["origin"], got["line"]) == (value, origin, line), key
        assert got["file"] == (str(file) if file else None)


def test_the_table_shows_the_keys_that_were_changed(tmp_path: Path) -> None:
    code, out, err = asked(written(tmp_path, MINE), ConfigQuestion("show"))
    assert (code, err) == (ExitCode.DONE, "")
    assert re.search(rf"^theme +light +{tmp_path}/mine/config.toml:1$", out, re.MULTILINE)
    assert "keys.main.token" in out
    assert "keys.main.docs" not in out
    _, out, _ = asked(tmp_path, ConfigQuestion("show", keys=True))
    assert "keys.main.docs" in out


@pytest.mark.parametrize(
    ("mine", "team", "words"),
    [
        ("\nthem = 1\n", "", "mine/config.toml, line 2, sets them"),
        ("", "[threshold]\n", ".flytui/config.toml, line 1, sets threshold"),
        ("theme = 'drak'\n", "", "Did you mean dark?"),
        ("[keys]\nmain.token = 'c'\n", "", "keys.main.token and main.copy are both c"),
    ],
)
def test_what_is_wrong_is_told_by_the_exit_code_too(
    tmp_path: Path, mine: str, team: str, words: str
) -> None:
    code, _, err = asked(written(tmp_path, mine, team), ConfigQuestion("show"))
    assert code == ExitCode.USAGE
    assert words in err


def test_a_file_to_begin_with_changes_nothing_and_explains_everything(tmp_path: Path) -> None:
    code, out, _ = asked(tmp_path, ConfigQuestion("init"))
    path = tmp_path / "mine" / "config.toml"
    assert (code, out.startswith(f"Written: {path}. ")) == (ExitCode.DONE, True)
    assert tomli.loads(path.read_text()) == {"production": {}, "refresh": {}, "keys": {}}
    in_force = re.sub(r'^# (?=\[|["a-z]+(\.[\w]+")? = )', "", path.read_text(), flags=re.MULTILINE)
    in_force = re.sub(r'^# (?="[\w.()-]+" = )', "", in_force, flags=re.MULTILINE)
    assert set(tomli.loads(in_force)) == KEYS
    path.write_text(in_force)
    assert personal(read(path)).problems == ()
    assert asked(tmp_path, ConfigQuestion("show"))[0] == ExitCode.DONE


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ('"decide.fix" = "f"', ("keys", "decide.fix")),
        ("every = 60", ("refresh", "every")),
        ('organizations = ["acme"]', ("production", "organizations")),
        ('theme = "dark"', ("theme",)),
    ],
)
def test_any_line_of_it_can_be_put_in_force_alone(
    tmp_path: Path, line: str, keys: tuple[str, ...]
) -> None:
    asked(tmp_path, ConfigQuestion("init"))
    path = tmp_path / "mine" / "config.toml"
    path.write_text(path.read_text().replace(f"# {line}\n", f"{line}\n"))
    assert read(path).line(*keys)
    assert personal(read(path)).problems == ()
    assert asked(tmp_path, ConfigQuestion("show"))[0] == ExitCode.DONE


@pytest.mark.parametrize("mine", ['"decide.fix" = "F"\n', 'decide.fix = "F"\n'])
def test_a_key_outside_of_its_table_is_told_where_it_belongs(tmp_path: Path, mine: str) -> None:
    code, _, err = asked(written(tmp_path, f"\n{mine}"), ConfigQuestion("show"))
    assert code == ExitCode.USAGE
    assert "line 2, sets decide.fix outside of [keys]" in err
    assert "below a line that says [keys]" in err


def test_a_key_in_conflict_is_told_with_its_line(tmp_path: Path) -> None:
    _, _, err = asked(written(tmp_path, '[keys]\n"decide.fix" = "r"\n'), ConfigQuestion("show"))
    assert f"{tmp_path}/mine/config.toml:2: keys.decide.fix and decide.reviewed are both r" in err


def test_a_default_is_told_with_its_value(tmp_path: Path) -> None:
    every = shown(written(tmp_path))["refresh.every"]
    assert (every["value"], every["origin"]) == (60, "default")


def test_a_key_of_the_walkthrough_is_told_to_be_as_the_checklists(tmp_path: Path) -> None:
    found = shown(written(tmp_path, '[keys]\n"decide.fix" = "F"\n'))["keys.walk.fix"]
    assert (found["value"], found["origin"]) == (["F"], "as decide.fix")


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    written(tmp_path, MINE)
    code, out, err = asked(tmp_path, ConfigQuestion("init"))
    assert (code, out) == (ExitCode.USAGE, "")
    assert "was left as it is" in err
    assert (tmp_path / "mine" / "config.toml").read_text() == MINE


def test_path_tells_where_a_file_is_to_be(tmp_path: Path) -> None:
    assert asked(tmp_path, ConfigQuestion("path"))[1] == f"{tmp_path}/mine/config.toml\n"
    out = asked(tmp_path, ConfigQuestion("path", which="team"))[1]
    assert out == f"{tmp_path}/.flytui/config.toml\n"


def accepted(folder: Path, whose: str, text: str) -> bool:
    try:
        if whose == "team":
            preferences("shop", written(folder, team=text))
        else:
            personal(read(written(folder, text) / "mine" / "config.toml"))
    except SettingsError:
        return False
    return True


@pytest.mark.parametrize(
    ("whose", "text"),
    [
        ("team", TEAM),
        ("team", "[apps.shop]\nprivate = 1\n"),
        ("team", "[apps.shop]\nprivat = true\n"),
        ("team", "[thresholds]\ndrill_days = -1\n"),
        ("team", "[thresholds]\nbackup_hour = 1\n"),
        ("team", "[policy]\nlongest_days = { reviewed = 0 }\n"),
        ("team", "[policy]\nnever_waive = 'secrets'\n"),
        ("team", "read_only = 'no'\n"),
        ("personal", MINE),
        ("personal", "them = 'dark'\n"),
        ("personal", "[keys]\nmain.token = []\n"),
        ("personal", "[keys]\nmain.token = 1\n"),
        ("personal", "[refresh]\nevery = 0\n"),
        ("personal", "[refresh]\nevery = 9\n"),
        ("personal", "[refresh]\nevery = 10\n"),
        ("personal", "[refresh]\nevry = 10\n"),
        ("personal", "filter = 1\n"),
        ("personal", "editor = 'nano'\n"),
        ("personal", "[production]\napps = ['']\n"),
        ("personal", "[thresholds]\n"),
    ],
)
def test_the_schema_refuses_what_flytui_refuses(tmp_path: Path, whose: str, text: str) -> None:
    schema = team_schema() if whose == "team" else personal_schema(tuple(usual()))
    Draft202012Validator.check_schema(schema)
    valid = Draft202012Validator(schema).is_valid(tomli.loads(text))
    assert valid is accepted(tmp_path, whose, text)


def test_both_schemas_can_be_asked_for(tmp_path: Path) -> None:
    mine = json.loads(asked(tmp_path, ConfigQuestion("schema"))[1])
    team = json.loads(asked(tmp_path, ConfigQuestion("schema", which="team"))[1])
    assert set(mine["properties"]) == KEYS
    assert set(team["properties"]) == {"read_only", "apps", "thresholds", "policy"}
