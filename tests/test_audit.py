"""The history keeps what ran, also when flytui did not live to see it end."""

import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flytui.audit import Entry, HistoryFile


def entry(*argv: str, run: str = "1") -> Entry:
    return Entry(
        id=run,
        at=datetime(2026, 3, 12, 10, 0, tzinfo=UTC),
        app="storefront",
        organization="acme",
        by="Ana",
        argv=argv or ("fly", "ips", "release", "203.0.113.7", "-a", "storefront"),
        before="action: 2 public addresses.",
    )


@pytest.fixture
def history(tmp_path: Path) -> HistoryFile:
    return HistoryFile(tmp_path, "storefront", "acme")


def test_a_run_is_one_entry_with_its_end(history: HistoryFile) -> None:
    ended = replace(entry(), exit=0, after="ok: no public address.", seconds=1.5)
    history.begin(entry())
    history.end(ended)
    assert history.entries() == (ended,)


def test_a_run_whose_end_nobody_saw_stays_without_an_exit_code(history: HistoryFile) -> None:
    history.begin(entry())
    assert history.entries() == (entry(),)
    assert history.entries()[0].exit is None


def test_entries_keep_the_order_in_which_they_began(history: HistoryFile) -> None:
    history.begin(entry(run="1"))
    history.begin(entry(run="2"))
    history.end(replace(entry(run="1"), exit=1))
    assert [(e.id, e.exit) for e in history.entries()] == [("1", 1), ("2", None)]


@pytest.mark.parametrize(
    ("argv", "secret"),
    [
        (("fly", "auth", "docker", "fo1_aBcDeF123"), "aBcDeF123"),
        (("fly", "secrets", "set", "PASSWORD=hunter2", "-a", "x"), "hunter2"),
        (("fly", "deploy", "--token=fm2_lJPE/+Ab==,fm2_other"), "lJPE"),
    ],
)
def test_no_secret_reaches_the_file(
    history: HistoryFile, argv: tuple[str, ...], secret: str
) -> None:
    history.begin(entry(*argv))
    assert secret not in history.path.read_text()
    assert len(history.entries()[0].argv) == len(argv)


def test_only_its_owner_may_read_it(history: HistoryFile) -> None:
    history.begin(entry())
    assert stat.S_IMODE(history.path.stat().st_mode) == 0o600


def test_a_line_cut_short_costs_neither_its_neighbours_nor_the_next(history: HistoryFile) -> None:
    history.begin(entry(run="1"))
    with history.path.open("a") as file:
        file.write('{"event": "begin", "id": "torn')
    history.begin(entry(run="2"))
    assert [e.id for e in history.entries()] == ["1", "2"]


def test_no_history_yet_is_an_empty_one(history: HistoryFile) -> None:
    assert history.entries() == ()


def test_a_history_that_cannot_be_kept_is_told_before_anything_runs(tmp_path: Path) -> None:
    (tmp_path / "acme").write_text("a file where the folder should be")
    with pytest.raises(OSError, match="acme"):
        HistoryFile(tmp_path, "storefront", "acme").begin(entry())


def test_an_end_that_cannot_be_kept_is_told_to_the_run(tmp_path: Path) -> None:
    (tmp_path / "acme").write_text("a file where the folder should be")
    history = HistoryFile(tmp_path, "storefront", "acme")
    with pytest.raises(OSError, match="acme"):
        history.end(entry())


@pytest.mark.parametrize("name", ["../../x", "a/b", ".hidden", "", "a\x00b"])
def test_a_name_never_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="cannot name a file"):
        HistoryFile(tmp_path, name, "acme")


def test_an_app_of_an_unknown_organisation_has_a_history_too(tmp_path: Path) -> None:
    assert HistoryFile(tmp_path, "storefront", None).path == tmp_path / "_" / "storefront.jsonl"
