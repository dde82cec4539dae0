"""Remedies as data: what can be done about a finding, and everything a person must know first."""

import re
import shlex
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias, assert_never

if TYPE_CHECKING:
    from flytui.edits.operations import Operation
    from flytui.secret import Typed

_BLANK = re.compile(r"\{([a-z_]+)\}")
NOTHING_TO_UNDO = "There is nothing to undo."
"""What `undo` says of a command that shows something, or adds what harms nobody."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A value the person must give before a command can run; in argv it stands as `{name}`."""

    name: str
    label: str
    """What to type, in a few words: `Hostname`."""
    pattern: str = r"\S+"
    """A regular expression the whole value must match."""
    suggestions: tuple[str, ...] = ()
    secret: bool = False
    """Typed masked; it goes to the command's standard input alone and is kept nowhere."""

    def takes(self, value: str) -> bool:
        """Whether the value will do.

        One that `fly` would take for an option will not, nor one that holds what nobody sees.
        """
        fits = re.fullmatch(self.pattern, value) is not None
        plain = value.isprintable() and not value.startswith("-")
        return fits and (self.secret or plain)


@dataclass(frozen=True, slots=True)
class Inverse:
    """The command that takes another one back, as far as anything can."""

    argv: tuple[str, ...]
    """`{new}` stands for the one resource that the other command brought about."""
    title: str
    changes: str
    """One sentence, with what is not as it was before: a new address is a different one."""
    new: str = ""
    """The kind of that resource: `address`, `Machine`; empty where the words need none."""
    reversible: bool = True
    undo: str = ""
    cost_per_month_usd: Decimal | None = None

    def of(self, id_: str) -> "Inverse":
        """The inverse with that resource in its words."""
        return replace(
            self,
            argv=tuple(word.replace("{new}", id_) for word in self.argv),
            title=self.title.replace("{new}", id_),
            changes=self.changes.replace("{new}", id_),
            new="",
        )


@dataclass(frozen=True, slots=True)
class Command:
    """One `fly` command with its consequences. Equal commands promise exactly the same."""

    argv: tuple[str, ...]
    """Begins with `fly`; carries `-a`/`-o` and, where `fly` knows it, `--yes`."""
    title: str
    """Verb and object: `Release 203.0.113.7`. Shown as it is: blanks belong in `filled`."""
    why: str
    """One sentence: what is gained."""
    changes: str
    """One sentence: what is different afterwards."""
    alters: frozenset[str]
    """Names of the facts this changes: forgotten and read again after it ran."""
    dependents: tuple[str, ...] = ()
    """Who relies on the target, a sentence each; empty when nobody was found."""
    cost_per_month_usd: Decimal | None = None
    """Change of the monthly bill in US dollars; None when unknown."""
    cost_note: str = ""
    reversible: bool = True
    undo: str = ""
    """How it can be undone, or why it cannot."""
    fly_asks: str = "nothing: it acts at once"
    """What `fly` itself would ask before acting."""
    target: str = ""
    """Identity and meaning of what is acted on; part of equality, so a changed target shows."""
    blanks: tuple[Blank, ...] = ()
    filled: str = ""
    """The title once its blanks are filled, with `{name}` where their values go."""
    prints_secret: bool = False
    """The output carries a credential: it is never kept."""
    stdin: str = ""
    """What it reads, with blanks: `{name}={value}`. The only place for a secret one."""
    typed: "Typed | None" = None
    """`stdin` as it was filled in."""
    interactive: bool = False
    """`fly` asks what no option answers: it runs in the terminal itself."""
    inverse: Inverse | None = None
    """What takes it back; None where nothing does."""
    kind: Literal["command"] = field(default="command", init=False)

    @property
    def way_back(self) -> str:
        """Whether it can be undone, in a phrase."""
        if self.undo == NOTHING_TO_UNDO:
            return "nothing to undo"
        return "can be undone" if self.reversible else "cannot be undone"

    def __post_init__(self) -> None:
        open_to_all = {name for word in (*self.argv, self.filled) for name in _BLANK.findall(word)}
        if any(blank.secret and blank.name in open_to_all for blank in self.blanks):
            raise ValueError("A secret belongs on standard input: others can read a command line.")

    def fill(self, values: dict[str, str]) -> "Command":
        """The command with its blanks replaced. Raises ValueError naming a value that will not do.

        The message quotes no secret.
        """
        for blank in self.blanks:
            value = values.get(blank.name, "")
            if not blank.takes(value):
                shown = "what was typed" if blank.secret else repr(value)
                raise ValueError(f"{blank.label}: {shown} will not do.")
        filled = {blank.name: values[blank.name] for blank in self.blanks}

        def put(text: str) -> str:
            return _BLANK.sub(lambda m: filled.get(m[1], m[0]), text)

        return replace(
            self,
            argv=tuple(put(word) for word in self.argv),
            title=put(self.filled) if self.filled else self.title,
            changes=put(self.changes),
            undo=put(self.undo),
            target=put(self.target),
            inverse=self._inverse(put),
            typed=self._typed(filled),
            blanks=(),
        )

    def _inverse(self, put: Callable[[str], str]) -> Inverse | None:
        if self.inverse is None:
            return None
        argv = tuple(put(word) for word in self.inverse.argv)
        title, changes = put(self.inverse.title), put(self.inverse.changes)
        return replace(self.inverse, argv=argv, title=title, changes=changes)

    def _typed(self, filled: dict[str, str]) -> "Typed | None":
        if not self.stdin:
            return None
        from flytui.secret import Secret, Typed, import_line  # noqa: PLC0415 (not to show a remedy)

        secrets = [b.name for b in self.blanks if b.secret]
        written = filled | {name: import_line(filled[name]) for name in secrets}
        text = _BLANK.sub(lambda m: written.get(m[1], m[0]), self.stdin)
        return Typed(Secret(text), tuple(Secret(filled[name]) for name in secrets))

    @property
    def line(self) -> str:
        """The command as one would type it, for display and copying only: `-o ORGANIZATION`.

        What is still to be said stands in capitals, as in fly's own help.
        """
        return shlex.join(_BLANK.sub(lambda m: m[1].upper(), word) for word in self.argv)


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to a file of the checkout: where, and what to write there.

    With operations, or when it creates the file, flytui can make it; else a person does.
    """

    path: str
    """Relative to the top of the checkout."""
    title: str
    why: str
    snippet: str
    """The lines to write."""
    note: str = ""
    """What it takes to come into effect: `then fly deploy -a storefront`."""
    operations: "tuple[Operation, ...]" = ()
    """The same change as data, for a TOML file; empty where only a person can make it."""
    creates: bool = False
    """The snippet is the whole of a new file, or operations may begin with an empty one."""
    reversible: bool = True
    cost_per_month_usd: Decimal | None = None
    kind: Literal["edit"] = field(default="edit", init=False)


@dataclass(frozen=True, slots=True)
class Link:
    """A page on which a person can act."""

    url: str
    title: str
    why: str
    reversible: bool = True
    cost_per_month_usd: Decimal | None = None
    kind: Literal["link"] = field(default="link", init=False)


Remedy: TypeAlias = Command | Edit | Link


@dataclass(frozen=True, slots=True)
class Step:
    """One of several remedies that have to follow each other."""

    remedy: Remedy
    effect: str
    """What is there once it is done, in a few words: `a Flycast address`."""
    seen: bool | None = None
    """Whether that is there; None where nobody can see it from here."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Remedies in the order that makes sense; each is also one of the finding's."""

    title: str
    """What they bring about together."""
    why: str
    """Why not in another order."""
    steps: tuple[Step, ...]

    def number(self, remedy: Remedy) -> int | None:
        """Which step the remedy is, from 1; None when it is none of them."""
        alike = (same(step.remedy, remedy) for step in self.steps)
        return next((n for n, found in enumerate(alike, 1) if found), None)

    def blocked(self, remedy: Remedy) -> str:
        """What is missing before it is the remedy's turn, and why; empty when nothing is.

        An earlier step that nobody can see from here holds nothing up; `unseen_before` names it.
        """
        missing = [step.effect for step in self._before(remedy) if step.seen is False]
        return f"first {missing[0]}. {self.why}" if missing else ""

    def unseen_before(self, remedy: Remedy) -> tuple[str, ...]:
        """What should be there by now, and only a person can tell."""
        return tuple(step.effect for step in self._before(remedy) if step.seen is None)

    def _before(self, remedy: Remedy) -> tuple[Step, ...]:
        """The steps ahead of it; those with the same effect may go in any order."""
        number = self.number(remedy)
        if number is None:
            return ()
        effect = self.steps[number - 1].effect
        return tuple(step for step in self.steps[: number - 1] if step.effect != effect)


def too_early(remedy: Remedy, several: Iterable[Steps]) -> str:
    """What has to be there before the remedy, and why; empty when it is not too early."""
    return next((reason for steps in several if (reason := steps.blocked(remedy))), "")


def same(one: Remedy, other: Remedy) -> bool:
    """Whether they do the same, whatever they say about it."""
    return _deed(one) == _deed(other)


def distinct(remedies: Iterable[Remedy]) -> tuple[Remedy, ...]:
    """Each deed once, as it was told first: two reasons for one command are one command."""
    told: dict[tuple[object, ...], Remedy] = {}
    for remedy in remedies:
        told.setdefault(_deed(remedy), remedy)
    return tuple(told.values())


def _deed(remedy: Remedy) -> tuple[object, ...]:
    match remedy:
        case Command():
            return remedy.argv, remedy.stdin
        case Edit():
            return remedy.path, remedy.snippet, remedy.operations
        case Link():
            return remedy.url, remedy.title
        case _:
            assert_never(remedy)


def what_to_copy(remedy: Remedy) -> str:
    """The text a person would paste elsewhere: the command line, the snippet or the address."""
    match remedy:
        case Command():
            return remedy.line
        case Edit():
            return remedy.snippet
        case Link():
            return remedy.url
        case _:
            assert_never(remedy)


def money(amount: Decimal | None, note: str = "") -> str:
    """A monthly cost in words: `free`, `+$2.00 a month`, `−$2.00 a month`, `cost unknown`."""
    if amount is None:
        return note or "cost unknown"
    if amount == 0:
        return note or "free"
    words = f"{'+' if amount > 0 else '−'}${abs(amount):.2f} a month"
    return f"{words} ({note})" if note else words
