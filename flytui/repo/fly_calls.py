"""Calls of `fly` in commands: what they do, to which app, with which configuration."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from flytui.repo.scripts import Scripts
from flytui.repo.shell import Command, commands, join


class Kind(Enum):
    DEPLOY = "deploy"
    CREATE = "create"
    DESTROY = "destroy"
    SCRIPT = "script"
    """A script that is not in the checkout, run by a step that could deploy."""


@dataclass(frozen=True, slots=True)
class FlyCall:
    kind: Kind
    app: str | None
    """As given, variables replaced."""
    config: str | None
    """Relative to the checkout; a file or a folder."""
    folder: str
    organization: str | None
    token: str | None = field(repr=False)
    """The token's value as written, such as `${{ secrets.FLY_API_TOKEN }}`."""
    text: str = field(repr=False)
    """The whole command, for the words in it."""


def fly_calls(
    script: str, folder: str, variables: dict[str, str], scripts: Scripts
) -> Iterator[FlyCall]:
    """Every call of `fly` that deploys, creates or destroys, also behind other scripts."""
    yield from _calls(script, folder, variables, scripts, 4)


def call_of(arguments: tuple[str, ...], folder: str, variables: dict[str, str]) -> FlyCall | None:
    """What `fly ARGUMENTS` does; None for whatever leaves apps and releases alone."""
    subcommands = _subcommands(arguments)
    kind = _kind(subcommands, arguments)
    if kind is None:
        return None
    config = _option(arguments, "-c", "--config")
    target = _working_folder(arguments, subcommands)
    place = join(folder, target) if target else folder
    return FlyCall(
        kind=kind,
        app=_option(arguments, "-a", "--app")
        or _option(arguments, "--name")
        or _positional(subcommands, kind)
        or variables.get("FLY_APP"),
        config=join(place, config) if config else None,
        folder=place,
        organization=_option(arguments, "-o", "--org") or variables.get("FLY_ORG"),
        token=_option(arguments, "-t", "--access-token") or token_of(variables),
        text=" ".join(arguments),
    )


def token_of(variables: dict[str, str]) -> str | None:
    """The token flyctl would take from these variables."""
    return variables.get("FLY_ACCESS_TOKEN") or variables.get("FLY_API_TOKEN")


_FLY = re.compile(r"(?:.*/)?(?:fly|flyctl)(?:\.exe)?")
_FLY_VARIABLE = re.compile(r"\$\{?(?:FLY|FLYCTL)(?:_BIN|_PATH|_CMD)?\}?")
_SHELLS = frozenset({"sh", "bash", "zsh", "dash", "source", "."})
_VALUE_OPTIONS = frozenset(
    {"-a", "--app", "-c", "--config", "-t", "--access-token", "-o", "--org", "-r", "--region"}
)


def _calls(
    script: str, folder: str, variables: dict[str, str], scripts: Scripts, depth: int
) -> Iterator[FlyCall]:
    for command in commands(script, folder, variables):
        arguments = _fly_arguments(command.words)
        if arguments is not None:
            if (call := call_of(arguments, command.folder, command.variables)) is not None:
                yield call
        elif depth:
            yield from _indirect(command, scripts, depth)


def _fly_arguments(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """Arguments of `fly`, called by itself, in its container, or after another tool's `--`."""
    for index, word in enumerate(words):
        named = _FLY.fullmatch(word) or _FLY_VARIABLE.fullmatch(word)
        if index == 0 and named:
            return words[1:]
        if words[0] in ("docker", "podman") and re.match(r"(?:.*/)?flyio/flyctl(?::|@|$)", word):
            return words[index + 1 :]
        if named and words[index - 1] == "--" and words[0] not in ("echo", "printf", "git", "grep"):
            return words[index + 1 :]
    return None


def _indirect(command: Command, scripts: Scripts, depth: int) -> Iterator[FlyCall]:
    words = command.words
    if words[0] in ("bash", "sh", "zsh") and "-c" in words[1:-1]:
        inner = words[words.index("-c") + 1]
        yield from _calls(inner, command.folder, command.variables, scripts, depth - 1)
        return
    if (found := scripts.behind(command)) is not None:
        text, place = found
        yield from _calls(text, place, command.variables, scripts, depth - 1)
    elif (path := script_path(words)) and token_of(command.variables):
        yield FlyCall(
            kind=Kind.SCRIPT,
            app=command.variables.get("APP_NAME") or command.variables.get("FLY_APP"),
            config=None,
            folder=command.folder,
            organization=command.variables.get("FLY_ORG"),
            token=token_of(command.variables),
            text=path,
        )


def script_path(words: tuple[str, ...]) -> str | None:
    """The script file a command runs: `./deploy.sh`, `bash deploy.sh`."""
    rest = (
        [word for word in words[1:] if not word.startswith("-")]
        if words[0] in _SHELLS
        else [*words]
    )
    path = rest[0] if rest else ""
    return path if path.endswith((".sh", ".bash")) or path.startswith("./") else None


def _subcommands(arguments: tuple[str, ...]) -> tuple[str, ...]:
    """The words that are neither options nor the values of the common ones."""
    found, skip = [], False
    for word in arguments:
        if skip:
            skip = False
        elif word.startswith("-"):
            skip = word in _VALUE_OPTIONS
        else:
            found.append(word)
    return tuple(found)


def _kind(subcommands: tuple[str, ...], arguments: tuple[str, ...]) -> Kind | None:
    match subcommands:
        case ("deploy", *_) if not _is_set(arguments, "--build-only", "--help", "-h"):
            return Kind.DEPLOY
        case ("launch", *_):
            return Kind.CREATE if _is_set(arguments, "--no-deploy") else Kind.DEPLOY
        case (("app" | "apps"), "create", *_) | ("create", *_):
            return Kind.CREATE
        case (("app" | "apps"), "destroy", *_) | ("destroy", *_):
            return Kind.DESTROY
        case _:
            return None


def _is_set(arguments: tuple[str, ...], *names: str) -> bool:
    return any(
        word == name or (word.startswith(f"{name}=") and not word.endswith("=false"))
        for word in arguments
        for name in names
    )


def _option(arguments: tuple[str, ...], *names: str) -> str | None:
    for index, word in enumerate(arguments):
        if word in names and index + 1 < len(arguments):
            return arguments[index + 1]
        name, equals, value = word.partition("=")
        if equals and name in names:
            return value
    return None


def _positional(subcommands: tuple[str, ...], kind: Kind) -> str | None:
    """`fly apps destroy NAME`, `fly apps create NAME`."""
    if kind in (Kind.CREATE, Kind.DESTROY) and subcommands[0] in ("app", "apps"):
        return subcommands[2] if len(subcommands) > 2 else None
    return None


def _working_folder(arguments: tuple[str, ...], subcommands: tuple[str, ...]) -> str | None:
    """`fly deploy FOLDER`: only right after the word, where no option can have claimed it."""
    if subcommands[:1] != ("deploy",):
        return None
    after = arguments[arguments.index("deploy") + 1 :]
    return after[0] if after and not after[0].startswith("-") else None
