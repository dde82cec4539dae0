"""The item `sentry`: the app has the key of an error tracker."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flytui.checks.check import check
from flytui.checks.environment import plain_keys
from flytui.checks.remedies_secrets import set_now
from flytui.checks.staged import Deployment, deployment
from flytui.checks.verdict import kept_apart
from flytui.checks.words import be, listed
from flytui.facts import app as facts_app
from flytui.facts import machines as facts_machines
from flytui.facts import project as facts_project
from flytui.facts.fact import Unseen, optional
from flytui.finding import Evidence, Finding, Resource, Status, evidence
from flytui.fly.models import AddOn, App, Machine, ReleaseRecord, Secret
from flytui.remedy import Command, Link, Remedy
from flytui.repo import Checkout
from flytui.repo.dependencies import sentry_dependencies

_DSN = re.compile(r"^SENTRY_(?:\w+_)?DSN$|_SENTRY_DSN$")
_OTHERS = re.compile(
    r"^(?:BUGSNAG_API_KEY|ROLLBAR_ACCESS_TOKEN|HONEYBADGER_API_KEY|DD_API_KEY|DATADOG_API_KEY"
    r"|NEW_RELIC_LICENSE_KEY|APPSIGNAL_PUSH_API_KEY|AIRBRAKE_(?:API|PROJECT)_KEY|RAYGUN_API_KEY)$"
)
_PARTIAL = Unseen(
    "The environment of a Machine cannot be read while its host does not answer.",
    "Look again when the host answers; `fly status` names it.",
)
_UNDATED = Unseen(
    "Nothing tells whether the Machines run with the present SENTRY_DSN.",
    "Run fly secrets list, or deploy once more: fly secrets deploy.",
)
Verdict = tuple[Status, str, Unseen | None]


@dataclass(frozen=True, slots=True)
class _Case:
    app: App
    machines: tuple[Machine, ...]
    secrets: tuple[Secret, ...] | Unseen
    add_ons: tuple[AddOn, ...] | Unseen
    releases: tuple[ReleaseRecord, ...] | Unseen
    checkout: Checkout | Unseen

    @property
    def running(self) -> tuple[Machine, ...]:
        return tuple(machine for machine in self.machines if machine.counts)

    @property
    def keys(self) -> tuple[Secret, ...]:
        """The secrets that hold a Sentry DSN, by their names."""
        secrets = () if isinstance(self.secrets, Unseen) else self.secrets
        return tuple(secret for secret in secrets if _DSN.search(secret.name))

    @property
    def plain(self) -> tuple[str, ...]:
        """Environment variables in clear that hold one."""
        return tuple(k for k in sorted(plain_keys(self.app, self.machines)) if _DSN.search(k))

    @property
    def others(self) -> tuple[str, ...]:
        """Names that belong to other error trackers."""
        secrets = () if isinstance(self.secrets, Unseen) else self.secrets
        names = {s.name for s in secrets} | plain_keys(self.app, self.machines)
        return tuple(name for name in sorted(names) if _OTHERS.search(name))

    @property
    def libraries(self) -> tuple[str, ...]:
        """`@sentry/node in package.json`: what the checkout depends on."""
        manifests = () if isinstance(self.checkout, Unseen) else self.checkout.manifests
        return tuple(
            f"{dependency} in {path}" for dependency, path in sentry_dependencies(manifests)
        )

    @property
    def projects(self) -> tuple[AddOn, ...]:
        return () if isinstance(self.add_ons, Unseen) else self.add_ons


@check(
    "sentry",
    facts_app.app,
    facts_machines.machines,
    optional(facts_machines.secrets),
    optional(facts_app.sentry_add_ons),
    optional(facts_app.releases),
    optional(facts_project.checkout),
)
def sentry(  # noqa: PLR0913, PLR0917  (a check takes each fact it names)
    app: App,
    machines: tuple[Machine, ...],
    secrets: tuple[Secret, ...] | Unseen,
    add_ons: tuple[AddOn, ...] | Unseen,
    releases: tuple[ReleaseRecord, ...] | Unseen,
    checkout: Checkout | Unseen,
) -> Finding:
    """A secret named SENTRY_DSN reaches all Machines; whether errors arrive, Fly.io cannot see.

    Fly.io no longer sets up Sentry projects: the key comes from sentry.io and is set as a secret.
    The key of another error tracker may serve as well, which a person must tell.

    Follows https://fly.io/docs/monitoring/sentry/.
    """
    case = _Case(app, machines, secrets, add_ons, releases, checkout)
    status, summary, unseen = next(_verdicts(case))
    return Finding(
        status,
        summary,
        evidence=_evidence(case),
        resources=tuple(_resource(case, secret) for secret in case.keys),
        remedies=_remedies(case) if status in {Status.ADVICE, Status.MANUAL} else (),
        unseen=unseen,
    )


def _verdicts(case: _Case) -> Iterator[Verdict]:
    if apart := kept_apart(case.app):
        yield apart.status, apart.summary, None
    yield from _with_key(case)
    if isinstance(case.secrets, Unseen):
        yield Status.UNKNOWN, case.secrets.cause, case.secrets
    if any(machine.partial for machine in case.running):
        yield Status.UNKNOWN, _PARTIAL.cause, _PARTIAL
    if case.others:
        names, verb = listed(case.others), "suggests" if len(case.others) == 1 else "suggest"
        yield (
            Status.MANUAL,
            f"{names} {verb} another error tracker: see whether errors arrive.",
            None,
        )
    yield Status.ADVICE, _missing(case), None


def _with_key(case: _Case) -> Iterator[Verdict]:
    states = [_state(case, secret) for secret in case.keys]
    names = listed(secret.name for secret in case.keys)
    if Deployment.DEPLOYED in states:
        yield Status.OK, f"{names} {be(len(states))} set and deployed.", None
    if case.plain:
        plain = listed(case.plain)
        yield (
            Status.OK,
            f"{plain} {be(len(case.plain))} set, in plain text rather than as a secret.",
            None,
        )
    if Deployment.UNKNOWN in states:
        unseen = case.releases if isinstance(case.releases, Unseen) else _UNDATED
        yield Status.UNKNOWN, unseen.cause, unseen
    if states:
        yield (
            Status.ADVICE,
            f"{names} {be(len(states))} set but not deployed to every Machine.",
            None,
        )


def _state(case: _Case, secret: Secret) -> Deployment:
    """Before the first Machine a secret counts as deployed: the first one will have it."""
    if not case.running:
        return Deployment.DEPLOYED
    return deployment(secret, case.machines, case.releases)


def _missing(case: _Case) -> str:
    if case.projects:
        return "A Sentry project belongs to the app, but there is no SENTRY_DSN secret."
    if case.libraries:
        return "The Sentry library is among the dependencies, but there is no SENTRY_DSN secret."
    return "No SENTRY_DSN, and no key of another error tracker, among the app's secrets."


def _evidence(case: _Case) -> tuple[Evidence, ...]:
    found = [evidence("secret", secret.name, facts_machines.secrets) for secret in case.keys]
    found += [evidence("environment variable", k, facts_machines.machines) for k in case.plain]
    found += [evidence("other tracker", name, facts_machines.secrets) for name in case.others]
    found += [evidence("dependency", words, facts_project.checkout) for words in case.libraries]
    for project in case.projects:
        words = f"{project.name or project.id} ({project.status or 'no status'})"
        found.append(evidence("Sentry project", words, facts_app.sentry_add_ons))
    if not found and not isinstance(case.secrets, Unseen):
        found.append(evidence("secret", "no SENTRY_DSN", facts_machines.secrets))
    return tuple(found)


def _resource(case: _Case, secret: Secret) -> Resource:
    state = _state(case, secret)
    status = {Deployment.DEPLOYED: Status.OK, Deployment.UNKNOWN: Status.UNKNOWN}.get(
        state, Status.ADVICE
    )
    seen = (evidence("deployment", state.value, facts_app.releases),)
    return Resource("secret", secret.name, status, f"{secret.name} is {state.value}.", seen)


def _key(app: str) -> Command:
    why = "The Sentry library sends errors to the project that this address names."
    return set_now(app, "SENTRY_DSN", why, r"https://\S+@\S+")


def _remedies(case: _Case) -> tuple[Remedy, ...]:
    app = case.app.name
    key = () if case.keys or isinstance(case.secrets, Unseen) else (_key(app),)
    return (
        Link(
            "https://sentry.io/signup/",
            "Create a project at sentry.io",
            "fly ext sentry create is retired: Fly.io no longer sets up projects, sentry.io does.",
        ),
        *key,
        Link(
            "https://fly.io/docs/monitoring/sentry/",
            "Read about Sentry on Fly.io",
            "Organisations get credits for Sentry's Team plan.",
        ),
    )
