"""Which `fly` runs, and the whole environment it is given: nothing is inherited by accident."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from flytui import programs

NAMES = ("fly", "flyctl")

_KEPT = (
    *("HOME", "PATH", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR"),
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
    *("http_proxy", "https_proxy", "all_proxy", "no_proxy"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR"),
    "FLY_CONFIG_DIR",
)
# Present but empty, one of these breaks every request of fly.
_KEPT_UNLESS_EMPTY = ("FLY_API_BASE_URL", "FLY_FLAPS_BASE_URL", "FLY_UIEX_BASE_URL")

_SET = {
    "TERM": "dumb",
    "NO_COLOR": "1",
    "FLY_NO_UPDATE_CHECK": "1",
    "FLY_NO_INCIDENTS_CHECK": "1",
    "FLY_SEND_METRICS": "0",
}


def find(environ: Mapping[str, str], given: str | None = None) -> str | None:
    """The absolute path of the `fly` to run; None when there is none."""
    if given is not None:
        return shutil.which(str(Path(given).absolute()))
    return next((path for name in NAMES if (path := programs.find(name, environ))), None)


def environment(
    environ: Mapping[str, str], token: str | None, extra: Mapping[str, str]
) -> dict[str, str]:
    """The child's environment, built from nothing.

    FLY_APP, FLY_ORG, FLY_REGION and their like stay out: `fly` lets some of them override what
    stands on its command line. Without a token, `fly` uses its own login.
    """
    kept = {name: environ[name] for name in _KEPT if name in environ}
    kept |= {name: environ[name] for name in _KEPT_UNLESS_EMPTY if environ.get(name)}
    if token:
        kept["FLY_ACCESS_TOKEN"] = token
    return kept | dict(extra) | _SET


def in_terminal(own: Mapping[str, str], environ: Mapping[str, str]) -> dict[str, str]:
    """The same for a command that has the terminal to itself: what that can show is left to it."""
    about = ("TERM", "NO_COLOR", "COLORTERM", "BROWSER", "DISPLAY", "WAYLAND_DISPLAY")
    kept = {name: value for name, value in own.items() if name not in about}
    return kept | {name: environ[name] for name in about if name in environ}
