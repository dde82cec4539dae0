"""Settings that cannot be used."""

from pathlib import Path


class SettingsError(Exception):
    """Settings that cannot be used: which ones and why, and what to do."""

    def __init__(
        self, cause: str, cure: str, *, path: Path | None = None, line: int | None = None
    ) -> None:
        super().__init__(cause)
        self.cause = cause
        self.cure = cure
        self.path = path
        """The file it is about."""
        self.line = line
