"""What changes something: edits keep all else, and no typed value becomes a flag or a line."""

import json
import re
from functools import cache
from typing import Any

import tomli
import tomli_w
from hypothesis import reject
from hypothesis import strategies as st

from flytui.checks.check import registry
from flytui.edits.changes import Refused, changed, changes
from flytui.edits.editing import edited
from flytui.edits.operations import Append, Drop, Operation, Put, Resize, Row, ServiceOf, Table
from flytui.finding import Finding, Resource
from flytui.remedy import Blank, Command
from tests.fuzz.making import HOSTILE, Maker, makers
from tests.fuzz.of_checks import decided, facts_for, fit_to_show
from tests.fuzz.of_readers import samples
from tests.fuzz.property import Property

KEYS = (
    "app",
    "env",
    "http_service",
    "services",
    "vm",
    "checks",
    "processes",
    "a b",
    "ü",
    "x.y",
    "",
)
_PLAIN = st.sampled_from((True, 7, "text", 'it\'s "so"', "a\nb", ("web",), (), "", *HOSTILE))
_PATHS = st.lists(st.sampled_from(KEYS), max_size=3).map(tuple)
_ROWS: st.SearchStrategy[list[tuple[str, Any]]] = st.lists(
    st.tuples(st.sampled_from(KEYS[:6]), _PLAIN), max_size=3, unique_by=lambda p: p[0]
)
_TABLES = st.builds(Table, _PATHS, st.booleans())
_PLACES = _TABLES | st.builds(
    ServiceOf, st.sampled_from(["app", "web", "worker"]), st.sampled_from([None, 8080])
)
OPERATIONS: st.SearchStrategy[Operation] = (
    st.builds(Put, _PLACES, _PATHS.filter(bool), _PLAIN)
    | st.builds(Drop, _PLACES, _PATHS.filter(bool))
    | st.builds(
        Append, _PLACES, st.sampled_from(KEYS), _ROWS.map(lambda pairs: Row(tuple(pairs)))
    )
    | st.builds(Resize, st.sampled_from(["app", "web", "worker"]), st.just("shared-cpu-2x"),
                st.just("1gb"))
)  # fmt: skip


def _toml(maker: Maker) -> str:
    """A file with comments, of a shape that nobody has thought of."""

    def value(depth: int = 0) -> Any:
        made = maker.json(depth + 2)
        return json.loads(json.dumps(made), parse_constant=str)

    table = {maker.chance.choice(KEYS): value() for _ in range(maker.chance.randint(0, 4))}
    if maker.chance.random() < 0.5:
        table["services"] = [{"internal_port": 8080, "processes": ["web"]}, {"x": {"y": 1}}]
    text = tomli_w.dumps(_fit(table), multiline_strings=maker.chance.random() < 0.5)
    remarks = (f"{line}  # ü {n}" if maker.chance.random() < 0.2 and _alone(line) else line
               for n, line in enumerate(text.splitlines()))  # fmt: skip
    return maker.chance.choice(("\n", "\r\n")).join(("# head", *remarks, ""))


def _alone(line: str) -> bool:
    """Whether a remark may follow."""
    try:
        tomli.loads(line)
    except ValueError:
        return False
    return True


def _fit(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _fit(v) for k, v in value.items() if v is not None and _fits(v)}
    return (
        [_fit(v) for v in value if v is not None and _fits(v)] if isinstance(value, list) else value
    )


def _fits(value: Any) -> bool:
    return not isinstance(value, int) or abs(value) < 2**63


def _edit(given: tuple[str, Operation]) -> None:
    text, operation = given
    try:
        before = tomli.loads(text)
    except ValueError:
        reject()
    try:
        after = edited(text, [operation])
    except Refused as error:
        fit_to_show(str(error))
        return
    wanted = before
    for change in changes(operation, before):
        wanted = changed(wanted, change)
    assert tomli.loads(after) == wanted
    if not _moves_itself(operation):
        assert edited(after, [operation]) == after
    for remark in re.findall(r"# (?:head|ü \d+)", text):
        assert remark in after or isinstance(operation, Drop | Put), remark
    if wanted == before:
        assert after == text


def _moves_itself(operation: Operation) -> bool:
    """Whether it changes what it is found by."""
    if not isinstance(operation, Put | Drop) or not isinstance(operation.where, ServiceOf):
        return False
    return operation.key[0] in {"processes", "internal_port"}


@cache
def _blanks() -> tuple[Command, ...]:
    """Commands with blanks, one for each pattern, of checks on worlds made by chance."""
    import random  # noqa: PLC0415 (here alone)

    found: dict[tuple[str, ...], Command] = {}
    for item, check in sorted(registry().items()):
        for number in range(25):
            maker = Maker(random.Random(f"{item} {number}"))
            finding = decided(check, facts_for(check, maker))
            holders: tuple[Finding | Resource, ...] = (finding, *finding.resources)
            for remedy in (remedy for holder in holders for remedy in holder.remedies):
                if isinstance(remedy, Command) and remedy.blanks:
                    found.setdefault(tuple(b.pattern for b in remedy.blanks), remedy)
    return tuple(found.values())


@st.composite
def _typed(draw: st.DrawFn) -> tuple[Command, dict[str, str]]:
    command = draw(st.deferred(lambda: st.sampled_from(_blanks())))
    return command, {blank.name: draw(_likely(blank)) for blank in command.blanks}


_BEFORE = st.sampled_from(["", "-", "--", "\n"])
_BEHIND = st.sampled_from(["", "\n", "\x00"])


def _likely(blank: Blank) -> st.SearchStrategy[str]:
    """Values that the pattern nearly lets through."""
    fitting = st.from_regex(blank.pattern, fullmatch=True)
    return (
        fitting
        | st.sampled_from([*HOSTILE, *blank.suggestions])
        | st.tuples(_BEFORE, fitting, _BEHIND).map("".join)
    )  # fmt: skip


def _keeps_secrets(command: Command, values: dict[str, str], told: str) -> None:
    secrets = [values[blank.name] for blank in command.blanks if blank.secret]
    assert not any(secret and repr(secret) in told for secret in secrets)


def _filled(given: tuple[Command, dict[str, str]]) -> None:
    command, values = given
    try:
        filled = command.fill(values)
    except ValueError as error:
        _keeps_secrets(command, values, str(error))
        return
    assert len(filled.argv) == len(command.argv)
    for was, now in zip(command.argv, filled.argv, strict=True):
        assert was.startswith("-") or not now.startswith("-"), now
        assert now.isprintable() or now == was, repr(now)
    for blank in command.blanks:
        assert not blank.secret or all(values[blank.name] not in word for word in filled.argv
                                       if len(values[blank.name]) > 12)  # fmt: skip


_FILES = makers(0.3).map(_toml) | st.deferred(
    lambda: st.sampled_from([text for name, text in samples() if name.endswith(".toml")])
)
PROPERTIES = (
    Property(
        "an edit changes what it says and nothing else", st.tuples(_FILES, OPERATIONS), _edit, 2
    ),
    Property("no typed value becomes a flag or another line", _typed(), _filled),
)
