"""Items of other packages: only installed ones, flytui's own win, a broken one is a warning."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from flytui.additions import in_force
from flytui.checklist import load as load_checklist
from flytui.checks.check import registry
from flytui.finding import Status
from flytui.plugins import Additions, load
from tests.simulated import found, simulated

GOOD = '''
from flytui.checklist import Item
from flytui.checks.check import Check
from flytui.facts.app import app
from flytui.facts.fact import fact
from flytui.finding import Finding, Status

@fact("Acme's own books")
async def {fact}(ask):
    """Who pays for the app."""
    return "sales" if (await ask.get(app)).name else ""

def decide(app, who):
    """Every app has somebody who pays for it."""
    return Finding(Status.OK, f"{{app.name}} is paid by {{who}}.")

title = "Acme's own rules"
items = [Item("{id}", "", "Somebody pays", "Why.", (), ("Ask them.",))]
checks = [Check("{id}", (app, {fact}), decide)]
'''


def good(id_: str = "plugin/acme-owner", fact: str = "cost_centre") -> str:
    return GOOD.format(id=id_, fact=fact)


class Packages:
    """A folder that packages are installed in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def install(self, name: str, text: str) -> None:
        (self.folder / f"{name}.py").write_text(textwrap.dedent(text))
        info = self.folder / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[flytui.checks]\n{name} = {name}\n")

    def load(self, checkout: Path) -> Additions:
        return load(registry(), checkout, [str(self.folder)])


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Packages:
    folder = tmp_path / "site-packages"
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setattr("flytui.plugins.installed", lambda: (str(folder),))
    return Packages(folder)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "checkout").mkdir()
    return tmp_path / "checkout"


@pytest.fixture(autouse=True)
def _forgetful() -> Iterator[None]:
    """Modules of one test are not those of the next."""
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if name.startswith("acme"):
            del sys.modules[name]


async def test_its_item_is_decided_by_its_check_and_its_own_fact(
    packages: Packages, tmp_path: Path
) -> None:
    packages.install("acme_one", good())
    session = simulated("storefront", tmp_path).session()
    known = (await found(session))["plugin/acme-owner"]
    await session.close()
    assert known.finding.status is Status.OK
    assert known.finding.summary == "storefront is paid by sales."
    assert session.problems == ()
    assert session.checklist.sections[-1].title == "Acme's own rules"


BROKEN = {
    "raises": ("raise RuntimeError('no luck')", "RuntimeError: no luck"),
    "ends": ("import sys; sys.exit(3)", "SystemExit: 3"),
    "is not Python": ("def (", "SyntaxError"),
    "lacks its parts": ("title = 'x'", "AttributeError"),
    "has items of another kind": ("title = 'x'\nitems = [1]\nchecks = []", "TypeError"),
    "has checks of another kind": ("title = 'x'\nitems = []\nchecks = [1]", "TypeError"),
    "has a title that is none": ("title = 1\nitems = []\nchecks = []", "TypeError"),
    "imports what is not there": ("import acme_nowhere", "ModuleNotFoundError"),
}


@pytest.mark.parametrize("how", BROKEN)
async def test_a_broken_plug_in_is_a_warning_and_the_rest_goes_on(
    how: str, packages: Packages, tmp_path: Path
) -> None:
    text, told = BROKEN[how]
    packages.install("acme_bad", text)
    packages.install("acme_good", good())
    session = simulated("storefront", tmp_path).session()
    verdicts = await found(session)
    await session.close()
    assert len(verdicts) == 25
    (problem,) = session.problems
    assert "acme_bad was left out" in str(problem)
    assert told in str(problem)


@pytest.mark.parametrize(
    ("id_", "fact", "told"),
    [
        ("exposure", "cost_centre", "which stands"),
        ("acme-owner", "cost_centre", "its id is not plugin/"),
        ("plugin/../x", "cost_centre", "its id is not plugin/"),
        ("plugin/a--b", "cost_centre", "its id is not plugin/"),
        ("plugin/acme-owner", "machines", "another fact named machines"),
    ],
)
def test_flytui_s_own_items_and_facts_win(
    id_: str, fact: str, told: str, packages: Packages, checkout: Path
) -> None:
    packages.install("acme_one", good(id_, fact))
    added = packages.load(checkout)
    assert added.checks == {}
    assert told in str(added.problems[0])
    assert added.join(load_checklist()) == load_checklist()


def test_of_two_plug_ins_with_one_item_the_first_by_name_wins(
    packages: Packages, checkout: Path
) -> None:
    packages.install("acme_b", good(fact="other"))
    packages.install("acme_a", good())
    added = packages.load(checkout)
    assert [s.id for s in added.sections if s.items] == ["plugin-acme_a"]
    assert "of the plug-in acme_b was left out" in str(added.problems[0])


def test_an_item_without_a_check_is_left_out(packages: Packages, checkout: Path) -> None:
    packages.install("acme_one", good() + "\nchecks = []\n")
    assert "it has no check" in str(packages.load(checkout).problems[0])


@pytest.mark.parametrize("body", ["return None", "raise SystemExit(1)", "return 1 / 0"])
async def test_a_check_that_fails_leaves_its_item_unknown(
    body: str, packages: Packages, tmp_path: Path
) -> None:
    decide = f"def decide(app, who):\n    {body}"
    checks = "checks = [Check(items[0].id, (app, cost_centre), decide)]"
    packages.install("acme_one", f"{good()}\n{decide}\n{checks}\n")
    session = simulated("storefront", tmp_path).session()
    verdicts = await found(session)
    await session.close()
    finding = verdicts["plugin/acme-owner"].finding
    assert finding.status is Status.UNKNOWN
    assert "A plug-in's check" in finding.summary
    assert verdicts["exposure"].finding.status is not Status.UNKNOWN


def test_without_plug_ins_nothing_is_loaded(packages: Packages, checkout: Path) -> None:
    packages.install("acme_one", "raise RuntimeError")
    everything = in_force(load_checklist(), checkout, with_plugins=False)
    assert everything.problems == ()
    assert "acme_one" not in sys.modules


def test_a_module_of_the_checkout_does_not_stand_in_for_an_installed_one(
    packages: Packages, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages.install("acme_one", good())
    (checkout / "acme_one.py").write_text("raise RuntimeError('the checkout ran')")
    monkeypatch.syspath_prepend(checkout)
    assert packages.load(checkout).problems == ()
    assert str(checkout) in sys.path


@pytest.mark.parametrize("start", [("-m", "flytui"), ("-c", "from flytui.cli import main; main()")])
def test_nothing_of_the_folder_it_is_started_in_is_run(
    start: tuple[str, str], checkout: Path
) -> None:
    """A package that lies in the checkout with its entry points, as if it were installed."""
    evil = "open('ran', 'w').close()"
    Packages(checkout).install("acme_evil", evil)
    if start[0] == "-m":
        # Modules that flytui imports once it runs.
        for name in ("tomli", "yaml", "msgpack", "pydantic", "httpx"):
            (checkout / f"{name}.py").write_text(evil)
    ended = subprocess.run(
        [sys.executable, *start, "explain"],
        cwd=checkout,
        env={**os.environ, "COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert "acme" not in ended.stdout + ended.stderr
    assert not (checkout / "ran").exists()


def test_the_first_frame_waits_for_no_plug_in() -> None:
    look = "import sys, flytui.launch; print('flytui.plugins' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert ended.stdout == "False\n"
