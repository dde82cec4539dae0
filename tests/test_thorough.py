"""What `make test` leaves to `make test-thorough` is there."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import thorough

HERE = Path(__file__).parent
_DETAIL = re.compile(r"\\\[|\.\*|\(\?!")
"""Where a pattern begins to speak of parameters."""


@cache
def functions() -> list[str]:
    """The node ids of all tests, without parameters."""
    return [
        f"{path.relative_to(HERE)}::{name}"
        for path in sorted(HERE.rglob("test_*.py"))
        for name in re.findall(r"^(?:async )?def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)
    ]


@pytest.mark.parametrize("pattern", thorough())
def test_a_pattern_names_tests_that_there_are(pattern: str) -> None:
    head = _DETAIL.split(pattern)[0]
    assert [name for name in functions() if re.search(head, name)]


def test_no_file_but_a_few_is_left_out_as_a_whole() -> None:
    whole = [line for line in thorough() if line.endswith(r"\.py")]
    assert len(whole) == 8
