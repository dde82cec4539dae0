"""What flytui keeps for a person is that person's alone, and no name leads it elsewhere."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import TypeAlias

import pytest

from flytui import private
from flytui.audit import HistoryFile
from flytui.checklist import load as load_checklist
from flytui.config_command import ConfigQuestion, Places, tell
from flytui.journey.bookmark import BookmarkFile
from flytui.journey.model import begin
from flytui.last_look import LastLook
from flytui.memory import Memory
from flytui.outputs import write
from flytui.recent import Recent
from flytui.review import Decision, Review
from flytui.review_folder import ReviewFolder, choose, own_place
from flytui.review_sharing import share
from flytui.settings import SettingsError
from flytui.settings.precedence import keep_theme
from flytui.streams import Streams
from tests.fakes import NOON
from tests.test_audit import entry

Keep: TypeAlias = Callable[[Path, str], object]
EVERY = [item.id for item in load_checklist()]


def keep_review(folder: Path, app: str) -> None:
    reviews = ReviewFolder(own_place(app, "acme", folder / "data"))
    reviews.load()
    reviews.save(Review("exposure", Decision.REVIEWED, "Fine.", "Ana", NOON, None, ("status: ok",)))


def keep_history(folder: Path, app: str) -> None:
    HistoryFile(folder / "state" / "history", app, None).begin(entry())


def keep_bookmark(folder: Path, app: str) -> None:
    BookmarkFile(folder / "state" / "walks", app).keep(begin(EVERY))


def keep_look(folder: Path, app: str) -> None:
    memory = Memory(folder / "state" / "last-looks", "https://api.fly.io", app)
    memory.keep(LastLook(app, "acme", NOON, {}))


def keep_recent(folder: Path, app: str) -> None:
    Recent(folder / "state" / "recent.json").add(app)


def keep_choice(folder: Path, app: str) -> None:
    keep_theme(folder / "state", "light", folder / "none")


def keep_settings(folder: Path, app: str) -> None:
    places = Places(folder, folder / "config" / "flytui" / "config.toml", folder, {})
    tell(ConfigQuestion("init"), places, Streams(StringIO(), StringIO()))


KEPT: dict[str, Keep] = {
    "review": keep_review,
    "history": keep_history,
    "bookmark": keep_bookmark,
    "last look": keep_look,
    "recent apps": keep_recent,
    "theme": keep_choice,
    "settings": keep_settings,
}
each_kind = pytest.mark.parametrize("kind", KEPT)


@pytest.fixture
def careless() -> Iterator[None]:
    """A umask that lets everybody write everything."""
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    return [
        f"{path} {stat.S_IMODE(path.stat().st_mode):o}"
        for path in folder.rglob("*")
        if path.stat().st_mode & 0o077
    ]


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@each_kind
def test_it_is_its_owners_alone_whatever_the_umask(
    kind: str, tmp_path: Path, careless: None
) -> None:
    home = tmp_path / "home"
    KEPT[kind](home, "shop")
    assert files(home)
    assert home.stat().st_mode & 0o077 == 0
    assert open_to_others(home) == []


@each_kind
def test_writing_it_again_opens_it_to_nobody(kind: str, tmp_path: Path, careless: None) -> None:
    home = tmp_path / "home"
    KEPT[kind](home, "shop")
    KEPT[kind](home, "shop")
    assert open_to_others(home) == []
    assert len(files(home)) == 1


@pytest.mark.parametrize("kind", ["bookmark", "recent apps", "theme"])
def test_a_link_in_its_place_is_replaced_and_not_followed(kind: str, tmp_path: Path) -> None:
    KEPT[kind](tmp_path / "home", "shop")
    (written,) = files(tmp_path / "home")
    precious = tmp_path / "precious"
    precious.write_text("precious")
    written.unlink()
    written.symlink_to(precious)
    KEPT[kind](tmp_path / "home", "shop")
    assert precious.read_text() == "precious"
    assert not written.is_symlink()


@pytest.mark.parametrize("kind", ["history", "settings"])
def test_a_link_in_place_of_what_only_grows_is_refused(kind: str, tmp_path: Path) -> None:
    KEPT[kind](tmp_path / "home", "shop")
    (written,) = files(tmp_path / "home")
    precious = tmp_path / "precious"
    precious.write_text("precious")
    written.unlink()
    written.symlink_to(precious)
    with suppress(OSError):  # the history raises it, `config init` tells
        KEPT[kind](tmp_path / "home", "shop")
    assert precious.read_text() == "precious"


def test_a_file_that_could_not_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "place").mkdir()
    with pytest.raises(OSError, match="place"):
        private.replace(tmp_path / "place", "text")
    assert [path.name for path in tmp_path.iterdir()] == ["place"]


LEADING = (
    *("../../x", "..", ".", "/etc/x", "a/b", "a\\b", "~", "~root", "-x", ".git", " x", ""),
    *("x\0y", "x\ny", "C:\\x", "\\\\server\\x", "x:y", "a" * 201, "nul\u0000", "\u202ex", "é/x"),
)
each_name = pytest.mark.parametrize("name", LEADING, ids=ascii)


@each_name
@pytest.mark.parametrize("kind", ["review", "history", "bookmark", "last look"])
def test_no_name_of_an_app_leads_out(kind: str, name: str, tmp_path: Path) -> None:
    home = tmp_path / "a" / "b" / "c" / "home"
    with suppress(ValueError):  # what is only a convenience keeps nothing and says nothing
        KEPT[kind](home, name)
    assert [*files(tmp_path)] == []


@each_name
def test_a_name_from_the_list_of_recent_apps_is_one_that_can_be_an_apps(
    name: str, tmp_path: Path
) -> None:
    KEPT["recent apps"](tmp_path, name)
    assert Recent(tmp_path / "state" / "recent.json").names() == ()


@pytest.mark.parametrize("name", ["CON", "nul", "com1.txt", "x.", "a" * 200])
@pytest.mark.parametrize("kind", ["review", "history", "bookmark", "last look"])
def test_odd_names_stay_where_they_belong(kind: str, name: str, tmp_path: Path) -> None:
    KEPT[kind](tmp_path, name)
    (written,) = files(tmp_path)
    assert name in str(written.relative_to(tmp_path))
    assert ".." not in written.relative_to(tmp_path).parts


@each_name
def test_reviews_are_shared_into_the_checkout_alone(name: str, tmp_path: Path) -> None:
    checkout = tmp_path / "a" / "b" / "checkout"
    checkout.mkdir(parents=True)
    with pytest.raises(ValueError, match="cannot name a file"):
        share(name, None, checkout, tmp_path / "data")
    with pytest.raises(ValueError, match="cannot name a file"):
        choose(name, None, checkout, tmp_path / "data")
    assert files(tmp_path) == []


@pytest.mark.parametrize("name", ["report.json", "reports/a.json", "./reports/../report.json"])
def test_a_report_is_not_led_out_of_the_folder_by_a_link_in_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere, checkout = tmp_path / "elsewhere", tmp_path / "checkout"
    for each in (elsewhere, checkout):
        each.mkdir()
    (elsewhere / "precious").write_text("precious")
    (checkout / "report.json").symlink_to(elsewhere / "precious")
    (checkout / "reports").symlink_to(elsewhere)
    (checkout / "endless").symlink_to(checkout / "endless")
    monkeypatch.chdir(checkout)
    with pytest.raises(SettingsError, match="cannot be written"):
        write(Path("endless"), "report")
    with pytest.raises(SettingsError, match="leads out of this folder"):
        write(Path(name), "report")
    assert [path.read_text() for path in elsewhere.iterdir()] == ["precious"]


def test_a_report_goes_where_its_name_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "checkout" / "out").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "checkout")
    Path("link.json").symlink_to("out/a.json")
    for name in ("link.json", "out/b.json", "../c.json", str(tmp_path / "d.json"), "/dev/null"):
        write(Path(name), "report")
    written = {str(path.relative_to(tmp_path)) for path in files(tmp_path) if not path.is_symlink()}
    assert written == {"checkout/out/a.json", "checkout/out/b.json", "c.json", "d.json"}
