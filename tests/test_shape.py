"""The shape of the project: who imports whom at run time, and what must agree with what."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from flytui.checklist import load
from flytui.checks.check import registry

ROOT = Path(__file__).parents[1]
HEAVY = {"httpx", "pydantic", "yaml", "graphql", "asyncio", "tomli", "platformdirs"}

LOADED = """
import contextlib, sys
with contextlib.suppress(SystemExit):
    {program}
print("\\n".join(sorted({{name.partition(".")[0] for name in sys.modules}})), file=sys.stderr)
"""

CHECK = """
import io
from pathlib import Path
from flytui.headless import Question, Streams, Subject, check
from flytui.settings import Flags
from tests.simulated import simulated
from flytui.opening import Surroundings
demo = simulated("storefront", Path(sys.argv[1]))
out = io.StringIO()
around = Surroundings(environ=demo.environ, checkout=demo.folder / "checkout",
    data=demo.folder / "d", state=demo.folder / "s", transport=demo.transport)
code = check(Question(Subject(Flags("storefront"))), around, demo.folder, Streams(out, sys.stderr))
assert code == 1 and "Action" in out.getvalue(), out.getvalue()
"""


def loaded(program: str, *words: str) -> set[str]:
    """The top-level modules that the program has imported by its end."""
    indented = program.strip().replace("\n", "\n    ")
    ended = subprocess.run(
        [sys.executable, "-c", LOADED.format(program=indented), *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ended.stderr.split())


@pytest.mark.parametrize(
    "words", ["--help", "--version", "check --help", "walk --help", "demo --help"]
)
def test_help_imports_nothing_it_does_not_show(words: str) -> None:
    modules = loaded(f"from flytui.cli import main; main({words.split()!r})")
    assert "argparse" in modules
    assert not modules & {*HEAVY, "textual", "rich"}


def test_a_check_imports_no_textual(tmp_path: Path) -> None:
    modules = loaded(CHECK, str(tmp_path))
    assert {"flytui", "httpx"} <= modules
    # Not rich: where click is installed beside it, httpx imports both for a command of its own.
    assert "textual" not in modules


@pytest.mark.parametrize(
    "module", ["finding", "remedy", "review", "checklist", "checks.check", "checks.sections"]
)
def test_deciding_imports_no_screen_and_no_network(module: str) -> None:
    modules = loaded(f"import flytui.{module}")
    assert "flytui" in modules
    assert not modules & {"textual", "httpx", "rich"}


def test_every_item_has_a_check_and_every_check_an_item() -> None:
    assert set(registry()) == {item.id for item in load()}


def test_the_readme_shows_the_help_as_it_is() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "flytui", "--help"],
        cwd=ROOT,
        env={"COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=True,
    )
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"<!-- help -->\n```\n(.*?)```\n<!-- /help -->", readme, re.DOTALL)
    assert block is not None
    assert block[1] == ended.stdout


SHIPPED = [
    path
    for folder in ("flytui", "tests")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".py", ".toml", ".tcss", ".graphql"}
] + [
    ROOT / name
    for name in ("README.md", "CHANGELOG.md", "SECURITY.md", "Makefile", "pyproject.toml")
]


def test_every_module_says_what_it_is_about_in_its_first_line() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "flytui").rglob("*.py"))
        if (text := path.read_text(encoding="utf-8")) and not text.startswith('"""')
    ]
    assert silent == []


def test_no_module_is_longer_than_the_wall() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in SHIPPED
        if path.suffix == ".py" and (lines := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert long == {}


def test_no_file_leaves_work_undone_or_names_the_place_it_was_written_at() -> None:
    # Put together here, so that this file does not mention them.
    words = [
        "TO" + "DO",
        "FIX" + "ME",
        "Not" + "ImplementedError",
        "/wo" + "rk/",
        "/home/" + "user",
    ]
    found = [
        (str(path.relative_to(ROOT)), word)
        for path in SHIPPED
        if path.is_file()
        for word in words
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []
