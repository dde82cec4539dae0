"""What flytui leaves on the disk: decisions, which are never to be lost, and folders in passing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Decisions:
    """What has to be on file, by the file it was found in when it was decided."""

    folder: Path
    expected: dict[Path, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    made: int = 0
    taken_back: int = 0

    def on_file(self) -> Mapping[Path, str]:
        return {path: path.read_text("utf-8") for path in self.folder.rglob("*.toml")}

    def decided(self, before: Mapping[Path, str], note: str) -> None:
        """The note is in exactly one file now, and no other file has changed."""
        self.made += 1
        now = self.on_file()
        holding = [path for path, content in now.items() if note in content]
        if len(holding) != 1:
            self.problems.append(f"{note} is in {len(holding)} files")
            return
        self._rest(before, now, holding[0])
        self.expected[holding[0]] = now[holding[0]]

    def undone(self, before: Mapping[Path, str]) -> None:
        """One file is as it was before its last decision, or gone."""
        self.taken_back += 1
        now = self.on_file()
        changed = [p for p in {*before, *now} if before.get(p) != now.get(p)]
        if len(changed) != 1:
            self.problems.append(f"taking a decision back changed {len(changed)} files")
            return
        if changed[0] in now:
            self.expected[changed[0]] = now[changed[0]]
        else:
            self.expected.pop(changed[0], None)

    def _rest(self, before: Mapping[Path, str], now: Mapping[Path, str], but: Path) -> None:
        others = {*before, *now} - {but}
        self.problems += [f"{p.name} changed" for p in others if before.get(p) != now.get(p)]

    def lost(self) -> list[str]:
        """What should be on file and is not, and what is there and should not be."""
        now = self.on_file()
        gone = [p.name for p, text in self.expected.items() if now.get(p) != text]
        added = [p.name for p in now if p not in self.expected]
        return [*self.problems, *(f"{n} is lost" for n in gone), *(f"{n} was kept" for n in added)]


def entries(folder: Path) -> int:
    """Files and folders in it, at any depth."""
    return sum(1 for _ in folder.rglob("*")) if folder.is_dir() else 0
