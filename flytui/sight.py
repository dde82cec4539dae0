"""What a token can see: its kind, its bounds, and the items it can decide. Nothing is asked."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from flytui.checklist import Checklist, Item
from flytui.checks.check import Check
from flytui.expiry import LOOKING
from flytui.facts.app import app
from flytui.facts.fact import Fact, Needs, Optional
from flytui.facts.fact import now as clock
from flytui.facts.organization import claims
from flytui.facts.project import preferences
from flytui.fly.auth import Tokens
from flytui.fly.macaroon import Macaroon


class Kind(StrEnum):
    """How a token was made, as far as it tells by itself."""

    SESSION = "login session"
    OAUTH = "OAuth token"
    UNCONFINED = "macaroon without limits"
    ORGANIZATION = "organisation token"
    READ_ONLY = "read-only token"
    DEPLOY = "deploy token"
    ONE_PURPOSE = "token for one purpose"
    UNREADABLE = "token that cannot be read"


class Sees(StrEnum):
    """Whether a token shows a fact."""

    YES = "yes"
    PERHAPS = "perhaps"
    """Nothing says so for sure; only asking tells."""
    NO = "no"


class Verdict(StrEnum):
    """What becomes of an item with a token."""

    CAN = "can"
    IN_PART = "in_part"
    """What is shown may decide it; where the rest matters, it stays unknown."""
    CANNOT = "cannot"
    PERSON = "person"
    """No token decides it; a person does."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A fact the token does not show, or may not."""

    fact: Fact[object]
    sees: Sees
    reason: str


@dataclass(frozen=True, slots=True)
class Cure:
    """Another token, and what becomes of the item with it."""

    argv: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ItemSight:
    """What the token means for one item."""

    item: Item
    verdict: Verdict
    hidden: tuple[Hidden, ...] = ()
    cures: tuple[Cure, ...] = ()
    """The narrowest token that helps, and the narrowest that helps most."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One token, told without showing it."""

    kind: Kind
    origin: str
    """Where it came from: `FLY_API_TOKEN`, `config.yml`."""
    organizations: tuple[int, ...]
    """Numeric ids of the organisations it is confined to; empty when to none."""
    apps: tuple[int, ...]
    """Numeric ids of the apps it is confined to; empty when to none."""
    expires: datetime | None
    """None: the token does not say."""
    ended: bool
    notes: tuple[str, ...]
    items: tuple[ItemSight, ...]

    def count(self, verdict: Verdict) -> int:
        return sum(one.verdict is verdict for one in self.items)


@dataclass(frozen=True, slots=True)
class Place:
    """What is asked about: names that go into the cures, where they are known."""

    app: str | None = None
    organization: str | None = None


Reach = Mapping[Needs, tuple[Sees, str]]
"""For each need, whether the token meets it, and why not."""


def sight(
    tokens: Tokens, place: Place, checklist: Checklist, checks: Mapping[str, Check], now: datetime
) -> Sight:
    """What the tokens are, and what they mean for each item of the checklist."""
    kind = kind_of(tokens)
    bounds = [m for m in tokens.decoded if m.permission]
    renewed = kind is Kind.SESSION
    reach = _reach(tokens, kind, now)
    return Sight(
        kind=kind,
        origin=tokens.origin,
        organizations=_once(id_ for m in bounds for id_ in m.organizations),
        apps=_once(id_ for m in bounds for id_ in m.apps),
        expires=None if renewed else tokens.expires,
        ended=not renewed and tokens.expired(now),
        notes=_notes(tokens, kind, now),
        items=tuple(_item(item, checks.get(item.id), reach, place) for item in checklist),
    )


_OAUTH = re.compile(r"fo1_[\w-]+|[\w-]{43}")
"""A user token of today, or one of the 43 characters of before."""


def kind_of(tokens: Tokens) -> Kind:
    """The kind; of several macaroons, the one that sees most counts."""
    if tokens.oauth:
        if tokens.macaroons or tokens.session:
            return Kind.SESSION
        # Whatever has no shape of a macaroon is sent as such a token; that does not make it one.
        return Kind.OAUTH if all(_OAUTH.fullmatch(t) for t in tokens.oauth) else Kind.UNREADABLE
    kinds = {_kind_of(m) for m in tokens.decoded if m.permission}
    return next((kind for kind in Kind if kind in kinds), Kind.UNREADABLE)


def _kind_of(macaroon: Macaroon) -> Kind:
    if macaroon.one_purpose:
        return Kind.ONE_PURPOSE
    if macaroon.apps:
        return Kind.DEPLOY
    if not macaroon.organizations:
        return Kind.UNCONFINED
    return Kind.READ_ONLY if macaroon.read_only else Kind.ORGANIZATION


_YES = (Sees.YES, "")
_UNSAID = (Sees.PERHAPS, "Fly.io does not say whether this kind of token may read it")
_ITS_APP = (Sees.NO, "a deploy token shows its own app alone")
_PURPOSE = (Sees.NO, "the token is meant for one task")
_UNREADABLE = (Sees.PERHAPS, "nothing in the token tells what it may read")
_ALL: Reach = dict.fromkeys(Needs, _YES)
_OF_A_MACHINE: Reach = {**_ALL, Needs.MEMBERSHIP: _UNSAID}
"""Of a token that belongs to no person."""
_REACH: dict[Kind, Reach] = {
    Kind.SESSION: _ALL,
    Kind.OAUTH: {
        **_ALL,
        Needs.MANAGED_POSTGRES: (
            Sees.NO,
            "only a macaroon may list clusters",
        ),
    },
    Kind.UNCONFINED: _OF_A_MACHINE,
    Kind.ORGANIZATION: _OF_A_MACHINE,
    Kind.READ_ONLY: _OF_A_MACHINE,
    Kind.DEPLOY: {
        **dict.fromkeys(Needs, _ITS_APP),
        Needs.SIGNED_IN: _YES,
        Needs.APP: _YES,
        Needs.METRICS: _UNSAID,
    },
    Kind.ONE_PURPOSE: dict.fromkeys(Needs, _PURPOSE),
    Kind.UNREADABLE: dict.fromkeys(Needs, _UNREADABLE),
}


def _reach(tokens: Tokens, kind: Kind, now: datetime) -> Reach:
    """What the kind sees, less what has ended or was not agreed to."""
    reach = dict(_REACH[kind])
    if kind is Kind.SESSION:
        if not tokens.macaroons or tokens.stale(now):
            reach[Needs.MANAGED_POSTGRES] = (Sees.PERHAPS, "fly has to renew its macaroons first")
    elif tokens.expired(now):
        reach = dict.fromkeys(Needs, (Sees.NO, "the token has expired"))
    elif tokens.undischarged:
        why = f"{tokens.undischarged[0]} has yet to agree to the token"
        reach = dict.fromkeys(Needs, (Sees.NO, why))
    return reach


def _shown(reach: Reach, fact: Fact[object]) -> tuple[Sees, str]:
    return _YES if fact.needs is Needs.NOTHING else reach[fact.needs]


def _notes(tokens: Tokens, kind: Kind, now: datetime) -> tuple[str, ...]:
    """What a reader would otherwise wonder about, a sentence each."""
    unread = len(tokens.macaroons) - len(tokens.decoded)
    notes = [
        (kind is Kind.SESSION, "fly renews its macaroons by itself, every few minutes."),
        (kind is Kind.OAUTH, "It says nothing about itself: no organisation, no app, no expiry."),
        (kind is Kind.DEPLOY, "If it is another app's, nothing of this app is shown."),
        (bool(unread) and kind is not Kind.UNREADABLE, "Part of it cannot be read."),
        (
            kind is not Kind.SESSION and bool(tokens.undischarged),
            f"Until {', '.join(tokens.undischarged)} agrees, it cannot be used.",
        ),
        (kind is not Kind.SESSION and tokens.expired(now), "It has expired: create another."),
    ]
    return tuple(words for said, words in notes if said)


def _item(item: Item, check: Check | None, reach: Reach, place: Place) -> ItemSight:
    if check is None or check.manual:
        return ItemSight(item, Verdict.PERSON)
    verdict = _verdict(check, reach)
    hidden = tuple(
        Hidden(fact, sees, why)
        for fact in check.facts
        for sees, why in (_shown(reach, fact),)
        if sees is not Sees.YES
    )
    return ItemSight(item, verdict, hidden, _cures(check, verdict, place))


_BESIDES = (app, claims, clock, preferences)
"""What most items read, and which decides none of them by itself."""


def _verdict(check: Check, reach: Reach) -> Verdict:
    """CANNOT without a fact it needs or with nothing to go by; IN_PART without some, or perhaps."""
    needed = {_shown(reach, w)[0] for w in check.wants if isinstance(w, Fact)}
    useful = {_shown(reach, w.fact)[0] for w in check.wants if isinstance(w, Optional)}
    told = {_shown(reach, fact)[0] for fact in check.facts if fact not in _BESIDES}
    if Sees.NO in needed or told == {Sees.NO}:
        return Verdict.CANNOT
    return Verdict.CAN if needed | useful <= {Sees.YES} else Verdict.IN_PART


_BETTER = (Verdict.CANNOT, Verdict.IN_PART, Verdict.CAN)


def _cures(check: Check, now: Verdict, place: Place) -> tuple[Cure, ...]:
    """The narrowest token under which it is better, and the narrowest under which it is best."""
    offers = [Cure(argv, _verdict(check, _REACH[kind])) for kind, argv in _commands(place)]
    better = [cure for cure in offers if _BETTER.index(cure.verdict) > _BETTER.index(now)]
    if not better:
        return ()
    best = max(better, key=lambda cure: _BETTER.index(cure.verdict))
    return _once((better[0], best))


def _commands(place: Place) -> tuple[tuple[Kind, tuple[str, ...]], ...]:
    """How to come by a token of the kind, the narrowest first."""
    create = ("fly", "tokens", "create")
    app = ("-a", place.app) if place.app else ()
    owner = (place.organization,) if place.organization else ()
    return (
        (Kind.DEPLOY, (*create, "deploy", *app, "-x", LOOKING)),
        (Kind.READ_ONLY, (*create, "readonly", *owner, "-x", LOOKING)),
        (Kind.SESSION, ("fly", "auth", "login")),
    )


_T = TypeVar("_T")


def _once(values: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(values))
