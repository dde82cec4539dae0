"""A former result: the JSON of an earlier `flytui check`, read back."""

from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from flytui.finding import Status
from flytui.settings import SettingsError
from flytui.text import one_line

_LARGEST = 50_000_000


class _Part(BaseModel):
    # Strict is for JSON as flytui wrote it: a count is a number, a verdict is true or false.
    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")


class FormerEvidence(_Part):
    label: str
    value: str


class FormerResource(_Part):
    kind: str
    id: str
    status: Status


class FormerItem(_Part):
    """An item as it was found then."""

    id: str
    title: str
    status: Status
    summary: str
    settled: bool
    evidence: tuple[FormerEvidence, ...]
    resources: tuple[FormerResource, ...]


class FormerApp(_Part):
    name: str
    organization: str | None


class Former(_Part):
    """An earlier look at an app."""

    version: Literal[1] = Field(alias="schema")
    flytui: str
    at: AwareDatetime
    app: FormerApp
    items: tuple[FormerItem, ...]

    def item(self, id_: str) -> FormerItem | None:
        """The item of that id, if it was looked at then."""
        return next((item for item in self.items if item.id == id_), None)


def read(path: Path, app: str) -> Former:
    """The result in the file, which must be about `app`. Raises SettingsError."""
    former = _parse(path, _text(path))
    if former.app.name != app:
        raise SettingsError(
            f"{path} is about the app {one_line(former.app.name, 80)}, not about {app}.",
            f"Name a result of {app}, or that app with --app.",
            path=path,
        )
    return former


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            return file.read(_LARGEST)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path} cannot be read ({type(error).__name__}).",
            "Name a file that `flytui check --format json` wrote.",
            path=path,
        ) from error


def _parse(path: Path, text: str) -> Former:
    try:
        return Former.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the document"
        problem = f"{where}: {first['msg']}"
    # Outside the except: the parser's complaint quotes the file.
    raise SettingsError(
        f"{path} is not a result of `flytui check --format json`: {one_line(problem, 200)}.",
        "Name a file that it wrote; what other versions wrote differently cannot be compared.",
        path=path,
    )
