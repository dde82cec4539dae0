"""What names of apps and organisations say: production, or something before it."""

import re
from functools import lru_cache

_PRODUCTION = frozenset({"prod", "production", "prd", "live"})
_STAGING = frozenset({"staging", "stage", "stg", "uat", "preview", "review"})
_TESTING = frozenset({"dev", "development", "test", "testing", "qa", "sandbox", "demo"})
_PULL_REQUEST = re.compile(r"pr-?\d+(?:-|$)")
_TOOLING = ("fly-builder-", "flyctl-interactive-shells-")


def words(name: str) -> frozenset[str]:
    """The parts of a name between dashes, underscores and dots."""
    return frozenset(re.split(r"[-_.]", name.lower()))


@lru_cache(maxsize=8192)
def production(name: str) -> bool:
    """Whether the name says production."""
    return bool(words(name) & _PRODUCTION)


@lru_cache(maxsize=8192)
def rehearsal(name: str) -> bool:
    """Whether the name says staging, testing, development or review."""
    return bool(words(name) & (_STAGING | _TESTING)) or bool(_PULL_REQUEST.match(name.lower()))


def tooling(name: str) -> bool:
    """Whether `fly` made the app for its own use."""
    return name.startswith(_TOOLING)
