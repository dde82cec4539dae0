"""The item `arcjet`: something limits what clients may ask of a JavaScript or Python app."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flytui.checks.check import check
from flytui.checks.environment import plain_keys
from flytui.checks.manual import app_page
from flytui.checks.services import served
from flytui.checks.verdict import kept_apart
from flytui.checks.words import listed
from flytui.facts import app as facts_app
from flytui.facts import machines as facts_machines
from flytui.facts import organization as facts
from flytui.facts import project as facts_project
from flytui.facts.fact import Unseen, optional
from flytui.finding import Evidence, Finding, Resource, Status, evidence
from flytui.fly.models import AddOn, App, Machine, Secret
from flytui.remedy import Command, Link, Remedy
from flytui.repo import Checkout
from flytui.settings import Preferences

_KEY = "ARCJET_KEY"
_LIBRARY = re.compile(r"^@arcjet/|^arcjet$")
_LANGUAGES = {"javascript": "JavaScript", "python": "Python"}
Verdict = tuple[Status, str, Unseen | None]


@dataclass(frozen=True, slots=True)
class _Case:
    app: App
    machines: tuple[Machine, ...]
    add_ons: tuple[AddOn, ...] | Unseen
    secrets: tuple[Secret, ...] | Unseen
    checkout: Checkout | Unseen
    private: bool | None

    @property
    def sites(self) -> tuple[AddOn, ...]:
        return () if isinstance(self.add_ons, Unseen) else self.add_ons

    @property
    def key(self) -> bool:
        """Whether the secret is set."""
        secrets = () if isinstance(self.secrets, Unseen) else self.secrets
        return any(secret.name == _KEY for secret in secrets)

    @property
    def languages(self) -> tuple[str, ...]:
        """Those of the checkout's manifests that the library is made for."""
        manifests = () if isinstance(self.checkout, Unseen) else self.checkout.manifests
        known = {_LANGUAGES[m.language] for m in manifests if m.language in _LANGUAGES}
        return tuple(sorted(known))

    @property
    def others(self) -> tuple[str, ...]:
        """The languages of the manifests, where none of them is one the library is made for."""
        manifests = () if isinstance(self.checkout, Unseen) else self.checkout.manifests
        return () if self.languages else tuple(sorted({m.language for m in manifests}))

    @property
    def libraries(self) -> tuple[str, ...]:
        manifests = () if isinstance(self.checkout, Unseen) else self.checkout.manifests
        return tuple(
            f"{name} in {manifest.path}"
            for manifest in manifests
            for name in sorted(manifest.dependencies)
            if _LIBRARY.search(name)
        )


@check(
    "arcjet",
    facts_app.app,
    facts_machines.machines,
    optional(facts.arcjet_add_ons),
    optional(facts_machines.secrets),
    optional(facts_project.checkout),
    facts_project.preferences,
)
def arcjet(  # noqa: PLR0913, PLR0917  (a check takes each fact it names)
    app: App,
    machines: tuple[Machine, ...],
    add_ons: tuple[AddOn, ...] | Unseen,
    secrets: tuple[Secret, ...] | Unseen,
    checkout: Checkout | Unseen,
    preferences: Preferences,
) -> Finding:
    """A secret ARCJET_KEY guards the app, or a person says what else does.

    An extension in trouble, or one without its key, is advice; so is a JavaScript or Python app
    without either. Does not apply to an app that is private or serves nothing, nor to languages
    the library is not made for. Whether the app calls the library, Fly.io cannot see.

    Follows https://fly.io/docs/security/arcjet/.
    """
    apart = kept_apart(app)
    if apart is not None:
        return apart
    case = _Case(app, machines, add_ons, secrets, checkout, preferences.private)
    status, summary, unseen = next(_verdicts(case))
    return Finding(
        status,
        summary,
        evidence=_evidence(case),
        resources=tuple(_site(site) for site in case.sites),
        remedies=_remedies(case) if status in {Status.ADVICE, Status.MANUAL} else (),
        unseen=unseen,
    )


def _verdicts(case: _Case) -> Iterator[Verdict]:
    if case.private:
        words = f"{case.app.name} is declared private: strangers are not meant to ask it."
        yield Status.NOT_APPLICABLE, words, None
    yield from _of_sites(case)
    yield from _unseen(case.add_ons)
    if case.key:
        yield Status.OK, f"{_KEY} is set.", None
    if _KEY in plain_keys(case.app, case.machines):
        yield Status.ADVICE, f"{_KEY} is in plain text in the environment: make it a secret.", None
    if case.sites:
        yield from _unseen(case.secrets)
        yield Status.ADVICE, f"An Arcjet site belongs to the app, but there is no {_KEY}.", None
    yield from _not_applicable(case)
    yield from _unseen(case.secrets)
    if case.languages:
        words = listed(case.languages)
        yield Status.ADVICE, f"A {words} app without {_KEY}: see what else limits requests.", None
    yield Status.MANUAL, "Look whether anything limits requests to sign-in and sign-up.", None


def _of_sites(case: _Case) -> Iterator[Verdict]:
    for site in case.sites:
        if site.status != "ready":
            said = (site.error_message or site.status or "it gives no status").rstrip(".")
            yield (
                Status.ADVICE,
                f"The Arcjet site {site.name or site.id} is not ready: {said}.",
                None,
            )


def _not_applicable(case: _Case) -> Iterator[Verdict]:
    name = case.app.name
    serves = served(case.app, case.machines)
    if serves.gap:
        yield Status.UNKNOWN, serves.gap.cause, serves.gap
    if not serves.deployed:
        yield Status.NOT_APPLICABLE, f"{name} was never deployed, so nobody can ask it.", None
    if not serves.services:
        yield Status.NOT_APPLICABLE, f"{name} has no services, so nobody can ask it.", None
    if case.others:
        words = listed(case.others)
        yield Status.NOT_APPLICABLE, f"Arcjet has no library for {words}.", None


def _unseen(value: object) -> Iterator[Verdict]:
    if isinstance(value, Unseen):
        yield Status.UNKNOWN, value.cause, value


def _site(site: AddOn) -> Resource:
    ready = site.status == "ready"
    said = (site.error_message or site.status or "no status").rstrip(".")
    return Resource(
        "Arcjet site",
        site.name or site.id,
        Status.OK if ready else Status.ADVICE,
        f"{site.name or site.id}: {said}.",
        (evidence("Status", site.status or "none", facts.arcjet_add_ons),),
    )


def _evidence(case: _Case) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    if not isinstance(case.secrets, Unseen):
        words = "set" if case.key else "not set"
        found.append(evidence(_KEY, words, facts_machines.secrets))
    if not isinstance(case.add_ons, Unseen):
        found.append(evidence("Arcjet sites", str(len(case.sites)), facts.arcjet_add_ons))
    found += [evidence("Library", words, facts_project.checkout) for words in case.libraries]
    found += [evidence("Language", words, facts_project.checkout) for words in case.languages]
    return tuple(found)


def _remedies(case: _Case) -> tuple[Remedy, ...]:
    read = Link(
        "https://fly.io/docs/security/arcjet/",
        "Read about Arcjet on Fly.io",
        "The library has to be called in the app's code, for each route worth guarding.",
    )
    if case.sites:
        page = Link(
            app_page(case.app), "Open the app on the dashboard", "Its extensions are there."
        )
        return (page, read)
    return (_create(case.app), read) if case.languages else (read,)


def _create(app: App) -> Command:
    return Command(
        argv=("fly", "ext", "arcjet", "create", "-a", app.name, "--yes"),
        title=f"Set up Arcjet for {app.name}",
        why="It limits rates, turns bots away and checks e-mail addresses, where the code asks it.",
        changes=f"An Arcjet site is made, {_KEY} is set as a secret, and all Machines restart.",
        alters=frozenset({"arcjet_add_ons", "secrets", "machines", "releases", "app"}),
        dependents=("Whoever is being served while the Machines restart.",),
        cost_note="Arcjet's own pricing",
        undo=f"fly ext arcjet destroy -a {app.name}, and fly secrets unset {_KEY}",
        fly_asks="nothing, as --yes accepts Arcjet's terms and leaves the name and region to it",
        target=f"Arcjet site of {app.name}",
        prints_secret=True,
    )
