"""GitHub's `${{ expressions }}`, decided where they can be and `UNKNOWN` elsewhere."""

import json
import re
from collections.abc import Callable
from enum import Enum
from typing import Final


class Unknown(Enum):
    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN
Value = str | float | bool | list[object] | None | Unknown
Lookup = Callable[[str], Value]
"""A dotted lower-case path such as `github.ref` to its value; text may hold expressions again."""

_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_PATH = re.compile(r"[A-Za-z_][\w-]*(?:\.[\w-]+)*")
_MAX_LENGTH = 8_000


def holds(condition: object, lookup: Lookup) -> bool | None:
    """Whether an `if` lets its job or step run; None when that cannot be told."""
    match condition:
        case None:
            return True
        case bool():
            return condition
        case str():
            value = _condition(condition.strip(), lookup)
            return None if value is UNKNOWN else _truthy(value)
        case _:
            return None


def _condition(text: str, lookup: Lookup) -> Value:
    """An `if` is an expression as a whole; text around `${{ }}` makes it a mixture."""
    found = _EXPRESSION.fullmatch(text)
    if found and "${{" not in found[1]:
        return evaluate(found[1], lookup)
    return UNKNOWN if "${{" in text else evaluate(text, lookup)


def interpolate(text: str, lookup: Lookup) -> str:
    """The text with every known expression replaced; unknown ones stay as written."""
    for _ in range(5):  # an env value may name an input, which may name another
        replaced = _EXPRESSION.sub(lambda match: _printed(match, lookup), text)
        if replaced == text or len(replaced) > _MAX_LENGTH:
            return replaced[:_MAX_LENGTH] if len(replaced) > len(text) else replaced
        text = replaced
    return text


def _printed(match: re.Match[str], lookup: Lookup) -> str:
    inner = match[1].strip()
    value = lookup(inner.lower()) if _PATH.fullmatch(inner) else evaluate(inner, lookup)
    match value:
        case str():
            return value
        case bool():
            return str(value).lower()
        case float():
            return f"{value:g}"
        case None:
            return ""
        case _:
            return match[0]


def evaluate(text: str, lookup: Lookup) -> Value:
    """The value of one expression; what cannot be parsed is unknown."""
    if len(text) > _MAX_LENGTH or text.count("(") + text.count("!") + text.count("[") > 150:
        return UNKNOWN
    try:
        return _Parser(text, lookup).whole()
    except _Unparsable:
        return UNKNOWN


class _Unparsable(Exception):  # noqa: N818 - it never leaves this module
    """The text is no expression."""


_TOKEN = re.compile(
    r"\s*(?:(?P<string>'(?:[^']|'')*')|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<name>[A-Za-z_][\w-]*)|(?P<operator>&&|\|\||==|!=|<=|>=|[!<>()\[\].,*]))"
)


class _Parser:
    """One pass over one expression, from loosest to tightest binding."""

    def __init__(self, text: str, lookup: Lookup) -> None:
        self._tokens = list(_tokens(text))
        self._lookup = lookup
        self._at = 0

    def whole(self) -> Value:
        value = self._or()
        if self._at < len(self._tokens):
            raise _Unparsable
        return value

    def _or(self) -> Value:
        value = self._and()
        while self._take("||"):
            value = _either(value, self._and())
        return value

    def _and(self) -> Value:
        value = self._comparison()
        while self._take("&&"):
            value = _both(value, self._comparison())
        return value

    def _comparison(self) -> Value:
        value = self._unary()
        while (operator := self._peek()) in ("==", "!=", "<", ">", "<=", ">="):
            self._at += 1
            value = _compare(operator, value, self._unary())
        return value

    def _unary(self) -> Value:
        if self._take("!"):
            value = self._unary()
            return UNKNOWN if value is UNKNOWN else not _truthy(value)
        return self._primary()

    def _primary(self) -> Value:
        if self._take("("):
            value = self._or()
            self._expect(")")
            return value
        piece = self._next()
        if piece.startswith("'"):
            return piece[1:-1].replace("''", "'")
        if re.fullmatch(r"-?\d+(?:\.\d+)?", piece):
            return float(piece)
        constants: dict[str, Value] = {"true": True, "false": False, "null": None}
        if piece.lower() in constants:
            return constants[piece.lower()]
        if re.fullmatch(r"[A-Za-z_][\w-]*", piece):
            return self._named(piece)
        raise _Unparsable

    def _named(self, name: str) -> Value:
        """A function's call, or a path into a context."""
        if self._take("("):
            return _call(name.lower(), self._arguments())
        path, known = name.lower(), True
        while operator := self._take(".") or self._take("["):
            step: Value = self._next() if operator == "." else self._or()
            if operator == "[":
                self._expect("]")
            known = known and isinstance(step, str) and step != "*"
            path += f".{step}".lower()
        value = self._lookup(path) if known else UNKNOWN
        return UNKNOWN if isinstance(value, str) and "${{" in value else value

    def _arguments(self) -> list[Value]:
        found: list[Value] = []
        while not self._take(")"):
            found.append(self._or())
            if not self._take(",") and self._peek() != ")":
                raise _Unparsable
        return found

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        token = self._peek()
        if not token:
            raise _Unparsable
        self._at += 1
        return token

    def _take(self, token: str) -> str:
        if self._peek() != token:
            return ""
        self._at += 1
        return token

    def _expect(self, token: str) -> None:
        if not self._take(token):
            raise _Unparsable


def _tokens(text: str) -> list[str]:
    found, position = [], 0
    text = text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            raise _Unparsable
        found.append(match[0].strip())
        position = match.end()
    return found


def _truthy(value: Value) -> bool:
    return value not in (None, False, 0, "")


def _both(left: Value, right: Value) -> Value:
    if left is UNKNOWN:
        return right if right is not UNKNOWN and not _truthy(right) else UNKNOWN
    return right if _truthy(left) else left


def _either(left: Value, right: Value) -> Value:
    if left is UNKNOWN:
        return right if right is not UNKNOWN and _truthy(right) else UNKNOWN
    return left if _truthy(left) else right


def _compare(operator: str, left: Value, right: Value) -> Value:
    """As GitHub does: text without regard to case, different kinds as numbers."""
    if left is UNKNOWN or right is UNKNOWN or isinstance(left, list) or isinstance(right, list):
        return UNKNOWN
    if isinstance(left, str) and isinstance(right, str):
        first: str | float = left.casefold()
        second: str | float = right.casefold()
    else:
        first, second = _number(left), _number(right)
    match operator:
        case "==":
            return first == second
        case "!=":
            return first != second
        case _:
            return UNKNOWN  # nobody orders branches


def _number(value: str | float | bool | None) -> float:
    if isinstance(value, str):
        try:
            return float(value) if value.strip() else 0.0
        except ValueError:
            return float("nan")
    return float(value or 0)


def _call(name: str, arguments: list[Value]) -> Value:
    """Functions of GitHub's; a run is assumed to go well until the step in question."""
    found: Value = UNKNOWN
    match name, arguments:
        case (("always" | "success" | "failure" | "cancelled"), []):
            found = name in ("always", "success")
        case "contains", [list() as items, str() as item]:
            words = (one.casefold() for one in items if isinstance(one, str))
            found = item.casefold() in words
        case (("contains" | "startswith" | "endswith"), [str() as text, str() as part]):
            found = _compare_text(name, text.casefold(), part.casefold())
        case "format", [str() as text, *values] if all(isinstance(value, str) for value in values):
            for index, value in enumerate(values):
                text = text.replace(f"{{{index}}}", str(value))
            found = text
        case "fromjson", [str() as text]:
            found = _from_json(text)
    return found


def _compare_text(name: str, text: str, part: str) -> bool:
    match name:
        case "contains":
            return part in text
        case "startswith":
            return text.startswith(part)
        case _:
            return text.endswith(part)


def _from_json(text: str) -> Value:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return UNKNOWN
    return value if isinstance(value, str | float | bool | list) or value is None else UNKNOWN
