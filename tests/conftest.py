"""Nothing of the person who runs the tests: their own settings stay where they are."""

import gc
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

THOROUGH = Path(__file__).parent / "thorough.txt"


def thorough() -> tuple[str, ...]:
    """Regular expressions for the node ids of what `make test` leaves out."""
    lines = THOROUGH.read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark them, before anything is left out for its marks."""
    any_of_them = re.compile("|".join(f"(?:{each})" for each in thorough()))
    for item in items:
        if any_of_them.search(item.nodeid):
            item.add_marker(pytest.mark.thorough)


def pytest_collection_finish() -> None:
    """Thousands of tests stay until the end: they need not be searched for garbage each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def nobodys_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A configuration folder with nothing in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        for name in ("FLYTUI_THEME", "FLYTUI_EDITOR"):
            patch.delenv(name, raising=False)
        yield
