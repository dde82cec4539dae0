"""Scripts a command stands for: package.json scripts, make and just targets, script files."""

import re
from collections.abc import Iterator
from pathlib import Path

from flytui.repo.files import inside
from flytui.repo.parsing import Unreadable, from_json, text_of
from flytui.repo.shell import Command, join

_RUNNERS = frozenset({"npm", "yarn", "pnpm", "bun"})
_SHELLS = frozenset({"sh", "bash", "zsh", "dash", "source", "."})


class Scripts:
    """Looks into files of the checkout, each read once."""

    def __init__(self, root: Path, packages: tuple[str, ...] = ()) -> None:
        self._root = root
        self._packages = packages
        """Every package.json of the checkout, for workspaces."""
        self._texts: dict[str, str | None] = {}

    def behind(self, command: Command) -> tuple[str, str] | None:
        """(script, folder it runs in) that the command stands for; None for other commands."""
        words = command.words
        if words[0] in _RUNNERS or words[0] in ("turbo", "nx", "lerna"):
            return self._package_script(words, command.folder)
        if words[0] in ("make", "gmake", "just", "task"):
            return self._recipes(words, command.folder)
        rest = [word for word in words[1:] if not word.startswith("-")]
        path = (rest[0] if rest else "") if words[0] in _SHELLS else words[0]
        if "/" not in path and not path.endswith((".sh", ".bash")):
            return None
        text = self._text(join(command.folder, path))
        return None if text is None or not _is_script(path, text) else (text, command.folder)

    def _package_script(self, words: tuple[str, ...], folder: str) -> tuple[str, str] | None:
        """`yarn NAME`, `npm run NAME`, also in another package by filter or workspace."""
        names = [word for word in words[1:] if not word.startswith("-") and word != "run"]
        place = _option(words, "--prefix", "--cwd", "-C", "--dir")
        first = join(folder, place) if place else folder
        elsewhere = any(word.startswith(("-F", "--filter", "-w", "--workspace")) for word in words)
        for package in self._candidates(first, elsewhere or words[0] in ("turbo", "nx", "lerna")):
            scripts = self._scripts(package)
            found = next((scripts[name] for name in names if name in scripts), None)
            if found is not None:
                return found, package.rpartition("/")[0]
        return None

    def _candidates(self, folder: str, everywhere: bool) -> Iterator[str]:
        yield join(folder, "package.json")
        yield "package.json"
        if everywhere:
            yield from self._packages

    def _scripts(self, package: str) -> dict[str, str]:
        text = self._text(package)
        try:
            content = from_json(text) if text else {}
        except Unreadable:
            return {}
        scripts = content.get("scripts") if isinstance(content, dict) else None
        table = scripts if isinstance(scripts, dict) else {}
        return {name: script for name, script in table.items() if isinstance(script, str)}

    def _recipes(self, words: tuple[str, ...], folder: str) -> tuple[str, str] | None:
        """The recipes of the named targets and of what these need, or of the first target."""
        place = join(folder, _option(words, "-C", "--directory") or "")
        file = _option(words, "-f", "--file", "--makefile", "--justfile")
        usual = ("Makefile", "makefile", "GNUmakefile", "justfile", "Justfile", ".justfile")
        paths = (join(place, name) for name in ((file,) if file else usual))
        text = next((text for path in paths if (text := self._text(path)) is not None), None)
        if text is None:
            return None
        targets = _targets(text)
        wanted = [word for word in words[1:] if word in targets] or list(targets)[:1]
        return _recipe(targets, wanted), place

    def _text(self, path: str) -> str | None:
        if path not in self._texts:
            file = inside(self._root, path)
            try:
                self._texts[path] = text_of(file) if file else None
            except Unreadable:
                self._texts[path] = None
        return self._texts[path]


def _is_script(path: str, text: str) -> bool:
    shebang = text.startswith("#!") and re.match(r"#!.*\b(?:ba|z|da)?sh\b", text)
    return bool(shebang) or path.endswith((".sh", ".bash"))


def _targets(text: str) -> dict[str, tuple[list[str], str]]:
    """Target → (what it needs, its recipe) of a Makefile or justfile."""
    found: dict[str, tuple[list[str], str]] = {}
    name = None
    for line in text.replace("\r\n", "\n").replace("\\\n", " ").split("\n"):
        header = re.match(r"@?([A-Za-z0-9_][\w./-]*)[^:=]*:(?!=)([^=#]*)", line)
        if line[:1] in (" ", "\t") and name:
            needs, recipe = found[name]
            command = line.strip().lstrip("@-+")
            variables = re.sub(r"\$\((\w+)\)", r"${\1}", command).replace("$$", "$")
            found[name] = (needs, f"{recipe}(\n{variables}\n)\n")  # a shell for each line
        elif header:
            name = header[1]
            found[name] = (header[2].split(), "")
        elif line.strip():
            name = None
    return found


def _recipe(targets: dict[str, tuple[list[str], str]], wanted: list[str]) -> str:
    done: dict[str, str] = {}
    waiting = list(wanted)
    while waiting and len(done) < 50:
        name = waiting.pop(0)
        if name in targets and name not in done:
            needs, done[name] = targets[name]
            waiting += needs
    return "\n".join(done.values())


def _option(words: tuple[str, ...], *names: str) -> str | None:
    for index, word in enumerate(words[:-1]):
        if word in names:
            return words[index + 1]
    joined = (word.partition("=") for word in words)
    return next((value for name, equals, value in joined if equals and name in names), None)
