"""The trials: each does its worst to a folder of reviews and counts what became of them."""

import os
import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flytui.review_file import ReviewFileError
from tests.durability.saver import ITEMS, notes, opened, review

_ROOT = Path(__file__).parents[2]
_SAVER = (sys.executable, "-m", "tests.durability.saver")


@dataclass
class Count:
    """What a trial did, and what it cost. `lost` has to stay at 0."""

    trial: str
    kept: int = 0
    refused: int = 0
    killed: int = 0
    cut: int = 0
    """Kills that fell between the beginning and the end of a save."""
    put_aside: int = 0
    lost: int = 0
    unexplained: int = 0
    """Refusals that do not say what to do."""
    remark: str = ""

    @property
    def well(self) -> bool:
        return self.lost == self.unexplained == 0

    def refuse(self, why: str) -> None:
        self.refused += 1
        self.unexplained += not any(
            cure in why for cure in ("Make room", "decide again", "corrected")
        )


def _saver(root: Path, *words: str, around: Sequence[str] = ()) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        (*around, *_SAVER, str(root), *words),
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def killed(root: Path, saves: int, chance: random.Random) -> Count:
    """Kill -9 at random moments: what is on file is the last review kept, or the one under way."""
    count = Count("kill -9")
    on_file: dict[str, str] = {}
    tried = 0
    while count.kept < saves:
        with _saver(root, "--first", str(tried)) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            try:
                child.wait(timeout=chance.uniform(0, 0.02))
            except subprocess.TimeoutExpired:
                child.kill()
            told = [line.split() for line in child.stdout]
        count.killed += 1
        allowed = {item: {note} for item, note in on_file.items()}
        for word, item, number in told:
            tried = int(number) + 1
            if word == "kept":
                count.kept += 1
                allowed[item] = {number}
            else:
                allowed.setdefault(item, {""}).add(number)
        count.cut += bool(told) and told[-1][0] == "try"
        on_file = notes(root)
        count.lost += sum(on_file.get(item, "") not in may for item, may in allowed.items())
    folder = opened(root)
    for item in ITEMS:
        folder.save(review(item, "last"))
    left = sorted(path.name for path in (root / "storefront").iterdir())
    count.lost += left != [f"{item}.toml" for item in sorted(ITEMS)]
    return count


def full_disk(root: Path, saves: int, *, largest: int = 900) -> Count:
    """Writes that fail in the middle of a file: refused, and the earlier review stays."""
    words = ("--saves", str(saves), "--long", "1400", "--largest-file", str(largest))
    return _told(Count("file size limit"), _saver(root, *words))


def tiny_disk(root: Path, saves: int) -> Count | None:
    """A disk of its own that is full; None where this user may mount none."""
    mount = f"mount -t tmpfs -o size=32k tmpfs '{root}'"
    return _mounted("full disk", root, mount, ("--saves", str(saves), "--long", "20000"))


def read_only(root: Path, saves: int) -> Count:
    """A folder in which nothing can be changed: every save is refused, all reviews stay."""
    folder = opened(root)
    for item in ITEMS:
        folder.save(review(item, "before"))
    words = ("--saves", str(saves), "--long", "20")
    mount = f"mount --bind '{root}' '{root}' && mount -o remount,ro,bind '{root}'"
    count = _mounted("read-only", root, mount, words)
    if count is None:
        (root / "storefront").chmod(0o500)
        try:
            count = _told(Count("read-only"), _saver(root, *words))
        finally:
            (root / "storefront").chmod(0o700)
    count.lost += count.kept + (notes(root) != dict.fromkeys(ITEMS, "before"))
    return count


def _mounted(trial: str, root: Path, mount: str, words: Sequence[str]) -> Count | None:
    """The saver where `mount` has been run, in a name space of its own that ends with it."""
    if os.geteuid() != 0:
        return None
    can = subprocess.run(
        ("unshare", "--mount", "sh", "-c", mount), check=False, stderr=subprocess.DEVNULL
    )
    if can.returncode != 0:
        return None
    around = ("unshare", "--mount", "sh", "-c", f'{mount} && exec "$@"', "sh")
    return _told(Count(trial), _saver(root, *words, around=around))


def _told(count: Count, saver: "subprocess.Popen[str]") -> Count:
    """What a saver that looks at the disk after each save said."""
    with saver as child:
        assert child.stdout is not None
        lines = [line.rstrip("\n").split(" ", 3) for line in child.stdout]
    count.kept = sum(line[0] == "kept" for line in lines)
    for line in lines:
        if line[0] == "refused":
            count.refuse(line[3])
    tried = sum(line[0] == "try" for line in lines)
    count.lost = sum(line[0] == "lost" for line in lines) + abs(child.returncode)
    count.lost += tried - count.kept - count.refused
    return count


def nonsense(root: Path, saves: int, chance: random.Random) -> Count:
    """Files edited to nonsense: told, not counted, and put aside instead of overwritten."""
    count = Count("nonsense on file")
    folder = opened(root)
    for n in range(saves):
        item = ITEMS[n % len(ITEMS)]
        path = root / "storefront" / f"{item}.toml"
        folder.save(review(item, f"note {n}"))
        count.kept += 1
        broken = _spoiled(path.read_bytes(), chance)
        path.write_bytes(broken)
        try:
            folder.save(review(item, "over it"))
        except ReviewFileError as error:
            count.refuse(str(error))
        else:
            count.lost += 1
        reviews, problems = folder.load()
        count.lost += item in reviews
        count.unexplained += [p.item for p in problems] != [item]
        folder.save(review(item, f"again {n}"))
        count.kept += 1
        aside = {each.read_bytes(): each for each in path.parent.glob("*.broken-*")}
        count.lost += broken not in aside
        count.put_aside += broken in aside
        for each in aside.values():
            each.unlink()
    return count


def _spoiled(content: bytes, chance: random.Random) -> bytes:
    match chance.randrange(6):
        case 0:
            return content[: chance.randrange(len(content) - 1)]
        case 1:
            return bytes(chance.randrange(256) for _ in range(chance.randrange(1, 400)))
        case 2:
            return b"<<<<<<< ours\n" + content + b"=======\n" + content + b">>>>>>> theirs\n"
        case 3:
            return content.replace(b"status: action", b"status: ok")
        case 4:
            return content.replace(b"2026-03-12", b"2026-13-12")
        case _:
            return content + b'\nreason = "none"\n'


def rivals(root: Path, saves: int) -> Count:
    """Several at once on the same items: each review replaces the very one its author saw."""
    count = Count("two at once")
    each = saves // 2
    children = [
        _saver(root, "--rival", "--name", name, "--saves", str(each)) for name in ("a", "b")
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    after: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for child in children:
        assert child.stdout is not None
        with child:
            for line in child.stdout:
                word, _, rest = line.rstrip("\n").partition(" ")
                if word == "refused":
                    count.refuse(rest)
                if word == "kept":
                    item, name, earlier = rest.split()
                    # A second review on the same earlier one: somebody's was silently replaced.
                    count.lost += earlier in after[item]
                    after[item][earlier] = name
                    count.kept += 1
    found = notes(root)
    for item, chain in after.items():
        name, length = "nothing", 0
        while name in chain:
            name, length = chain[name], length + 1
        count.lost += (length != len(chain)) + (found[item].split()[0] != name)
    count.lost += each * 2 - count.kept
    return count
