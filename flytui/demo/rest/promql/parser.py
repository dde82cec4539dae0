"""From the text of a PromQL expression to its parts."""

import re

from flytui.demo.rest.promql.syntax import (
    Aggregation,
    Expression,
    Function,
    Matcher,
    Number,
    Operation,
    Selector,
    Text,
    Unsupported,
    Window,
)

AGGREGATIONS = {"sum", "min", "max", "avg", "count", "topk", "bottomk"}
_TOKEN = re.compile(
    r"""\s*(?:
    (?P<duration>\d+(?:\.\d+)?(?:ms|[smhdwy])(?:\d+(?:ms|[smhdwy]))*)
    |(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    |(?P<name>[A-Za-z_][\w:]*)
    |(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |(?P<sign>==|!=|>=|<=|=~|!~|[-+*/<>=(){}\[\],:])
    )""",
    re.VERBOSE,
)
_SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604_800, "y": 31_536_000}
_LEVELS = (("or",), ("==", "!=", ">=", "<=", ">", "<"), ("+", "-"), ("*", "/"))


def parse(text: str) -> Expression:
    """The expression; `Unsupported` for anything this parser does not know."""
    parser = _Parser(_tokens(text))
    expression = parser.expression()
    if parser.kind != "end":
        raise Unsupported(parser.text)
    return expression


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, position = [], 0
    while text[position:].strip():
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            raise Unsupported(text[position:])
        tokens.append((match.lastgroup, match.group(match.lastgroup)))
        position = match.end()
    return [*tokens, ("end", "")]


class _Parser:
    """A cursor over the tokens; every method leaves it behind what it read."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def kind(self) -> str:
        return self._tokens[self._at][0]

    @property
    def text(self) -> str:
        return self._tokens[self._at][1]

    def expression(self, level: int = 0) -> Expression:
        if level == len(_LEVELS):
            return self._windowed()
        left = self.expression(level + 1)
        while self.kind in {"sign", "name"} and self.text in _LEVELS[level]:
            left = Operation(self._take(), left, self.expression(level + 1))
        return left

    def _take(self, *wanted: str) -> str:
        """The current token's text, which must be one of those wanted, if any are."""
        text = self.text
        if (wanted and text not in wanted) or self.kind == "end":
            raise Unsupported(text)
        self._at += 1
        return text

    def _skip(self, sign: str) -> bool:
        if self.kind == "sign" and self.text == sign:
            self._at += 1
            return True
        return False

    def _windowed(self) -> Expression:
        inner = self._simple()
        while self._skip("["):
            seconds, step = self._duration(), None
            if self._skip(":"):
                step = 60.0 if self.text == "]" else self._duration()
            self._take("]")
            inner = Window(inner, seconds, step)
        return inner

    def _simple(self) -> Expression:
        if self._skip("("):
            inner = self.expression()
            self._take(")")
            return inner
        if self._skip("-"):
            return Operation("*", Number(-1.0), self._windowed())
        if self.kind == "number":
            return Number(float(self._take()))
        if self.kind == "text":
            return Text(_unquoted(self._take()))
        if self.text == "{":
            return Selector("", self._matchers())
        if self.kind != "name":
            raise Unsupported(self.text)
        return self._named(self._take())

    def _named(self, name: str) -> Expression:
        if name in AGGREGATIONS:
            return self._aggregation(name)
        if self._skip("("):
            return Function(name, self._arguments())
        return Selector(name, self._matchers() if self.text == "{" else ())

    def _aggregation(self, name: str) -> Aggregation:
        by, without = self._grouping()
        self._take("(")
        arguments = self._arguments()
        if by is None:
            by, without = self._grouping()
        parameter = None
        match arguments:
            case [Number(value), inner]:
                parameter = value
            case [inner]:
                pass
            case _:
                raise Unsupported(name)
        return Aggregation(name, inner, by, without, parameter)

    def _grouping(self) -> tuple[tuple[str, ...] | None, bool]:
        if self.text not in {"by", "without"}:
            return None, False
        without = self._take() == "without"
        self._take("(")
        labels = []
        while not self._skip(")"):
            labels.append(self._take())
            self._skip(",")
        return tuple(labels), without

    def _arguments(self) -> tuple[Expression, ...]:
        arguments = []
        while not self._skip(")"):
            arguments.append(self.expression())
            if self.text != ")":
                self._take(",")
        return tuple(arguments)

    def _matchers(self) -> tuple[Matcher, ...]:
        self._take("{")
        matchers = []
        while not self._skip("}"):
            label = self._take()
            operator = self._take("=", "!=", "=~", "!~")
            value = _unquoted(self._take())
            matchers.append(Matcher(label, operator, value))
            self._skip(",")
        return tuple(matchers)

    def _duration(self) -> float:
        if self.kind != "duration":
            raise Unsupported(self.text)
        parts = re.findall(r"(\d+(?:\.\d+)?)(ms|[smhdwy])", self._take())
        return sum(float(count) * _SECONDS[unit] for count, unit in parts)


def _unquoted(text: str) -> str:
    return text[1:-1].replace('\\"', '"').replace("\\\\", "\\")
