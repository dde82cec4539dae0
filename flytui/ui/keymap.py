"""Keys by the id of what they do; one that would not work is left out, and why is told."""

import pkgutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from string import punctuation
from types import MappingProxyType

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import Keys, format_key, key_to_character
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from flytui.settings.document import nearest
from flytui.ui import screens

SAME_DEED = {
    "walk.fix": "decide.fix",
    "walk.decide_reviewed": "decide.reviewed",
    "walk.decide_not_applicable": "decide.not_applicable",
    "walk.decide_accepted_risk": "decide.accepted_risk",
    "walk.undo": "decide.undo",
    "walk.copy": "main.copy",
    "walk.docs": "main.docs",
}
"""The walkthrough's bindings that do what one of the checklist does."""
NOWHERE: Mapping[str, str] = MappingProxyType({})
_MODIFIERS = frozenset({"ctrl", "alt", "shift", "super", "hyper", "meta"})


@dataclass(frozen=True, slots=True)
class Keymap:
    """What of a person's keys is in force."""

    keys: Mapping[str, str]
    """By the id of the binding, as Textual takes them: several with commas between them."""
    problems: tuple[str, ...] = ()
    """What was left out and why, a sentence each."""
    inherited: Mapping[str, str] = field(default_factory=dict)
    """Ids of the walkthrough's bindings that have the key given to the checklist's: that one's."""

    @property
    def shown(self) -> dict[str, str]:
        """The first key of each as a text names it."""
        return {id_: displayed(keys.split(",")[0]) for id_, keys in self.keys.items()}


@dataclass(frozen=True, slots=True)
class _Bound:
    """One key of one class, and how near to the focus that class is."""

    owner: type[DOMNode]
    id: str
    key: str
    words: str


def keymap(wanted: Mapping[str, str], said_at: Mapping[str, str] = NOWHERE) -> Keymap:
    """The part of the wanted keys that works: ids that exist, keys that exist, and no conflict.

    `said_at` tells where each id is set, for the sentences about what was left out.
    """
    scopes = [tuple(_scope(screen)) for screen in _screens()]
    ours = usual()
    taken, problems = {}, []
    for id_, keys in wanted.items():
        normal = ",".join(map(_normal, keys.split(",")))
        if why := _unknown(id_, ours) or _unfit(id_, normal):
            problems.append(_placed(why, (id_,), said_at))
        elif set(normal.split(",")) != set(ours[id_].split(",")):
            taken[id_] = normal
    while clashes := _clashes(scopes, taken):
        problems += [_placed(why, part, said_at) for part, why in clashes.items()]
        taken = {id_: keys for id_, keys in taken.items() if id_ not in _named(clashes)}
    found = _with_walk(scopes, taken, wanted, said_at)
    return replace(found, problems=tuple(dict.fromkeys((*problems, *found.problems))))


def _with_walk(
    scopes: Iterable[tuple[_Bound, ...]],
    taken: Mapping[str, str],
    wanted: Mapping[str, str],
    said_at: Mapping[str, str],
) -> Keymap:
    """With the same key for the same deed in the walkthrough, unless it was given one of its own.

    Only what is inherited is given up for a conflict there: the others have none.
    """
    inherited = {w: m for w, m in SAME_DEED.items() if m in taken and w not in wanted}
    problems = []
    while clashes := _clashes(scopes, {**taken, **{w: taken[m] for w, m in inherited.items()}}):
        for part in clashes:
            for id_ in set(part) & inherited.keys():
                own = f"in the walkthrough the usual key stays, unless keys.{id_} says another"
                why = f"keys.{inherited[id_]} is {displayed(taken[inherited[id_]])}: {own}."
                problems.append(_placed(why, (inherited[id_],), said_at))
        inherited = {w: m for w, m in inherited.items() if w not in _named(clashes)}
    keys = {**taken, **{w: taken[m] for w, m in inherited.items()}}
    return Keymap(keys, tuple(problems), inherited)


def _placed(why: str, ids: Iterable[str], said_at: Mapping[str, str]) -> str:
    place = next((said_at[id_] for id_ in ids if id_ in said_at), "")
    return f"{place}: {why}" if place else why


def usual() -> dict[str, str]:
    """The keys of every binding by its id, as they are unless somebody changes them."""
    found: dict[str, list[str]] = {}
    for screen in _screens():
        for bound in _scope(screen):
            if bound.id and bound.key not in (known := found.setdefault(bound.id, [])):
                known.append(bound.key)
    return {id_: ",".join(keys) for id_, keys in sorted(found.items())}


def displayed(key: str) -> str:
    """A key as a text names it: `esc`, `?`, `^o`."""
    *modifiers, last = key.split("+")
    control = "^" if "ctrl" in modifiers else ""
    others = [modifier for modifier in modifiers if modifier != "ctrl"]
    return "+".join([*others, control + format_key(last)])


def _unknown(id_: str, ids: Iterable[str]) -> str:
    if id_ in (known := set(ids)):
        return ""
    near = nearest(id_, known)
    return f"keys.{id_[:60]} is not a key of flytui." + (
        f" Did you mean keys.{near}?" if near else ""
    )


def _unfit(id_: str, keys: str) -> str:
    for key in keys.split(","):
        if not _exists(key):
            return f"keys.{id_} is {key[:40]!r}, which no keyboard sends."
        if id_ == "card.run" and key in {"enter", "return", "ctrl+m", "ctrl+j"}:
            return "keys.card.run cannot be enter: enter never runs a command."
    return ""


def _exists(key: str) -> bool:
    *modifiers, last = key.split("+")
    named = {k.value for k in Keys} - {"<any>", "<ignore>"}
    known = key in named or last in named or len(last) == 1 or _typed(last)
    return bool(last) and known and set(modifiers) <= _MODIFIERS


def _typed(key: str) -> bool:
    """Whether the key is a character; Textual has names of its own for some of them."""
    return key_to_character(key) is not None or key in {_normal(c) for c in punctuation}


def _normal(key: str) -> str:
    """The key as Textual names it: `question_mark` for `?`."""
    return App._normalize_keymap({"": key})[""]  # noqa: SLF001 (so that it is the same key)


def _screens() -> list[type[Screen[object]]]:
    """All screens of ours, each with its module imported."""
    modules = pkgutil.iter_modules(screens.__path__, f"{screens.__name__}.")
    named = [value for module in modules for value in vars(import_module(module.name)).values()]
    kinds = [value for value in named if isinstance(value, type)]
    return [kind for kind in dict.fromkeys(kinds) if issubclass(kind, Screen) and _ours(kind)]


def _ours(kind: type) -> bool:
    return kind.__module__.startswith("flytui.")


def _owners(screen: type[Screen[object]]) -> Iterator[type[DOMNode]]:
    """The classes whose keys work on the screen: its widgets', its own, and the app's."""
    from flytui.ui.app import FlytuiApp  # noqa: PLC0415 (it is what is given the keymap)

    seen = [value for kind in screen.__mro__ if _ours(kind) for value in _globals(kind)]
    for value in dict.fromkeys(seen):
        if issubclass(value, Widget) and not issubclass(value, Screen | Input):
            yield value
    yield screen
    if not issubclass(screen, ModalScreen):
        yield FlytuiApp


def _globals(kind: type) -> Iterator[type]:
    named = vars(sys.modules[kind.__module__]).values()
    return (value for value in named if isinstance(value, type))


def _own(owner: type[DOMNode]) -> Iterator[Binding]:
    """Its bindings and those it inherits, a key each."""
    merged = owner._merge_bindings()  # noqa: SLF001 (what Textual itself looks keys up in)
    for several in merged.key_to_bindings.values():
        yield from several


def _scope(screen: type[Screen[object]]) -> Iterator[_Bound]:
    for owner in _owners(screen):
        for binding in _own(owner):
            words = binding.id or f"Textual's {binding.action.replace('_', ' ')}"
            yield _Bound(owner, binding.id or "", binding.key, words)


def _clashes(
    scopes: Iterable[tuple[_Bound, ...]], taken: Mapping[str, str]
) -> dict[tuple[str, ...], str]:
    """What cannot be, by the ids of the person's keys that have a part in it."""
    found = {}
    for scope in scopes:
        for one in scope:
            for other in scope:
                if one.id in taken and _meet(one, other, taken):
                    part = tuple(sorted({one.id, other.id} & taken.keys()))
                    found[part] = _sentence(one, other, taken)
    return found


def _meet(one: _Bound, other: _Bound, taken: Mapping[str, str]) -> bool:
    """Whether a key stands for both where both can act."""
    if one.words == other.words:
        return False
    apart = one.owner is not other.owner and all(_widget(b.owner) for b in (one, other))
    if apart:
        return False
    return bool(_keys(one, taken) & _keys(other, taken)) or _written(one, other, taken)


def _widget(owner: type[DOMNode]) -> bool:
    return issubclass(owner, Widget) and not issubclass(owner, Screen)


def _written(one: _Bound, other: _Bound, taken: Mapping[str, str]) -> bool:
    """Whether the key would be written into a text instead."""
    letters = any(_typed(key) for key in _keys(one, taken))
    return letters and issubclass(other.owner, TextArea)


def _keys(bound: _Bound, taken: Mapping[str, str]) -> set[str]:
    return set(taken[bound.id].split(",")) if bound.id in taken else {bound.key}


def _sentence(one: _Bound, other: _Bound, taken: Mapping[str, str]) -> str:
    both = sorted(_keys(one, taken) & _keys(other, taken))
    if not both:
        keys = taken[one.id]
        return f"keys.{one.id} is {displayed(keys)}, which is typed into the text there."
    first, second = sorted((one, other), key=lambda bound: bound.id not in taken)
    also = f"keys.{second.id}" if second.id in taken else second.words
    return f"keys.{first.id} and {also} are both {displayed(both[0])}: the usual key stays."


def _named(clashes: Mapping[tuple[str, ...], str]) -> set[str]:
    return {id_ for part in clashes for id_ in part}
