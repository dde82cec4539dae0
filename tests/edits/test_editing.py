"""An edit changes what it says and keeps every other byte, or is refused."""

import difflib
from pathlib import Path

import pytest
import tomli

from flytui.edits.changes import Refused
from flytui.edits.editing import edited
from flytui.edits.operations import (
    Append,
    Drop,
    Operation,
    Put,
    Resize,
    Row,
    ServiceOf,
    Table,
)

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
CHECK = Row((("interval", "30s"), ("headers", Row((("X-Forwarded-Proto", "https"),)))))
OPERATIONS: dict[str, Operation] = {
    "strategy": Put(Table(("deploy",)), ("strategy",), "bluegreen"),
    "swap": Put(Table(), ("swap_size_mb",), 512),
    "autostop": Put(ServiceOf("app"), ("auto_stop_machines",), "suspend"),
    "concurrency": Put(ServiceOf("app"), ("concurrency", "type"), "requests"),
    "check": Append(ServiceOf("app"), "http_checks", CHECK),
    "size": Resize("app", "shared-cpu-2x", "1024mb"),
    "metrics": Append(Table(), "metrics", Row((("port", 9394), ("processes", ("app",))))),
    "port out of env": Drop(Table(("env",)), ("PORT",)),
}
MESSY = """\
# fly.toml of the shop

app = 'shop'   # its name
[env] # in clear
  PORT = "8080"
  # LOG = "debug"

  TEXT = \"\"\"one
[not] = a header # nor a comment
\\\"\"\"\"\"\"

[[services]]
\tinternal_port = 8080
\tports = [
\t\t{ port = 443, handlers = ["tls", "http"] }, # a list
\t]
\thttp_checks = []

[["services"]]
\tinternal_port = 9000
\tprocesses = [ "worker" ]
\t[services.concurrency]
\t\ttype = "connections"
# the end"""


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_every_other_line_stays_as_it_is(operation: Operation, ending: str) -> None:
    text = "\ufeff" + MESSY.replace("\n", ending)
    result = edited(text, [operation])
    gone, new = _difference(text, result)
    assert len(gone) <= 1
    assert new or gone
    assert result.count("\n") == result.count(ending)
    assert edited(result, [operation]) == result


def test_a_value_is_replaced_in_its_own_quotes_and_the_comment_behind_it_stays() -> None:
    result = edited(MESSY, [Put(Table(), ("app",), "store")])
    assert _difference(MESSY, result) == (
        ["app = 'shop'   # its name"],
        ["app = 'store'   # its name"],
    )


def test_a_table_within_a_service_goes_to_that_service() -> None:
    first = edited(MESSY, [Put(ServiceOf("app"), ("concurrency", "type"), "requests")])
    services = tomli.loads(first)["services"]
    assert [s["concurrency"]["type"] for s in services] == ["requests", "connections"]


def test_a_file_without_a_final_newline_still_has_none() -> None:
    text = "[deploy]\nstrategy = 'rolling'"
    assert edited(text, [Put(Table(("deploy",)), ("x",), 1)]) == text + "\nx = 1"


def test_an_empty_text_becomes_the_table_alone() -> None:
    assert edited(
        "",
        [
            Put(
                Table(
                    ("apps", "shop"),
                ),
                ("private",),
                True,
            )
        ],
    ) == ("[apps.shop]\n  private = true\n")


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("deploy = { x = 1 }\n", OPERATIONS["strategy"]),
        ("http_service = { internal_port = 1 }\n", OPERATIONS["autostop"]),
        ("[http_service]\nchecks = [{ path = '/' }]\n", OPERATIONS["check"]),
        ("app = 'no service'\n", OPERATIONS["autostop"]),
        ("[http_service]\nprocesses = ['app', 'web']\n", OPERATIONS["autostop"]),
        ("[[vm]]\nprocesses = ['app', 'web']\n", OPERATIONS["size"]),
        ("[metrics]\nport = 1\n", OPERATIONS["metrics"]),
        ("[deploy]\n[deploy.strategy]\nx = 1\n", OPERATIONS["strategy"]),
        ("[env.PORT]\nx = 1\n", OPERATIONS["port out of env"]),
        ("not toml", OPERATIONS["swap"]),
    ],
)
def test_what_would_take_more_than_the_change_is_refused(text: str, operation: Operation) -> None:
    with pytest.raises(Refused):
        edited(text, [operation])


def _configs() -> list[Path]:
    return sorted((CORPUS / "open").rglob("*fly*.toml")) if CORPUS.is_dir() else []


@pytest.mark.skipif(not _configs(), reason="no corpus beside the repository")
def test_public_configurations_keep_everything_but_the_change() -> None:
    made = 0
    for path in _configs():
        text = path.read_bytes().decode("utf-8", errors="surrogateescape")
        for operation in OPERATIONS.values():
            try:
                result = edited(text, [operation])
            except Refused:
                continue
            made += result != text
            _only_intended(text, result, operation)
            assert edited(result, [operation]) == result
    assert made > 100


def _only_intended(text: str, result: str, operation: Operation) -> None:
    """Lines go only where their key is the operation's; what comes is no more than it asks."""
    gone, new = _difference(text, result)
    assert {line.split("=")[0].strip().split(".")[-1] for line in gone} <= _keys(operation)
    assert len([line for line in new if line.strip()]) <= (16 if "http" in str(operation) else 8)


def _keys(operation: Operation) -> set[str]:
    match operation:
        case Put(_, key) | Drop(_, key):
            return set(key[-1:])
        case Append():
            return {operation.array}
        case Resize():
            return {"size", "memory", "memory_mb", "cpus", "cpu_kind"}


def _difference(text: str, result: str) -> tuple[list[str], list[str]]:
    lines = list(difflib.ndiff(text.splitlines(), result.splitlines()))
    gone = [line[2:] for line in lines if line.startswith("- ")]
    new = [line[2:] for line in lines if line.startswith("+ ")]
    return gone, new
