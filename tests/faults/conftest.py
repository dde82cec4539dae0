"""No test here needs the world's certificates, and reading them takes longer than a look."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def no_certificates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "certificates").mkdir()
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "certificates"))
