"""Nothing in a checkout makes flytui run a command, load code or write elsewhere."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flytui.checklist import load as load_checklist
from flytui.demo.process import DemoServer, start
from flytui.looking import Subject, opened
from flytui.opening import Surroundings, open_session
from flytui.review_history import past
from flytui.settings import Flags, SettingsError, preferences, resolve, who
from flytui.settings.personal import KEYS
from flytui.settings.precedence import at_start
from flytui.ui.clipboard import openers, programs
from flytui.ui.editor import edited
from flytui.ui.errand import NotRun
from flytui.ui.outside import Outside
from tests.stories.terminal import Terminal
from tests.ui.driving import driving

FLYTUI = Path(sys.executable).with_name("flytui")
TRAP = "#!/bin/sh\necho ran >> '{marks}/'$(basename \"$0\")\n"
CODE = "import pathlib\npathlib.Path({mark!r}).touch()\n"
HELPERS = ("xdg-open", "gio", "wslview", "wl-copy", "xclip", "xsel", "tmux")
"""Programs that open an address or take a text."""

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


class Hostile:
    """A checkout full of traps, and the folder where a trap that was sprung leaves its mark."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "checkout"
        self.marks = folder / "marks"
        self.home = folder / "home"
        for each in (self.root, self.marks, self.home):
            each.mkdir()
        self._git("init", "--quiet", "--initial-branch=main")
        self._programs("fly", "flyctl", "git", "git-evil", "less", "vi", *HELPERS)
        self._modules("sitecustomize", "usercustomize", "conftest", "yaml", "httpx", "textual")
        self._modules("tomli", "rich", "pydantic", "platformdirs", "msgpack", "secrets", "shutil")
        self._modules("flytui/__init__", "flytui/cli", "flytui/demo/serve", "flytui/demo/__init__")
        self._modules("flytui/checks/__init__", "evil")
        (self.root / "fly.toml").write_text('app = "storefront"\nprimary_region = "ams"\n')
        (self.root / "pyproject.toml").write_text(
            '[project]\nname = "evil"\nversion = "1"\n'
            '[project.entry-points."flytui.checks"]\nevil = "evil"\n'
        )
        info = self.root / "evil-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1\n")
        (info / "entry_points.txt").write_text("[flytui.checks]\nevil = evil\n")
        self._commit()
        self._configure()

    def _programs(self, *names: str) -> None:
        for name in names:
            script = self.root / name
            script.write_text(TRAP.format(marks=self.marks))
            script.chmod(0o755)

    def _modules(self, *names: str) -> None:
        for name in names:
            file = self.root / f"{name}.py"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(CODE.format(mark=str(self.marks / name.replace("/", "."))))

    def _commit(self) -> None:
        person = ("-c", "user.name=Eve", "-c", "user.email=eve@example.com")
        shared = self.root / ".flytui" / "storefront"
        shared.mkdir(parents=True)
        for number in range(2):
            (shared / "exposure.toml").write_text(f"number = {number}\n")
            self._git("add", ".flytui", "fly.toml")
            self._git(*person, "commit", "--quiet", "-m", "decide")

    def _configure(self) -> None:
        """Every setting of a repository that names a command, and a clone that lacks files."""
        trap = str(self.root / "git-evil")
        for key in (
            *("core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.askPass"),
            *("diff.external", "diff.evil.textconv", "diff.evil.command", "gpg.program"),
            *("filter.evil.clean", "filter.evil.smudge", "credential.helper"),
        ):
            self._git("config", key, trap)
        self._git("config", "core.hooksPath", str(self.root / "hooks"))
        self._git("config", "log.showSignature", "true")
        self._git("config", "alias.log", f"!{trap}")
        self._git("config", "alias.config", f"!{trap}")
        (self.root / ".gitattributes").write_text("* diff=evil filter=evil\n")
        for folder in (self.root / "hooks", self.root / ".git" / "hooks"):
            folder.mkdir(exist_ok=True)
            for hook in ("post-checkout", "pre-commit", "post-index-change", "fsmonitor-watchman"):
                shutil.copy(self.root / "git-evil", folder / hook)

    def lose_its_files(self) -> None:
        """As in a partial clone whose remote is reached by a command."""
        for key, value in {
            "extensions.partialClone": "origin",
            "remote.origin.promisor": "true",
            "remote.origin.url": f"ext::{self.root / 'git-evil'}",
            "remote.origin.fetch": "+refs/heads/*:refs/remotes/origin/*",
            "protocol.ext.allow": "always",
            "core.repositoryformatversion": "1",
        }.items():
            self._git("config", key, value)
        for blob in self._git("ls-tree", "-r", "HEAD~1", "--format=%(objectname)").split():
            (self.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink(missing_ok=True)

    def _git(self, *words: str) -> str:
        ran = ("git", *words)
        return subprocess.run(ran, cwd=self.root, check=True, capture_output=True, text=True).stdout

    @property
    def sprung(self) -> list[str]:
        return sorted(path.name for path in self.marks.iterdir())

    def environ(self, server: DemoServer) -> dict[str, str]:
        """The paths of a careless user, who has the current folder on them."""
        given = {n: v for n, v in server.environment.items() if n not in os.environ or "FLY" in n}
        path = f".::{self.root.name}:/usr/bin:/bin"
        return {**given, "HOME": str(self.home), "PATH": path, "LANG": "C.UTF-8"}


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    with start() as running:
        yield running


@pytest.fixture
def hostile(tmp_path: Path) -> Hostile:
    return Hostile(tmp_path)


def everything_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def run(hostile: Hostile, server: DemoServer, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (str(FLYTUI), *words),
        cwd=hostile.root,
        env=hostile.environ(server),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_traps_work(hostile: Hostile) -> None:
    """Otherwise their silence would prove nothing."""
    subprocess.run((sys.executable, "-m", "flytui"), cwd=hostile.root, check=False)
    path = f".:{os.environ['PATH']}"
    subprocess.run(("git", "log"), cwd=hostile.root, env={"PATH": path}, check=False)
    git = str(shutil.which("git"))
    subprocess.run((git, "status"), cwd=hostile.root, check=False, capture_output=True)
    hostile.lose_its_files()
    subprocess.run(
        (git, "log", "-p"),
        cwd=hostile.root,
        env={"PATH": os.environ["PATH"], "GIT_PAGER": "cat"},
        check=False,
        capture_output=True,
    )
    assert {"flytui.__init__", "git", "git-evil"} <= set(hostile.sprung)


def test_a_check_runs_nothing_of_it_and_writes_nothing(
    hostile: Hostile, server: DemoServer
) -> None:
    before = everything_in(hostile.root)
    ran = run(hostile, server, "check", "--item", "exposure", "--format", "json")
    assert '"exposure"' in ran.stdout, ran.stderr
    assert hostile.sprung == []
    assert everything_in(hostile.root) == before
    assert everything_in(hostile.home) == set()


@pytest.mark.parametrize("words", [("walk",), ("rehearse", "--item", "exposure")], ids=" ".join)
def test_no_other_command_runs_anything_of_it_either(
    words: tuple[str, ...], hostile: Hostile, server: DemoServer
) -> None:
    before = everything_in(hostile.root)
    ran = run(hostile, server, *words)
    assert ran.stdout, ran.stderr
    assert hostile.sprung == []
    assert everything_in(hostile.root) == before


def test_the_screen_runs_nothing_of_it(hostile: Hostile, server: DemoServer) -> None:
    around = {**hostile.environ(server), "TERM": "xterm-256color", "DISPLAY": ":0"}
    with Terminal([str(FLYTUI)], around, cwd=str(hostile.root)) as terminal:
        terminal.sees("seen 23/23")
        terminal.press("g")
        terminal.press("q")
        assert terminal.ends() == 0
    assert hostile.sprung == []


def test_no_editor_browser_or_clipboard_is_taken_from_it(
    hostile: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(hostile.root)
    around = {
        "PATH": f".::{hostile.root.name}",
        "DISPLAY": ":0",
        "WAYLAND_DISPLAY": "w",
        "TMUX": "t",
    }
    find = Outside(around, "linux")._find
    assert openers("linux", find) == ()
    assert programs(around, "linux", find) == ()


async def test_an_editor_s_name_is_not_looked_up_in_it(
    hostile: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(hostile.root)
    async with driving(begin=False) as d:
        with pytest.raises(NotRun, match="There is no vi"):
            await edited(d.app, "vi", "note", {"PATH": f".::{hostile.root.name}"})
    assert hostile.sprung == []


@pytest.mark.parametrize("key", sorted({*KEYS, "plugins", "plugin", "commands", "fly"}))
def test_a_team_s_file_sets_nothing_that_is_a_person_s(key: str, tmp_path: Path) -> None:
    """Above all no editor: it would be a command that a stranger wrote."""
    (tmp_path / ".flytui").mkdir()
    (tmp_path / ".flytui" / "config.toml").write_text(f'{key} = "./evil"\n')
    with pytest.raises(SettingsError, match="which flytui does not know"):
        preferences("shop", tmp_path)


def test_a_person_s_settings_are_not_looked_for_in_it(
    hostile: Hostile, server: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("config.toml", ".config/flytui/config.toml", "flytui/config.toml"):
        file = hostile.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text('editor = "./git-evil"\n')
    monkeypatch.chdir(hostile.root)
    monkeypatch.setenv("HOME", str(hostile.home))
    ran = run(hostile, server, "config", "show", "--format", "json")
    assert '"editor"' in ran.stdout
    assert "git-evil" not in ran.stdout
    assert hostile.sprung == []
    assert at_start(hostile.home / "none", hostile.home, {}).editor == ""


def a_device(path: Path, _: Path) -> None:
    path.symlink_to("/dev/zero")


def a_terminal(path: Path, _: Path) -> None:
    path.symlink_to("/dev/tty")


def a_link_to_a_secret(path: Path, elsewhere: Path) -> None:
    path.symlink_to(elsewhere)


def a_pipe(path: Path, _: Path) -> None:
    os.mkfifo(path)


def a_link_to_itself(path: Path, _: Path) -> None:
    path.symlink_to(path)


def a_folder(path: Path, _: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    "trick", [a_device, a_terminal, a_link_to_a_secret, a_pipe, a_link_to_itself, a_folder]
)
def test_the_team_s_file_is_a_file_of_the_checkout(
    trick: Callable[[Path, Path], None], tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("[apps.shop]\nprivate = true\n")
    root = tmp_path / "checkout"
    (root / ".flytui").mkdir(parents=True)
    trick(root / ".flytui" / "config.toml", secret)
    with pytest.raises(SettingsError, match=r"out of the checkout|not a plain file"):
        preferences("shop", root)


def test_a_link_within_the_checkout_is_followed(tmp_path: Path) -> None:
    (tmp_path / "team.toml").write_text("[apps.shop]\nprivate = true\n")
    (tmp_path / ".flytui").mkdir()
    (tmp_path / ".flytui" / "config.toml").symlink_to("../team.toml")
    assert preferences("shop", tmp_path).private is True


@pytest.mark.parametrize("trick", [a_terminal, a_link_to_a_secret, a_pipe])
def test_the_history_of_a_review_waits_for_no_pipe_and_follows_no_link(
    trick: Callable[[Path, Path], None], hostile: Hostile
) -> None:
    secret = hostile.home / "secret"
    secret.write_text("number = 1\n")
    file = hostile.root / ".flytui" / "storefront" / "exposure.toml"
    file.unlink()
    trick(file, secret)
    told = past(file, "exposure", {"PATH": os.environ["PATH"], "HOME": str(hostile.home)})
    assert told.uncommitted


def test_the_demo_s_server_is_not_taken_from_it(
    hostile: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(hostile.root)
    with start() as running:
        assert running.url
    assert hostile.sprung == []


def test_opening_a_session_and_its_history_run_nothing_of_it(
    hostile: Hostile, server: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(hostile.root)
    environ = hostile.environ(server)
    around = Surroundings(
        environ=environ,
        checkout=hostile.root,
        data=hostile.home / "data",
        state=hostile.home / "state",
    )
    session = open_session(
        resolve(Flags("storefront"), environ, hostile.home), load_checklist(), around
    )
    assert session.identity.app == "storefront"
    hostile.lose_its_files()
    told = past(hostile.root / ".flytui" / "storefront" / "exposure.toml", "exposure", environ)
    assert told.entries or told.gap
    assert who(hostile.root, environ)
    assert hostile.sprung == []


def test_a_shared_folder_that_leads_elsewhere_is_left_alone(
    hostile: Hostile, server: DemoServer
) -> None:
    elsewhere = hostile.home / "elsewhere"
    (elsewhere / "storefront").mkdir(parents=True)
    (elsewhere / "config.toml").symlink_to("/etc/passwd")
    shutil.rmtree(hostile.root / ".flytui")
    (hostile.root / ".flytui").symlink_to(elsewhere)
    before = everything_in(elsewhere)
    ran = run(hostile, server, "check", "--item", "exposure")
    assert everything_in(elsewhere) == before
    assert "root:" not in ran.stdout + ran.stderr


@pytest.mark.parametrize("name", ["../../x", "/etc/x", "..", "a/b", "-x", "x\x00y"])
def test_an_app_s_name_of_fly_toml_leads_nowhere(tmp_path: Path, name: str) -> None:
    (tmp_path / "fly.toml").write_text(f"app = {name!r}\n".replace("\\x00", "\\u0000"))
    environ = {"HOME": str(tmp_path), "FLY_ACCESS_TOKEN": "fo1_made_up"}
    around = Surroundings(
        environ=environ,
        checkout=tmp_path,
        data=tmp_path / "home/data",
        state=tmp_path / "home/state",
    )
    with pytest.raises((SettingsError, ValueError), match=r"name"):
        opened(Subject(Flags()), around, tmp_path)
    assert everything_in(tmp_path) == {"fly.toml"}
