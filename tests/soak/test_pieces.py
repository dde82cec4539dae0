"""The soak's own instruments: what they count, and what they would let pass."""

import os
import re
import subprocess
import sys
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from textual.message_pump import MessagePump

from tests.soak import processes
from tests.soak.__main__ import BOUNDS, grown, problems
from tests.soak.files import Decisions
from tests.soak.growth import growth, line, percentile
from tests.soak.hands import at_home
from tests.soak.owners import owners
from tests.soak.soaking import Told

STAT = "{pid} (a ) name) {state} {parent} " + " ".join(["0"] * 15) + " 4 0 0 0 100 0\n"


def process(proc: Path, pid: int, parent: int, state: str = "S", *opened: str) -> None:
    (proc / str(pid) / "fd").mkdir(parents=True)
    (proc / str(pid) / "stat").write_text(STAT.format(pid=pid, state=state, parent=parent))
    for number, target in enumerate(opened):
        (proc / str(pid) / "fd" / str(number)).symlink_to(target)


GOLDEN = Path(__file__).parents[1] / "ui" / "golden"


@pytest.mark.parametrize("size", ["120x36", "80x24", "50x20"])
def test_home_is_the_checklist_with_nothing_above_it(size: str) -> None:
    shown = (GOLDEN / f"{size}.txt").read_text("utf-8")
    _, *parts = re.split(r"^=== ", shown, flags=re.MULTILINE)
    seen = {name: text for name, _, text in (part.partition("\n") for part in parts)}
    main = seen["main, opened"]
    assert at_home(main)
    assert at_home(seen["reading"])
    elsewhere = ("walk", "organisation", "run, finished", "small", "palette")
    troubles = (name for name in seen if name.startswith("trouble"))
    assert not any(at_home(seen[name]) for name in (*elsewhere, *troubles))
    # In these pictures, what a dialog leaves in sight of the screen below is not drawn.
    for name in ("help", "token", "choice", "card", "note", "export", "apps", "decisions", "edit"):
        assert not at_home(seen[name] + main), name


def test_a_line_lies_between_points_that_scatter() -> None:
    assert line([(0, 1), (1, 3), (2, 1), (3, 3)]) == pytest.approx((1.4, 2.6))
    assert line([(5, 7), (5, 9)]) == (8, 8)
    with pytest.raises(ValueError, match="two points"):
        line([(0, 1)])


@pytest.mark.parametrize(
    ("values", "held"),
    [([20, 21, 20, 22, 20], True), ([20, 24, 28, 32, 36], False), ([36, 30, 20, 10, 5], True),
     ([20, 20, 90, 20, 20], True)],
    ids=["rests", "climbs", "falls", "one peak"],
)  # fmt: skip
def test_what_climbs_is_told_from_what_only_scatters(values: list[float], held: bool) -> None:
    assert growth("tasks", list(enumerate(values)), 6).held is held


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([3.0, 1.0, 2.0], 1.0) == 3.0
    assert percentile([], 0.99) == 0.0


def test_a_process_is_seen_with_all_that_it_started(tmp_path: Path) -> None:
    process(tmp_path, 7, 1, "S", "socket:[5]", "pipe:[6]", "pipe:[6]", "/tmp/x", "/dev/pts/3")
    process(tmp_path, 8, 7)
    process(tmp_path, 9, 8)
    process(tmp_path, 10, 7, "Z")
    process(tmp_path, 11, 1)
    (tmp_path / "self").mkdir()
    assert sorted(processes.tree(7, tmp_path)) == [7, 8, 9]
    assert processes.tree(12, tmp_path) == []
    assert processes.zombies(7, tmp_path) == 1
    found = processes.seen(7, tmp_path)
    assert found is not None
    assert found.threads == 4
    assert found.resident == 100 * os.sysconf("SC_PAGE_SIZE")
    assert found.descriptors == Counter(socket=1, pipe=2, file=1, terminal=1)
    assert processes.seen(12, tmp_path) is None


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_the_real_proc_reads_like_that() -> None:
    with subprocess.Popen(["sleep", "60"], stdin=subprocess.PIPE) as child:
        assert child.pid in processes.tree(os.getpid())
        found = processes.seen(child.pid)
        assert found is not None
        assert found.resident > 0
        child.kill()


def test_decisions_are_missed_when_they_are_lost_changed_or_too_many(tmp_path: Path) -> None:
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    decisions = Decisions(tmp_path)
    before = decisions.on_file()
    one.write_text("note = 'soak-1'")
    decisions.decided(before, "soak-1")
    before = decisions.on_file()
    two.write_text("note = 'soak-2'")
    decisions.decided(before, "soak-2")
    assert decisions.lost() == []
    before = decisions.on_file()
    two.unlink()
    decisions.undone(before)
    assert decisions.lost() == []
    decisions.decided(decisions.on_file(), "soak-3")
    assert decisions.lost() == ["soak-3 is in 0 files"]
    one.write_text("note = 'something else'")
    (tmp_path / "three.toml").touch()
    assert decisions.lost()[1:] == ["one.toml is lost", "three.toml was kept"]


def sample(at: float, **values: float) -> dict[str, float]:
    return dict.fromkeys(BOUNDS, 1.0) | {"at": at} | values


class Holder(MessagePump):
    """Holds something."""

    def __init__(self, held: object) -> None:
        super().__init__()
        self.held = held


def test_what_is_held_counts_for_its_owner_once_and_for_a_cache_first() -> None:
    @lru_cache
    def remembered(number: int) -> list[str]:
        return [f"{number} {n}" for n in range(1000)]

    shared = remembered(1)
    first, second = Holder([shared, ["x" * 10**6]]), Holder(shared)
    told = owners([second, remembered, first, shared])
    cache = next(name for name in told if name.endswith("remembered"))
    assert told[cache][0] == 1
    assert told[cache][1] > 1000
    assert told[cache][2] > 50_000
    assert told["Holder"][0] == 2
    assert 10**6 < told["Holder"][2] < 10**6 + 50_000
    assert owners([]) == {}


def test_the_warming_up_does_not_count_and_what_grows_afterwards_is_named() -> None:
    told = Told(samples=[sample(1, tasks=900), *(sample(n, sockets=n) for n in range(10, 40))])
    told.waits = [0.1] * 98 + [3.0] * 2
    figures = list(grown(told, 5.0))
    found = problems(told, figures)
    assert found == [
        "sockets grew by 29.0, more than 14",
        "1 of 100 keys waited 3.0 s or longer",
    ]
    assert "too short" in problems(Told(), [])[0]
