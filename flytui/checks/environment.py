"""Where plain values stand in clear, and which of them look like secrets. Never a value itself."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flytui.checks.words import count
from flytui.facts import app as facts_app
from flytui.facts import machines as facts_machines
from flytui.facts import project as facts_project
from flytui.facts.fact import Fact
from flytui.fly.models import App, File, Machine, MachineConfig
from flytui.repo import LocalConfig
from flytui.repo.secret_names import looks_secret, suspicion

_SECRET_FILE = re.compile(
    r"\.(?:pem|key|p12|pfx|jks|env|kubeconfig)$|(?:^|/)\.(?:env|netrc|npmrc|pgpass)"
    r"|id_(?:rsa|ed25519|ecdsa)|credential|secret|token|password|service[-_]account",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """One place where an entry stands: `2 Machines`, `release 7`, `fly.toml`."""

    words: str
    fact: Fact[Any]


@dataclass(frozen=True, slots=True)
class Exposed:
    """An entry that looks like a secret and stands in clear."""

    key: str
    kind: str
    """`environment variable`, `build argument`, `file` or `command`."""
    reason: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Sighting:
    key: str
    kind: str
    reason: str


def exposed(
    app: App, machines: tuple[Machine, ...], local: LocalConfig | None
) -> tuple[Exposed, ...]:
    """Each suspicious entry once, with all the places it stands in."""
    found: dict[tuple[str, str], tuple[str, list[Place]]] = {}
    for place, sightings in _places(app, machines, local):
        for seen in sightings:
            entry = found.setdefault((seen.kind, seen.key), (seen.reason, []))
            if place not in entry[1]:
                entry[1].append(place)
    return tuple(
        Exposed(key, kind, reason, tuple(places)) for (kind, key), (reason, places) in found.items()
    )


def plain_keys(app: App, machines: tuple[Machine, ...]) -> frozenset[str]:
    """The names of the environment variables that stand in clear, for those who ask by name."""
    keys = {key for m in machines if m.counts for env in _environments(m.settings) for key in env}
    return frozenset(keys | set(_mapping(_definition(app), "env")))


def _places(
    app: App, machines: tuple[Machine, ...], local: LocalConfig | None
) -> Iterator[tuple[Place, list[_Sighting]]]:
    yield from _on_machines(machines)
    if app.current_release:
        place = Place(f"release {app.current_release.version}", facts_app.app)
        yield place, list(_in_definition(_definition(app)))
    if local:
        sightings = [*_variables(local.env), *_build_arguments(local.build_args)]
        yield Place(local.path, facts_project.checkout), sightings


def _on_machines(machines: tuple[Machine, ...]) -> Iterator[tuple[Place, list[_Sighting]]]:
    """One place for each entry: the number of Machines that carry it."""
    carriers: dict[_Sighting, int] = {}
    for machine in machines:
        if machine.counts:
            for sighting in set(_in_machine(machine.settings)):
                carriers[sighting] = carriers.get(sighting, 0) + 1
    for sighting, number in sorted(carriers.items(), key=lambda item: item[0].key):
        yield Place(count(number, "Machine"), facts_machines.machines), [sighting]


def _in_machine(settings: MachineConfig) -> Iterator[_Sighting]:
    for env in _environments(settings):
        yield from _variables(env)
    files = [*settings.files, *(f for c in settings.containers for f in c.files)]
    yield from _files(files)
    init = settings.init
    words = (*init.exec, *init.entrypoint, *init.cmd) if init else ()
    yield from _words(words)


def _environments(settings: MachineConfig) -> tuple[dict[str, str], ...]:
    processes = (process.env for process in settings.processes)
    return (settings.env, *processes, *(container.env for container in settings.containers))


def _in_definition(definition: Mapping[str, Any]) -> Iterator[_Sighting]:
    yield from _variables(_mapping(definition, "env"))
    build = definition.get("build")
    yield from _build_arguments(_mapping(build if isinstance(build, dict) else {}, "args"))


def _definition(app: App) -> Mapping[str, Any]:
    return (app.current_release.config_definition if app.current_release else None) or {}


def _mapping(definition: Mapping[str, Any], key: str) -> dict[str, str]:
    entries = definition.get(key)
    if not isinstance(entries, dict):
        return {}
    return {str(name): str(value) for name, value in entries.items()}


def _variables(env: Mapping[str, str]) -> Iterator[_Sighting]:
    for key, value in env.items():
        if reason := looks_secret(key, value):
            yield _Sighting(key, "environment variable", reason)


def _build_arguments(arguments: Mapping[str, str]) -> Iterator[_Sighting]:
    for key, value in arguments.items():
        if reason := looks_secret(key, value):
            yield _Sighting(key, "build argument", reason)


def _files(files: Iterable[File]) -> Iterator[_Sighting]:
    for file in files:
        if file.raw_value and (match := _SECRET_FILE.search(file.guest_path)):
            word = match[0].strip("/.")
            yield _Sighting(file.guest_path, "file", f"its name contains {word}")


def _words(words: Iterable[str]) -> Iterator[_Sighting]:
    for word in words:
        found = suspicion("command", word.partition("=")[2] or word)
        if found and found.certain:
            yield _Sighting("start command", "command", found.reason)
