"""Identifiers in Fly.io's shapes, the same ones every time the same world is made."""

import random
import string

_ULID = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SLUG = string.ascii_lowercase + string.digits


class Identifiers:
    """A seeded source: the n-th identifier of a world never changes."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 - repeatable on purpose, guards nothing

    def _word(self, alphabet: str, length: int) -> str:
        return "".join(self._random.choices(alphabet, k=length))

    def hexadecimal(self, length: int = 14) -> str:
        """A Machine's id: 14 hexadecimal digits."""
        return self._random.choice("123456789d") + self._word("0123456789abcdef", length - 1)

    def prefixed(self, prefix: str, length: int = 16) -> str:
        """`vol_…`, `ip_…`, `vs_…`."""
        return f"{prefix}_{self._word(_SLUG, length)}"

    def slug(self, length: int = 16) -> str:
        """What GraphQL calls an id: opaque, lower case."""
        return self._word(_SLUG, length)

    def ulid(self) -> str:
        """An instance id: the version of a Machine."""
        return "01" + self._word(_ULID, 24)

    def number(self) -> int:
        return self._random.randrange(100_000, 9_999_999)

    def octets(self, length: int = 16) -> bytes:
        return self._random.randbytes(length)

    def pick(self, low: int, high: int) -> int:
        return self._random.randint(low, high)
