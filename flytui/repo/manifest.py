"""Dependency manifests: which language they speak and what they depend on."""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from flytui.repo.checkout import BrokenFile, Manifest
from flytui.repo.parsing import Unreadable, from_json, from_toml, text_of
from flytui.text import one_line


def read_manifest(root: Path, path: str) -> Manifest | BrokenFile | None:
    """The manifest at `path`; None for a file that only shares the name."""
    name = path.rpartition("/")[2]
    reader = next((r for pattern, r in _READERS if re.fullmatch(pattern, name)), None)
    if reader is None:
        return None
    language, dependencies = reader
    try:
        names = dependencies(text_of(root / path))
    except Unreadable as error:
        return BrokenFile(path, error.problem, error.line)
    return Manifest(path, language, frozenset(one_line(name, 200).lower() for name in names))


def _package_json(text: str) -> set[str]:
    """Every kind of dependency; `trustedDependencies` and `overrides` only qualify them."""
    content = from_json(text)
    found: set[str] = set()
    for key in ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies"):
        found |= set(_table(content, key))
    return found


def _deno(text: str) -> set[str]:
    content = from_json(_without_comments(text))
    targets = [str(target) for target in _table(content, "imports").values()]
    matches = (re.match(r"(?:npm|jsr):/?(@?[^@]+)", target) for target in targets)
    return {match[1] for match in matches if match}


def _pyproject(text: str) -> set[str]:
    """PEP 621, its extras, dependency groups, and the tables of Poetry, PDM and uv."""
    content = from_toml(text)
    project, tool = _table(content, "project"), _table(content, "tool")
    poetry = _table(tool, "poetry")
    requirements = _strings(project.get("dependencies"))
    groups = [
        *_table(project, "optional-dependencies").values(),
        *_table(content, "dependency-groups").values(),
        *_table(_table(tool, "pdm"), "dev-dependencies").values(),
        _table(tool, "uv").get("dev-dependencies"),
    ]
    for group in groups:
        requirements += _strings(group)
    names = {name for text in requirements if (name := _requirement(text))}
    tables = [_table(poetry, "dependencies"), _table(poetry, "dev-dependencies")]
    tables += [_table(group, "dependencies") for group in _table(poetry, "group").values()]
    for table in tables:
        names |= {_python_name(name) for name in table}
    return names - {"python"}


def _requirements(text: str) -> set[str]:
    """One requirement a line; comments such as `# via sentry-sdk` name no dependency."""
    lines = (re.sub(r"(?:^|\s)#.*", "", line).strip() for line in text.splitlines())
    return {name for line in lines if not line.startswith("-") and (name := _requirement(line))}


def _pipfile(text: str) -> set[str]:
    content = from_toml(text)
    tables = (_table(content, key) for key in ("packages", "dev-packages"))
    return {_python_name(name) for table in tables for name in table}


def _setup_cfg(text: str) -> set[str]:
    block = re.search(r"^install_requires\s*=((?:.*\n)(?:[ \t]+.*\n?)*)", text, re.MULTILINE)
    return _requirements(block[1].replace(" ", "")) if block else set()


def _gemfile(text: str) -> set[str]:
    return set(re.findall(r"""^[ \t]*gem[ \t(]+["']([\w.-]+)["']""", text, re.MULTILINE))


def _gemfile_lock(text: str) -> set[str]:
    """What the Gemfile asks for, not what that needs in turn."""
    asked = re.search(r"^DEPENDENCIES\n((?:[ ]+.*\n?)*)", text, re.MULTILINE)
    return set(re.findall(r"^ {2}([\w.-]+)", asked[1], re.MULTILINE)) if asked else set()


def _mix(text: str) -> set[str]:
    lines = "\n".join(re.sub(r"#.*", "", line) for line in text.splitlines())
    return set(re.findall(r"\{\s*:(\w+)\s*,", lines))


def _go_mod(text: str) -> set[str]:
    lines = [re.sub(r"//.*", "", line).strip() for line in text.splitlines()]
    return {
        match[1]
        for line in lines
        if (match := re.match(r"(?:require\s+)?([\w.-]+\.[\w.-]+/\S+)\s+v\d", line))
    }


def _cargo(text: str) -> set[str]:
    content = from_toml(text)
    owners: list[Any] = [content, _table(content, "workspace")]
    owners += _table(content, "target").values()
    keys = ("dependencies", "dev-dependencies", "build-dependencies")
    return {name for owner in owners for key in keys for name in _table(owner, key)}


def _composer(text: str) -> set[str]:
    content = from_json(text)
    return {name for key in ("require", "require-dev") for name in _table(content, key)}


_Reader = tuple[str, Callable[[str], set[str]]]
_READERS: tuple[tuple[str, _Reader], ...] = (
    (r"package\.json", ("javascript", _package_json)),
    (r"deno\.jsonc?", ("javascript", _deno)),
    (r"pyproject\.toml", ("python", _pyproject)),
    (r"[^/]*requirements[^/]*\.(?:txt|in)", ("python", _requirements)),
    (r"Pipfile", ("python", _pipfile)),
    (r"setup\.cfg", ("python", _setup_cfg)),
    (r"Gemfile|gems\.rb", ("ruby", _gemfile)),
    (r"Gemfile\.lock", ("ruby", _gemfile_lock)),
    (r"mix\.exs", ("elixir", _mix)),
    (r"go\.mod", ("go", _go_mod)),
    (r"Cargo\.toml", ("rust", _cargo)),
    (r"composer\.json", ("php", _composer)),
)


def _requirement(text: str) -> str | None:
    """The name a PEP 508 requirement begins with."""
    match = re.match(r"[A-Za-z0-9][\w.-]*", text.strip())
    return _python_name(match[0]) if match else None


def _python_name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).strip("-").lower()


def _table(owner: object, key: str) -> Mapping[str, Any]:
    found = owner.get(key) if isinstance(owner, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _strings(value: object) -> list[str]:
    items: Iterable[object] = value if isinstance(value, list) else ()
    return [item for item in items if isinstance(item, str)]


def _without_comments(text: str) -> str:
    return re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE)
