"""What fuzzing found, each as a test of its own."""

import base64
import time
from pathlib import Path
from typing import Any

import msgpack
import pytest

from flytui.checks.check import registry
from flytui.edits.changes import Refused
from flytui.edits.editing import edited
from flytui.edits.operations import Put, Resize, Table
from flytui.facts.fact import Fact
from flytui.facts.postgres import database_names
from flytui.fly.macaroon import decode
from flytui.fly.models import CertificateSummary, Secret
from flytui.remedy import Blank
from flytui.repo.checkout import BrokenFile, Checkout
from flytui.repo.parsing import Unreadable, from_yaml
from flytui.repo.reading import read
from flytui.review_file import ReviewFileError, from_toml
from flytui.settings import Preferences, SettingsError
from flytui.settings.declared import preferences
from flytui.store import FactStore
from flytui.team import with_team
from flytui.text import plain, unbroken
from tests.checks.builders import machine
from tests.fakes import Clock
from tests.fuzz.of_readers import _own
from tests.repo.builders import write
from tests.worlds import silent_fly

BOMBS = {
    "a number without end": f"note = {'9' * 5000}",
    "lists in lists": f"a = {'[' * 20_000}",
    "closed lists in lists": f"a = {'[' * 5000}{']' * 5000}",
    "a key of many parts": f"[{'.'.join(['a'] * 5000)}]",
    "tables in tables": f"a = {'{a=' * 3000}",
}


def _laughs(levels: int) -> str:
    """Nine aliases of nine aliases, and so on: all in all a billion."""
    rows = ["x0: &x0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"x{n + 1}: &x{n + 1} [{', '.join([f'*x{n}'] * 9)}]" for n in range(levels)]
    return "\n".join(rows)


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_toml_bomb_is_the_readers_own_error(bomb: str, tmp_path: Path) -> None:
    text = BOMBS[bomb]
    with pytest.raises(ReviewFileError, match=r"exposure\.toml"):
        from_toml(text, "exposure.toml", "exposure")
    with pytest.raises(Refused):
        edited(text, [Put(Table(), ("x",), 1)])
    root = write(tmp_path, {".flytui/config.toml": text, ".flytui/checklist.toml": text})
    with pytest.raises(SettingsError, match=r"config\.toml"):
        preferences("storefront", root)
    with pytest.raises(SettingsError, match=r"checklist\.toml"):
        with_team(_own(), root)


def test_a_file_of_100_mb_is_not_read(tmp_path: Path) -> None:
    root = write(tmp_path, {".flytui/config.toml": "", "fly.toml": "", "package.json": ""})
    for name in (".flytui/config.toml", "fly.toml", "package.json"):
        with (root / name).open("ab") as file:
            file.truncate(100 * 2**20)
    begun = time.monotonic()
    with pytest.raises(SettingsError, match="too large"):
        preferences("storefront", root)
    assert isinstance(read(root).config, BrokenFile)
    assert time.monotonic() - begun < 20


def test_the_line_of_a_mistake_in_a_long_list_is_not_looked_for_without_end(tmp_path: Path) -> None:
    text = "unknown = [\n" + "1,\n" * 60_000 + "]\n"
    root = write(tmp_path, {".flytui/config.toml": text})
    begun = time.monotonic()
    with pytest.raises(SettingsError, match="unknown"):
        preferences("storefront", root)
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    "text",
    [_laughs(8), "&a [*a]", "a: &a {b: *a}", "a: &a {<<: *a}", "a: &a [x, &b [*a, *b]]"],
    ids=range(5),
)
def test_few_aliases_that_stand_for_very_much_are_not_followed(text: str) -> None:
    with pytest.raises(Unreadable, match="full of aliases"):
        from_yaml(text)


def test_ordinary_aliases_are_followed() -> None:
    text = "env: &env {A: 1, B: 2}\njobs:\n" + "".join(f"  j{n}: *env\n" for n in range(50))
    assert from_yaml(text)["jobs"]["j49"] == {"A": 1, "B": 2}


def test_a_workflow_of_a_billion_values_costs_no_time(tmp_path: Path) -> None:
    jobs = "\non: push\njobs: {d: {strategy: {matrix: {a: *x9}}, steps: *x9}}\n"
    begun = time.monotonic()
    found = read(
        write(tmp_path, {".github/workflows/a.yml": _laughs(9) + jobs, "fly.yaml": "a: 1"})
    )
    assert [broken.path for broken in found.broken] == [".github/workflows/a.yml"]
    assert time.monotonic() - begun < 20


def test_a_macaroon_whose_ticket_is_a_number_is_not_read() -> None:
    wire = [[b"x", 1], "https://api.fly.io/v1", [11, ["https://auth.fly.io", b"", 2**33]], b""]
    assert decode(f"fm2_{base64.b64encode(msgpack.packb(wire)).decode()}") is None


@pytest.mark.parametrize("days", ["1" + "0" * 30, "1000001", "1e300", "-1", "nan", "inf"])
def test_a_threshold_that_cannot_be_reckoned_with_is_refused(days: str, tmp_path: Path) -> None:
    for name in ("backup_hours", "drill_days", "busy_share"):
        root = write(tmp_path, {".flytui/config.toml": f"[thresholds]\n{name} = {days}\n"})
        with pytest.raises(SettingsError, match=name):
            preferences("storefront", root)


@pytest.mark.parametrize("odd", ["a\nb", "a\tb", "a\u2028b", "a\u2029b", "a\r\nb"])
def test_a_name_from_fly_io_stays_on_one_line(odd: str) -> None:
    assert Secret(name=odd, digest="0").name == "a b"
    assert CertificateSummary.model_fields["hostname"].metadata
    assert unbroken(odd) == "a b"


@pytest.mark.parametrize(
    "odd", ["\u061c", chr(0xD800), chr(0xDFFF), "\x1b\x1b[m[31m"], ids=range(4)
)
def test_what_turns_or_breaks_text_is_taken_out(odd: str) -> None:
    shown = plain(f"a{odd}b")
    assert shown.encode()
    assert not set(shown) & {"\u061c", "\ud800", "\x1b"}


class _Given(FactStore):
    """Some facts are given, the others fetched."""

    def __init__(self, **facts: Any) -> None:
        checkout = Checkout(Path("/nowhere"), None)
        super().__init__("shop", silent_fly(), checkout, Preferences(), Clock())
        self._facts = facts

    async def get(self, fact: Fact[Any]) -> Any:
        return self._facts[fact.name]


async def test_names_of_variables_are_harmless_where_they_lead_to_a_database() -> None:
    odd = machine(env={"\x1b[31mMY\n_DATABASE_URL": "x"})
    names = await database_names.fetch(_Given(machines=(odd,), secrets=()))
    assert names == ("MY _DATABASE_URL",)


@pytest.mark.parametrize(
    "typed", ["a@\x1b", "a@\x00", "a@b\u202e", "a@b\u2028", "-a@b", "", "a@b\n"]
)
def test_a_value_with_anything_unseen_in_it_is_not_taken(typed: str) -> None:
    assert not Blank("email", "E-mail address", r"[^\s@]+@[^\s@]+").takes(typed)


@pytest.mark.parametrize("where", [Table(("services",)), Table(("services", "x")), Table(("app",))])
def test_an_edit_that_would_lead_through_a_list_is_refused(where: Table) -> None:
    with pytest.raises(Refused):
        edited('app = "shop"\nservices = [{ internal_port = 80 }]\n', [Put(where, ("a",), True)])


def test_what_an_edit_is_refused_for_is_fit_to_be_shown() -> None:
    text = 'app = "shop"\n[processes]\nweb = "a"\nworker = "b"\n[[vm]]\n"\u009b31m" = 1\n'
    with pytest.raises(Refused) as refused:
        edited(text, [Resize("web", "shared-cpu-2x", "1gb")])
    assert "also sets" in str(refused.value)
    assert plain(str(refused.value)) == str(refused.value)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_remark_behind_an_empty_list_stays_when_the_list_is_filled(end: str) -> None:
    before = end.join(['app = "shop"', "vm = []  # none yet", 'primary_region = "iad"', ""])
    after = edited(before, [Resize("app", "shared-cpu-2x", "1gb")])
    assert after.startswith(end.join(['app = "shop"', "# none yet", 'primary_region = "iad"', ""]))
    assert after.count("[[vm]]") == 1


def test_every_item_is_fuzzed() -> None:
    assert len(registry()) == 24
