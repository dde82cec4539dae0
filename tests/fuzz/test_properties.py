"""A small share of what `python -m tests.fuzz` tries, the same each time."""

import pytest

from tests.fuzz.every import PROPERTIES
from tests.fuzz.property import Property

EXAMPLES = 25


@pytest.mark.parametrize("each", PROPERTIES, ids=[each.name for each in PROPERTIES])
def test_it_holds(each: Property) -> None:
    each.hold(EXAMPLES)
