"""On any configuration that parses, an edit changes what it says and is done after one time."""

from collections.abc import Iterator, Mapping

import pytest
import tomli

from flytui.edits.changes import Refused
from flytui.edits.editing import edited
from flytui.edits.operations import Append, Drop, Operation, Put, Resize
from tests.edits.test_editing import CORPUS, MESSY, OPERATIONS

SAMPLES = {
    "messy": MESSY,
    "empty": "",
    "comments alone": "# nothing yet\n\n# at all",
    "no final newline": "app = 'shop'\n[env]\n  PORT = '8080'",
    "quoted keys": '"app" = "shop"\n["http_service"]\n"internal_port" = 8080\n',
    "dotted keys": "app = 'shop'\nhttp_service.internal_port = 8080\ndeploy.strategy = 'canary'\n",
    "an inline table": 'app = "shop"\nenv = { PORT = "8080", LOG = "debug" } # both\n',
    "tabs and long lists": 'app="shop"\n[[services]]\n\tinternal_port=1\n\tports=[\n\t\t{port=80,\n'
    '\t\t handlers=["http"]}, # first\n\t]\n[[services.tcp_checks]]\n\tinterval="10s"\n',
    "a header in a string": 'app = "shop"\n[env]\n  TEXT = """\n[http_service]\n# not one\n"""\n'
    "[http_service]\n  internal_port = 8080 # the one\n",
    "several sizes": '[[vm]]\n  size = "shared-cpu-1x"\n  processes = ["app"]\n\n[[vm]]\n'
    '  memory = "1gb" # worker\n  processes = ["worker"]\n',
    "spaces around all": '  app   =   "shop"  \n\n[ deploy ]  # how\n strategy  =  "rolling" \n',
    "unicode": 'app = "shop" # löschen – 消す\n[env]\n  "GRÖẞE" = "ﬁ"\n',
}
REASONS = (
    "describes no service of app",
    "is one table, not a list",
    "is not a line of its own",
)
"""What an edit may be refused for on a file that parses."""


def _texts() -> Iterator[tuple[str, str]]:
    yield from SAMPLES.items()
    found = sorted((CORPUS / "open").rglob("*fly*.toml")) if CORPUS.is_dir() else []
    for path in found:
        text = path.read_bytes().decode("utf-8", errors="surrogateescape")
        try:
            tomli.loads(_plain(text))
        except tomli.TOMLDecodeError:
            continue
        yield str(path.relative_to(CORPUS)), text


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


@pytest.mark.parametrize("name", OPERATIONS)
def test_nothing_but_the_intended_key_means_something_else_afterwards(name: str) -> None:
    operation, made = OPERATIONS[name], 0
    for label, text in _texts():
        result, refused = _edited(text, operation)
        assert not refused or any(reason in refused for reason in REASONS), f"{label}: {refused}"
        if refused:
            continue
        made += 1
        before, after = (dict(_leaves(tomli.loads(_plain(t)))) for t in (text, result))
        changed = {p for p in {*before, *after} if before.get(p) != after.get(p)}
        assert {path for path in changed if not _meant(path, operation)} == set(), label
        assert edited(result, [operation]) == result, label
        crlf = edited(_plain(text).replace("\n", "\r\n"), [operation])
        assert "\n" not in text or crlf.count("\r\n") == crlf.count("\n"), label
    assert made > len(SAMPLES) // 3


def _edited(text: str, operation: Operation) -> tuple[str, str]:
    """The text afterwards, and why it was refused."""
    try:
        return edited(text, [operation]), ""
    except Refused as refused:
        return text, str(refused)


def _leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Each value that is no table or list, by its path: `services.0.internal_port`."""
    match value:
        case Mapping():
            for key, inner in value.items():
                yield from _leaves(inner, f"{path}.{key}".lstrip("."))
        case list():
            for number, inner in enumerate(value):
                yield from _leaves(inner, f"{path}.{number}")
        case _:
            yield path, value


def _meant(path: str, operation: Operation) -> bool:
    match operation:
        case Put(_, key) | Drop(_, key):
            return path.endswith(".".join(key))
        case Append():
            names = {operation.array, operation.array.removeprefix("http_")}
            return bool(names & set(path.split(".")))
        case Resize():
            return path.split(".", maxsplit=1)[0] == "vm"


def test_the_corpus_beside_the_repository_is_looked_at_when_it_is_there() -> None:
    if not (CORPUS / "open").is_dir():
        pytest.skip("no corpus beside the repository")
    assert len([label for label, _ in _texts() if label not in SAMPLES]) >= 50
