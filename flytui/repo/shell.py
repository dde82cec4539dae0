"""Commands of a shell script, without running it: words, folder and variables of each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_EXPRESSION = re.compile(r"\$\{\{.*?\}\}", re.DOTALL)
_HEREDOC = re.compile(r"<<-?\s*(['\"]?)(\w+)\1")
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)
_VARIABLE = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
_KEYWORDS = frozenset(
    {"if", "then", "else", "elif", "fi", "do", "done", "while", "until", "!", "time", "{", "}"}
    | {"exec", "command", "nohup", "eval", "sudo", "env", "export", "npx", "bunx", "-E", "--yes"}
)
_MAX_COMMANDS = 2_000


@dataclass(frozen=True, slots=True)
class Command:
    """One simple command, its variables replaced where they are known."""

    words: tuple[str, ...]
    folder: str
    """Where it runs, relative to the checkout; empty is the checkout itself."""
    variables: dict[str, str] = field(default_factory=dict, repr=False)


def commands(script: str, folder: str, variables: dict[str, str]) -> Iterator[Command]:
    """Every command that some path through the script may run, in the order of the text."""
    known, stack = dict(variables), [folder]
    for words in _split(script)[:_MAX_COMMANDS]:
        if words == ["("]:
            stack.append(stack[-1])
        elif words == [")"]:
            stack[:] = stack[:-1] or [folder]
        else:
            command = _prepared(words, stack[-1], known)
            if command.words[:1] in (("cd",), ("pushd",)) and len(command.words) > 1:
                stack[-1] = join(stack[-1], command.words[1])
            elif command.words:
                yield command
            else:
                known |= command.variables


def join(folder: str, path: str) -> str:
    """`path` seen from `folder`, without `.` and `..`; an absolute one starts at the checkout."""
    parts: list[str] = []
    path = re.sub(r"^\$\{\{\s*github\.workspace\s*\}\}/?|^\$\{?GITHUB_WORKSPACE\}?/?", "/", path)
    for part in (path if path.startswith("/") else f"{folder}/{path}").split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", ".", ".."):
            parts.append(part)
    return "/".join(parts)


def expanded(word: str, variables: dict[str, str]) -> str:
    """The word with `$NAME` and `${NAME}` replaced where the value is known."""
    return _VARIABLE.sub(lambda match: variables.get(match[1] or match[2], match[0]), word)


def _prepared(words: list[str], folder: str, known: dict[str, str]) -> Command:
    """The command without keywords before it; assignments before it are its variables."""
    own: dict[str, str] = {}
    rest = list(words)
    while rest:
        assignment = _ASSIGNMENT.fullmatch(rest[0])
        if assignment:
            own[assignment[1]] = expanded(assignment[2], known)
        elif rest[0] == "timeout" and len(rest) > 2:
            rest.pop(0)
        elif rest[0] not in _KEYWORDS:
            break
        rest.pop(0)
    scope = {**known, **own}
    return Command(tuple(expanded(word, scope) for word in rest), folder, scope if rest else own)


def _split(script: str) -> list[list[str]]:
    """Words of each command; expressions stay whole, comments and here-documents go."""
    expressions: list[str] = []

    def kept(match: re.Match[str]) -> str:
        expressions.append(match[0])
        return f"\ue000{len(expressions) - 1}\ue001"

    text = _EXPRESSION.sub(kept, script.replace("\r\n", "\n").replace("\\\n", " "))
    splitter = _Splitter(_without_documents(text))
    return [[_restored(word, expressions) for word in words] for words in splitter.commands()]


def _restored(word: str, expressions: list[str]) -> str:
    return re.sub(r"\ue000(\d+)\ue001", lambda match: expressions[int(match[1])], word)


def _without_documents(text: str) -> str:
    lines, kept, end = text.split("\n"), [], None
    possible_ends = {line.strip() for line in lines}
    for line in lines:
        if end is not None:
            end = None if line.strip() == end else end
            continue
        kept.append(line)
        opening = _HEREDOC.search(line)
        if opening and "<<<" not in line and opening[2] in possible_ends:
            end = opening[2]
    return "\n".join(kept)


class _Splitter:
    """One pass over a script, character by character."""

    def __init__(self, text: str, depth: int = 0) -> None:
        self._text = text
        self._at = 0
        self._depth = depth
        self._done: list[list[str]] = []
        self._words: list[str] = []
        self._word: str | None = None

    def commands(self) -> list[list[str]]:
        while self._at < len(self._text):
            self._step(self._text[self._at])
        self._end_command()
        return self._done

    def _step(self, letter: str) -> None:
        self._at += 1
        if letter in " \t\r":
            self._end_word()
        elif letter in "\n;|&":
            self._end_command()
        elif letter in "()":
            self._end_command()
            self._done.append([letter])
        elif letter == "#" and self._word is None:
            self._skip_to("\n")
        elif letter in "<>":
            self._redirect()
        elif letter == "'":
            self._add(self._until("'"))
        elif letter == '"':
            self._quoted()
        elif letter == "`" or (letter == "$" and self._text.startswith("(", self._at)):
            self._inner(letter)
        elif letter == "\\":
            self._add(self._text[self._at : self._at + 1])
            self._at += 1
        else:
            self._add(letter)

    def _quoted(self) -> None:
        self._add("")
        while self._at < len(self._text) and self._text[self._at] != '"':
            letter = self._text[self._at]
            self._at += 1
            if letter == "\\":
                self._add(self._text[self._at : self._at + 1])
                self._at += 1
            elif letter == "`" or (letter == "$" and self._text.startswith("(", self._at)):
                self._inner(letter)
            else:
                self._add(letter)
        self._at += 1

    def _inner(self, letter: str) -> None:
        """A command within a word runs too; what it prints is not known."""
        if letter == "`":
            script = self._until("`")
        else:
            self._at += 1
            script = self._until_closed()
        self._add("$(…)")
        if self._depth < 4:
            self._done += _Splitter(script, self._depth + 1).commands()

    def _until_closed(self) -> str:
        start, open_ones = self._at, 1
        while self._at < len(self._text) and open_ones:
            open_ones += {"(": 1, ")": -1}.get(self._text[self._at], 0)
            self._at += 1
        return self._text[start : self._at - (not open_ones)]

    def _redirect(self) -> None:
        """`2>&1` and `> file` are not words of the command."""
        if self._word is not None and self._word.isdigit():
            self._word = None
        self._end_word()
        while self._text[self._at : self._at + 1] in ("<", ">", "&", " ", "\t"):
            self._at += 1
        while self._at < len(self._text) and self._text[self._at] not in " \t\r\n;|&()":
            self._at += 1

    def _until(self, end: str) -> str:
        start = self._at
        self._skip_to(end)
        found = self._text[start : self._at]
        self._at += 1
        return found

    def _skip_to(self, end: str) -> None:
        position = self._text.find(end, self._at)
        self._at = len(self._text) if position < 0 else position

    def _add(self, text: str) -> None:
        self._word = (self._word or "") + text

    def _end_word(self) -> None:
        if self._word is not None:
            self._words.append(self._word)
            self._word = None

    def _end_command(self) -> None:
        self._end_word()
        if self._words:
            self._done.append(self._words)
            self._words = []
