"""A process that keeps reviews and says of each, before and after, how it went. Run by trials.

Lines on stdout: `ready`, `try ITEM N`, `kept ITEM N`, `refused ITEM N WHY`, `lost ITEM N WHY`.
"""

import argparse
import os
import random
import resource
import signal
from datetime import UTC, datetime
from pathlib import Path

from flytui.review import Decision, Review
from flytui.review_file import ReviewFileError
from flytui.review_folder import Place, ReviewFolder

ITEMS = ("exposure", "ipv4", "secrets")
AT = datetime(2026, 3, 12, 10, 0, tzinfo=UTC)


def review(item: str, note: str) -> Review:
    return Review(item, Decision.REVIEWED, note, "Ana", AT, None, ("status: action",), "text")


def opened(root: Path) -> ReviewFolder:
    """The folder as a session holds it, loaded once."""
    folder = ReviewFolder(Place(root / "storefront", root, private=True))
    folder.load()
    return folder


def notes(root: Path) -> dict[str, str]:
    """What somebody who starts flytui now would find. Nothing on file may be unreadable."""
    reviews, problems = opened(root).load()
    assert not problems, problems
    return {item: one.note for item, one in reviews.items()}


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=Path)
    parser.add_argument("--name", default="one")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--saves", type=int, default=1_000_000)
    parser.add_argument("--long", type=int, default=0, help="notes of up to so many characters")
    parser.add_argument("--largest-file", type=int, default=0)
    parser.add_argument("--rival", action="store_true", help="somebody else writes here too")
    arguments = parser.parse_args()
    if arguments.largest_file:
        # Beyond it a write fails as on a full disk, once the signal is out of the way.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (arguments.largest_file, resource.RLIM_INFINITY))
    say("ready")
    if arguments.rival:
        compete(arguments.root, arguments.name, arguments.saves)
    else:
        save(arguments.root, arguments.first, arguments.saves, arguments.long)


def save(root: Path, first: int, number: int, long: int) -> None:
    """Keep reviews one after the other; with long notes, look at the disk after each."""
    folder, chance = opened(root), random.Random(first)
    before = notes(root) if long else {}
    for n in range(first, first + number):
        item = ITEMS[n % len(ITEMS)]
        note = f"{n} " + "x" * chance.randrange(long or 1)
        say("try", item, n)
        try:
            folder.save(review(item, note.strip()))
        except ReviewFileError as error:
            say("refused", item, n, error)
        else:
            before[item] = note.strip()
            say("kept", item, n)
        if long and notes(root) != before:
            say("lost", item, n, "what is on file is not what was kept last")
            return


def compete(root: Path, name: str, number: int) -> None:
    """Decide on what is on file; where somebody else was faster, look again and decide again."""
    folder = opened(root)
    os.read(0, 1)  # until all are here
    for n in range(number):
        item = ITEMS[n % len(ITEMS)]
        while True:
            seen = folder.load()[0].get(item)
            earlier = seen.note.split()[0] if seen else "nothing"
            try:
                folder.save(review(item, f"{name}-{n} after {earlier}"))
            except ReviewFileError as error:
                say("refused", item, f"{name}-{n}", error)
            else:
                say("kept", item, f"{name}-{n}", earlier)
                break


if __name__ == "__main__":
    main()
