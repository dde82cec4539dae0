"""The item `sso`: the organisation requires a Google or GitHub identity."""

from dataclasses import dataclass

from flytui.checks.check import check
from flytui.checks.manual import dashboard
from flytui.checks.words import listed
from flytui.facts import app as facts_app
from flytui.facts import organization as facts
from flytui.facts.fact import Unseen, optional
from flytui.finding import Evidence, Finding, Resource, Status, evidence
from flytui.fly.claims import SIGN_ON, Claims
from flytui.fly.models import App
from flytui.fly.models.people import Factor, Member, ThirdParty
from flytui.remedy import Link, Remedy

_COMPANY = ("Google", "GitHub")


@dataclass(frozen=True, slots=True)
class _Case:
    app: App
    claims: Claims
    third_parties: tuple[ThirdParty, ...] | Unseen
    members: tuple[Member, ...] | Unseen
    factors: tuple[Factor, ...] | Unseen

    @property
    def identities(self) -> tuple[str, ...] | None:
        """Companies this login confirmed for the organisation; None where it tells nothing.

        Only a person's login tells: tokens made by `fly tokens create` carry no requirement.
        """
        permission = self.claims.of(self.app.organization.internal_numeric_id)
        if permission is None or not self.claims.person:
            return None
        wanted = [each for each in permission.agreements if each.location == SIGN_ON]
        if not wanted:
            return ()
        confirmed = tuple(c for c in _COMPANY if any(c in each.identities for each in wanted))
        return confirmed or None

    @property
    def required(self) -> tuple[ThirdParty, ...]:
        """Configurations that demand a company's identity of every session of `fly`."""
        known = () if isinstance(self.third_parties, Unseen) else self.third_parties
        return tuple(
            each
            for each in known
            if each.location == SIGN_ON
            and "Confine" in each.caveats
            and each.flyctl_level == "REQUIRED"
        )

    @property
    def without_factor(self) -> tuple[str, ...]:
        known = () if isinstance(self.factors, Unseen) else self.factors
        return tuple(each.email for each in known if not each.two_factor)


@check(
    "sso",
    facts_app.app,
    facts.claims,
    optional(facts.third_parties),
    optional(facts.members),
    optional(facts.second_factors),
)
def sso(
    app: App,
    claims: Claims,
    third_parties: tuple[ThirdParty, ...] | Unseen,
    members: tuple[Member, ...] | Unseen,
    factors: tuple[Factor, ...] | Unseen,
) -> Finding:
    """Whoever signs in confirms a Google or GitHub identity before touching the organisation.

    Fly.io's APIs have no field for it. A login session tells: its macaroon for the organisation
    wants the agreement of auth.fly.io, and the agreement names a Google or GitHub account.
    A macaroon without that demand says that nothing is required. A required third-party
    configuration with a confining caveat counts as well. Else only a person can tell.

    Follows https://fly.io/docs/security/sso/.
    """
    case = _Case(app, claims, third_parties, members, factors)
    status, summary = _verdict(case)
    return Finding(
        status,
        summary,
        evidence=_evidence(case),
        resources=(*_members(case, status), *_configurations(case)),
        remedies=_remedies(app) if status in {Status.ACTION, Status.MANUAL} else (),
    )


def _verdict(case: _Case) -> tuple[Status, str]:
    name = case.app.organization.slug
    alone = not isinstance(case.members, Unseen) and len(case.members) == 1
    if case.app.organization.personal and alone:
        return Status.NOT_APPLICABLE, f"{name} is a personal organisation with 1 member."
    if case.identities:
        return Status.OK, f"This login confirmed a {case.identities[0]} identity for {name}."
    if case.required:
        return Status.OK, f"{case.required[0].name} is required of every session for {name}."
    if case.identities == ():
        return Status.ACTION, f"This login reaches {name} without any single sign-on."
    return (
        Status.MANUAL,
        f"Look in the settings of {name} whether Google or GitHub sign-on is required.",
    )


def _evidence(case: _Case) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    if case.identities is not None:
        words = listed(case.identities) or "no third party"
        found.append(evidence("Confirmed at sign-in", words, facts.claims))
    if not isinstance(case.third_parties, Unseen):
        words = listed(each.name for each in case.required) or "none"
        found.append(evidence("Required third parties", words, facts.third_parties))
    if not isinstance(case.members, Unseen):
        found.append(evidence("Members", str(len(case.members)), facts.members))
    if not isinstance(case.factors, Unseen):
        without = f"{len(case.without_factor)} of {len(case.factors)}"
        found.append(evidence("Members without two factors", without, facts.second_factors))
    return tuple(found)


def _members(case: _Case, status: Status) -> tuple[Resource, ...]:
    """A row each; one without a second factor matters while single sign-on is not known."""
    if isinstance(case.members, Unseen):
        return ()
    unsure = Status.OK if status in {Status.OK, Status.NOT_APPLICABLE} else Status.ADVICE
    told = () if isinstance(case.factors, Unseen) else case.factors
    factors = {factor.email: factor.two_factor for factor in told}
    return tuple(_member(each, factors.get(each.email), unsure) for each in case.members)


def _member(member: Member, two_factor: bool | None, unsure: Status) -> Resource:
    words = {None: "not told", True: "on", False: "off"}[two_factor]
    role = "an admin" if member.admin else "a member"
    return Resource(
        "member",
        member.email,
        unsure if two_factor is False else Status.OK,
        f"{member.email} is {role}; two-factor protection: {words}.",
        (evidence("Two-factor protection", words, facts.second_factors),),
    )


def _configurations(case: _Case) -> tuple[Resource, ...]:
    known = () if isinstance(case.third_parties, Unseen) else case.third_parties
    return tuple(
        Resource(
            "third-party configuration",
            each.name,
            Status.OK if each in case.required else Status.MANUAL,
            f"{each.location} is {each.flyctl_level.lower().replace('_', ' ')} for sessions.",
            (
                evidence("Location", each.location, facts.third_parties),
                evidence("For tokens", each.custom_level.lower(), facts.third_parties),
            ),
        )
        for each in known
    )


def _remedies(app: App) -> tuple[Remedy, ...]:
    return (
        dashboard(
            app,
            "settings",
            "Open the organisation's settings",
            "An admin enables the Google or GitHub requirement under Single Sign On; members are"
            " then asked in the browser, and sessions that do not comply end.",
        ),
        Link(
            "https://fly.io/app/auth/github_app",
            "Install Fly.io's GitHub app",
            "GitHub sign-on needs it first, and the organisation's numeric id at GitHub.",
        ),
        Link(
            "https://fly.io/docs/security/sso/",
            "Read how to require single sign-on",
            "Deploy tokens go on to work; two identity providers are understood:"
            " Google and GitHub.",
        ),
    )
