"""The user's own git: which one runs, and the whole environment it is given."""

from collections.abc import Mapping

from flytui import programs

_KEPT = (
    *("PATH", "HOME", "XDG_CONFIG_HOME"),
    *("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"),
)
_SET = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    # A clone that lacks old files must not fetch them now: what it would run to do so, the
    # checkout says. Git before 2.45 does not know the first, so no protocol is allowed either.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
}


def find(environ: Mapping[str, str]) -> str | None:
    """The absolute path of git; None when there is none."""
    return programs.find("git", environ)


def environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Git's environment, built from nothing: no token, and no variable that leads it elsewhere."""
    kept = {name: environ[name] for name in _KEPT if name in environ}
    return programs.without_checkout(kept) | _SET
