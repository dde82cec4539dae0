"""Nothing of the person who runs the tests: their own settings stay where they are."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def nobodys_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A configuration folder with nothing in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        for name in ("FLYTUI_THEME", "FLYTUI_EDITOR"):
            patch.delenv(name, raising=False)
        yield
