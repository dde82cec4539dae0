"""Documents that are passed through as they are."""

from typing import Any

Json = dict[str, Any]
"""A Machine's configuration, a fly.toml, an answer."""
