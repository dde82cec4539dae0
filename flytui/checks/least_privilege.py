"""The item `least-privilege`: tokens are narrow, short-lived and of people who are still here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flytui.checks import remedies_organization as remedies
from flytui.checks.check import check
from flytui.checks.concerns import Concern, blind, of_resources, weighed
from flytui.checks.words import count
from flytui.facts import app as facts_app
from flytui.facts import organization as facts
from flytui.facts import project as facts_project
from flytui.facts.fact import Fact, Unseen, now, optional
from flytui.finding import Evidence, Finding, Resource, Status, evidence, worst
from flytui.fly.models import App, LimitedAccessToken, OrganizationApp
from flytui.fly.models.people import Member, PersonalToken
from flytui.remedy import Command, Remedy
from flytui.settings import Preferences
from flytui.settings.declared import Thresholds

_OWN = frozenset(
    {
        "flyctl",
        "flyctl-metrics",
        "flyctl-lfsc",
        "Flyctl statics push token",
        "FKS org deploy token",
    }
)
"""Names of tokens that `fly` makes for itself, mostly for minutes."""
_DEFAULT = frozenset(
    {
        "Org deploy token",
        "Read-only org token",
        "WireGuard token",
        "flyctl deploy token",
        "flyctl ssh token",
        "flyctl machine-exec token",
        "LiteFS Cloud token",
    }
)
_READING = re.compile(r"read.?only|reader", re.IGNORECASE)
Tokens = tuple[LimitedAccessToken, ...] | Unseen


@dataclass(frozen=True, slots=True)
class _Case:
    app: App
    of_app: Tokens
    of_organization: Tokens
    personal: tuple[PersonalToken, ...] | Unseen | None
    members: tuple[Member, ...] | Unseen
    apps: tuple[OrganizationApp, ...] | Unseen
    now: datetime
    limits: Thresholds

    def live(self, tokens: Tokens) -> tuple[LimitedAccessToken, ...]:
        """Those that work and were made by people, the longest-lived first."""
        known = () if isinstance(tokens, Unseen) else tokens
        mine = (
            t
            for t in known
            if t.revoked_at is None and t.expires_at > self.now and t.name not in _OWN
        )
        return tuple(sorted(mine, key=lambda t: t.expires_at, reverse=True))

    @property
    def admins(self) -> tuple[Member, ...]:
        known = () if isinstance(self.members, Unseen) else self.members
        return tuple(each for each in known if each.admin)

    @property
    def too_many_admins(self) -> bool:
        if isinstance(self.members, Unseen):
            return False
        share = len(self.admins) / max(len(self.members), 1)
        return len(self.admins) > self.limits.fewest_admins and share > self.limits.admin_share


@check(
    "least-privilege",
    facts_app.app,
    optional(facts_app.app_tokens),
    optional(facts.organization_tokens),
    optional(facts.personal_tokens),
    optional(facts.members),
    optional(facts_app.organization_apps),
    now,
    facts_project.preferences,
)
def least_privilege(  # noqa: PLR0913, PLR0917  (a check takes each fact it names)
    app: App,
    of_app: Tokens,
    of_organization: Tokens,
    personal: tuple[PersonalToken, ...] | Unseen | None,
    members: tuple[Member, ...] | Unseen,
    apps: tuple[OrganizationApp, ...] | Unseen,
    at: datetime,
    preferences: Preferences,
) -> Finding:
    """Each token of the app and the organisation is narrow, ends soon and has an owner.

    A token with more than `longest_token_days` left, or made by somebody who is no longer a
    member, is something to do. One with more than `long_token_days` left, one of the whole
    organisation where that has several apps and the name does not say read-only, a personal
    token, and admins beyond `admin_share` of the members are advice. Expired and revoked tokens,
    and those `fly` makes for itself, do not count. The limits are flytui's own; Fly.io says: the
    shortest possible, and its default is twenty years. Read-only tokens are told by their name
    alone: Fly.io's record of them does not differ. Personal tokens show to their owners alone:
    with a token that stands for nobody, the item is left to a person at best.

    Follows https://fly.io/docs/security/tokens/.
    """
    limits = preferences.thresholds
    case = _Case(app, of_app, of_organization, personal, members, apps, at, limits)
    rows = (*_tokens(case), *_personal(case), *_admins(case))
    number = len([row for row in rows if "token" in row.kind])
    return weighed(
        _concerns(case, rows),
        f"{count(number, 'token')}, made by members and none valid for too long."
        if number
        else "No tokens of the app or the organisation are in force.",
        evidence=_evidence(case),
        resources=rows,
    )


def _concerns(case: _Case, rows: tuple[Resource, ...]) -> Iterator[Concern]:
    tokens = tuple(row for row in rows if row.kind != "member")
    yield from of_resources(tokens, Status.ACTION, "{number} tokens need to be replaced.")
    yield from of_resources(tokens, Status.ADVICE, "{number} tokens could be narrower or shorter.")
    for unseen in (case.of_app, case.of_organization, case.personal, case.members):
        yield from blind(unseen)
    if case.live(case.of_organization):
        yield from blind(case.apps)
    if case.personal is None:
        yield Concern(
            Status.MANUAL,
            "Personal tokens show to their owners alone: ask who uses one where a deploy token"
            " would do.",
            (remedies.personal_tokens_page(),),
        )
    if case.too_many_admins and not isinstance(case.members, Unseen):
        yield Concern(
            Status.ADVICE,
            f"{len(case.admins)} of {count(len(case.members), 'member')} are admins.",
            (remedies.team(case.app),),
        )


def _tokens(case: _Case) -> Iterator[Resource]:
    for token in case.live(case.of_app):
        yield _row(case, token, "app token", case.app.name, facts_app.app_tokens)
    for token in case.live(case.of_organization):
        owner = case.app.organization.slug
        yield _row(case, token, "organisation token", owner, facts.organization_tokens)


def _row(
    case: _Case,
    token: LimitedAccessToken,
    kind: str,
    owner: str,
    fact: Fact[tuple[LimitedAccessToken, ...]],
) -> Resource:
    said = tuple(_said(case, token, kind)) or ((Status.OK, _ends(case, token)),)
    status = worst(s for s, _ in said)
    leading = next(words for s, words in said if s is status)
    return Resource(
        kind,
        f"{token.name} ({token.id})",
        status,
        f"{token.name} {leading}.",
        (
            evidence("Expires", f"{token.expires_at:%Y-%m-%d}", fact),
            evidence("Made by", token.user_email, fact),
            evidence("Made on", f"{token.created_at:%Y-%m-%d}", fact),
            *(
                evidence("Note", words, fact, moves=s is Status.OK)
                for s, words in said
                if words != leading
            ),
        ),
        _against(case, token, kind, owner, fact) if status is not Status.OK else (),
    )


def _said(case: _Case, token: LimitedAccessToken, kind: str) -> Iterator[tuple[Status, str]]:
    limits, left = case.limits, (token.expires_at - case.now).days
    if not isinstance(case.members, Unseen) and token.user_email not in {
        member.email for member in case.members
    }:
        yield Status.ACTION, f"was made by {token.user_email}, who is no longer a member"
    if left > limits.longest_token_days:
        yield Status.ACTION, f"is valid until {token.expires_at:%Y}, as if nobody had chosen"
    elif left > limits.long_token_days:
        yield Status.ADVICE, f"is valid until {token.expires_at:%Y-%m-%d}"
    elif left > limits.noted_token_days or left < limits.ending_token_days:
        yield Status.OK, _ends(case, token)
    if kind == "organisation token" and not _READING.search(token.name):
        several = 0 if isinstance(case.apps, Unseen) else len(case.apps)
        if several > 1:
            yield Status.ADVICE, f"is good for all {several} apps of the organisation"
    if token.name in _DEFAULT:
        yield Status.OK, "has a default name, which does not say what it is for"


def _ends(case: _Case, token: LimitedAccessToken) -> str:
    soon = (token.expires_at - case.now).days < case.limits.ending_token_days
    return f"{'ends soon, on' if soon else 'ends on'} {token.expires_at:%Y-%m-%d}"


def _against(
    case: _Case,
    token: LimitedAccessToken,
    kind: str,
    owner: str,
    fact: Fact[tuple[LimitedAccessToken, ...]],
) -> tuple[Remedy, ...]:
    instead: tuple[Command, ...] = (remedies.deploy_token(case.app),)
    if kind == "organisation token":
        instead = (*instead, remedies.reading_token(case.app))
    return (*instead, remedies.revoke(token, owner, fact.name))


def _personal(case: _Case) -> tuple[Resource, ...]:
    known = () if isinstance(case.personal, Unseen) else case.personal or ()
    return tuple(
        Resource(
            "personal token",
            f"{token.name} ({token.id})",
            Status.ADVICE,
            f"{token.name} may do all its owner may, in every organisation, and never expires.",
            (evidence("Made on", f"{token.created_at:%Y-%m-%d}", facts.personal_tokens),),
            (remedies.personal_tokens_page(),),
        )
        for token in known
    )


def _admins(case: _Case) -> tuple[Resource, ...]:
    status = Status.ADVICE if case.too_many_admins else Status.OK
    return tuple(
        Resource(
            "member",
            each.email,
            status,
            f"{each.email} is an admin of {case.app.organization.slug}.",
            (evidence("Joined", f"{each.joined_at:%Y-%m-%d}", facts.members),),
            (remedies.team(case.app),) if case.too_many_admins else (),
        )
        for each in case.admins
    )


def _evidence(case: _Case) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    if not isinstance(case.of_app, Unseen):
        number = str(len(case.live(case.of_app)))
        found.append(evidence("Tokens of the app", number, facts_app.app_tokens))
    if not isinstance(case.of_organization, Unseen):
        number = str(len(case.live(case.of_organization)))
        found.append(evidence("Tokens of the organisation", number, facts.organization_tokens))
    if not isinstance(case.personal, Unseen) and case.personal is not None:
        number = str(len(case.personal))
        found.append(evidence("Your personal tokens", number, facts.personal_tokens))
    if not isinstance(case.members, Unseen):
        words = f"{len(case.admins)} of {count(len(case.members), 'member')}"
        found.append(evidence("Admins", words, facts.members))
    return tuple(found)
