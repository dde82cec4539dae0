"""`flytui seal`: write a launch record of the app as it is, or hold one against it. No Textual."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from flytui.exit_code import ExitCode
from flytui.facts.app import app as app_fact
from flytui.facts.fact import Fact, Unseen
from flytui.facts.machines import machines as machines_fact
from flytui.gate import Gate
from flytui.looking import Subject, looked, opened, reported
from flytui.opening import Surroundings
from flytui.outputs import write
from flytui.report import Report, record
from flytui.seal import Seal, SealedRelease, digest_of, document, release
from flytui.seal import verify as compare
from flytui.session import Session
from flytui.settings import SettingsError
from flytui.streams import Streams
from flytui.text import file_name, one_line

_T = TypeVar("_T")


def seal(
    subject: Subject, folder: Path, around: Surroundings, home: Path, streams: Streams
) -> ExitCode:
    """Look at the app and write its record; never over an existing one."""
    try:
        session = opened(subject, around, home)
        _refuse_missing(folder)
        report, deployed = asyncio.run(_look(session, subject, streams))
        written = document(report, deployed, session.by)
        files = _files(folder, report.identity.app, deployed)
        write(files[0], record.as_json(written), "x")
        write(files[1], record.as_markdown(report, deployed, written), "x")
    except SettingsError as error:
        streams.tell(error.cause, error.cure)
        return ExitCode.USAGE
    streams.write("".join(f"{file}\n" for file in files))
    return ExitCode.DONE


def verify(
    subject: Subject, place: Path, around: Surroundings, home: Path, streams: Streams
) -> ExitCode:
    """Look at the app and say what changed since the record at `place`, a file or a folder."""
    try:
        session = opened(subject, around, home)
        sealed = read(_latest(place, session.identity.app), session.identity.app)
        report, deployed = asyncio.run(_look(session, subject, streams))
    except SettingsError as error:
        streams.tell(error.cause, error.cure)
        return ExitCode.USAGE
    broken = compare(sealed, report)
    streams.write(record.verdict(sealed, deployed, broken))
    if any(not each.unseen for each in broken):
        return ExitCode.ACTION
    return ExitCode.UNSEEN if broken else ExitCode.DONE


async def _look(
    session: Session, subject: Subject, streams: Streams
) -> tuple[Report, SealedRelease]:
    async with looked(session, subject, streams):
        app, machines = await _known(session, app_fact), await _known(session, machines_fact)
        return reported(session, Gate()), release(app, machines or ())


async def _known(session: Session, fact: Fact[_T]) -> _T | None:
    """The fact, if the look has seen it: nothing more is waited for."""
    if session.parts.store.at(fact.name) is None:
        return None
    reading = await session.parts.store.attempt(fact)
    return None if isinstance(reading, Unseen) else reading.value


def _files(folder: Path, app: str, deployed: SealedRelease) -> tuple[Path, Path]:
    """The record for programs and the one for people. Raises SettingsError if one is there."""
    version = "unreleased" if deployed.version is None else f"v{deployed.version}"
    name = f"{_stem(app)}{version}"
    files = folder / f"{name}.json", folder / f"{name}.md"
    for file in files:
        if file.exists() or file.is_symlink():
            raise SettingsError(
                f"{file} is there already, and a launch record is not written over.",
                "Remove it, or name another folder with --output.",
                path=file,
            )
    return files


def _stem(app: str) -> str:
    """What the names of an app's records begin with."""
    return f"launch-{file_name(app)}-"


def _latest(place: Path, app: str) -> Path:
    """The file itself; of a folder, its record of the app's latest release.

    Raises SettingsError where a folder has none.
    """
    if not place.is_dir():
        return place
    stem = _stem(app)
    known = {
        version: file
        for file in place.glob("launch-*.json")
        if file.name.startswith(stem)
        for version in [_version(file.stem.removeprefix(stem))]
        if version is not None
    }
    if not known:
        raise SettingsError(
            f"There is no launch record of {app} in {place.resolve()}.",
            "Write one with `flytui seal`, or name its JSON file: flytui seal --verify FILE.",
            path=place,
        )
    return known[max(known)]


def _version(word: str) -> int | None:
    """41 for `v41`, 0 for `unreleased`; None where the name is another app's."""
    if word == "unreleased":
        return 0
    return int(word[1:]) if re.fullmatch(r"v[0-9]{1,9}", word) else None


def _refuse_missing(folder: Path) -> None:
    if not folder.is_dir():
        raise SettingsError(f"There is no folder {folder}.", "Make it first.", path=folder)


def read(file: Path, app: str) -> Seal:
    """The record in the file, which must be whole and about `app`. Raises SettingsError."""
    text = _text(file)
    sealed = _parsed(file, text)
    content: dict[str, Any] = json.loads(text)
    if digest_of(content) != sealed.seal:
        raise SettingsError(
            f"{file} was changed after it was sealed: its content does not fit its seal.",
            "Use the file as `flytui seal` wrote it, from git or a backup.",
            path=file,
        )
    if sealed.app.name != app:
        raise SettingsError(
            f"{file} is the record of {one_line(sealed.app.name, 80)}, not of {app}.",
            f"Name a record of {app}, or that app with --app.",
            path=file,
        )
    return sealed


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{file} cannot be read ({type(error).__name__}).",
            "Name the JSON file that `flytui seal` wrote.",
            path=file,
        ) from error


def _parsed(file: Path, text: str) -> Seal:
    try:
        return Seal.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        problem = f"{'.'.join(map(str, first['loc'])) or 'the document'}: {first['msg']}"
    # Outside the except: the parser's complaint quotes the file.
    raise SettingsError(
        f"{file} is not a launch record: {one_line(problem, 200)}.",
        "Name the JSON file that `flytui seal` wrote.",
        path=file,
    )
