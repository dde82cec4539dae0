"""Which manifests hold a dependency the checklist asks for: Sentry's or Arcjet's SDK."""

import re
from collections.abc import Callable, Iterable

from flytui.repo.checkout import Manifest


def sentry_dependencies(manifests: Iterable[Manifest]) -> tuple[tuple[str, str], ...]:
    """(dependency, manifest) of each Sentry SDK or bridge; its build tools report no error."""
    return _found(manifests, _is_sentry)


def arcjet_dependencies(manifests: Iterable[Manifest]) -> tuple[tuple[str, str], ...]:
    """(dependency, manifest) of each Arcjet SDK, for JavaScript and for Python."""
    return _found(manifests, _is_arcjet)


_TOOL = re.compile(
    r"@sentry/(?:cli|.*-plugin|bundler-plugin-core|types|wizard|conventions|craft)(?:-.*)?"
    r"|sentry-cli.*|sentry-testkit|pytest-sentry|eslint-.*|sentry-build.*"
)
_SENTRY = re.compile(r"(?:^|[@/._-])sentry(?:$|[/._-])|(?:^|/)getsentry/|^raven(?:-js|-node)?$")


def _is_sentry(name: str, language: str) -> bool:
    if language == "rust" and name.startswith("sentry-"):
        return True
    return bool(_SENTRY.search(name)) and not _TOOL.fullmatch(name)


def _is_arcjet(name: str, language: str) -> bool:
    match language:
        case "javascript":
            return name.startswith("@arcjet/") or name == "arcjet"
        case "python":
            return name == "arcjet"
        case _:
            return False


def _found(
    manifests: Iterable[Manifest], wanted: Callable[[str, str], bool]
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, manifest.path)
        for manifest in manifests
        for name in sorted(manifest.dependencies)
        if wanted(name, manifest.language)
    )
