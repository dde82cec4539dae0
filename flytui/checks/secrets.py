"""The item `secrets`: sensitive values are secrets, and the Machines run with the present ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from flytui.checks.check import check
from flytui.checks.environment import Exposed, exposed
from flytui.checks.remedies_secrets import unset_again
from flytui.checks.services import tooling
from flytui.checks.staged import Deployment, deployment
from flytui.checks.words import be, count, listed
from flytui.edits.operations import Drop, Table
from flytui.facts import app as facts_app
from flytui.facts import machines as facts_machines
from flytui.facts import project as facts_project
from flytui.facts.fact import Unseen, optional
from flytui.finding import Evidence, Finding, Resource, Status, evidence
from flytui.fly.models import App, Machine, ReleaseRecord, Secret
from flytui.remedy import Blank, Command, Edit, Step, Steps
from flytui.repo import Checkout, LocalConfig

_PARTIAL = Unseen(
    "The environment of a Machine cannot be read while its host does not answer.",
    "Look again when the host answers; `fly status` names it.",
)
_NO_ENVIRONMENT = Unseen(
    "No Machines exist, and the release does not say which environment they would have.",
    "Look again after the next deploy.",
)
_UNDATED = Unseen(
    "Nothing tells whether the Machines run with each secret's present value.",
    "Run fly secrets list, or deploy once more: fly secrets deploy.",
)


@dataclass(frozen=True, slots=True)
class _Case:
    app: App
    machines: tuple[Machine, ...]
    secrets: tuple[Secret, ...] | Unseen
    releases: tuple[ReleaseRecord, ...] | Unseen
    local: LocalConfig | None
    in_clear: tuple[Exposed, ...]

    @property
    def environment_seen(self) -> bool:
        """Whether there was anything to read variables from."""
        release = self.app.current_release
        return bool(self.running or self.local or (release and release.config_definition))

    @property
    def names(self) -> frozenset[str]:
        secrets = () if isinstance(self.secrets, Unseen) else self.secrets
        return frozenset(secret.name for secret in secrets)

    @property
    def running(self) -> tuple[Machine, ...]:
        return tuple(machine for machine in self.machines if machine.counts)

    def waiting(self) -> tuple[tuple[Secret, Deployment], ...]:
        """The secrets that some Machine may lack; before the first Machine none can."""
        if isinstance(self.secrets, Unseen) or not self.running:
            return ()
        states = ((s, deployment(s, self.machines, self.releases)) for s in self.secrets)
        return tuple((s, state) for s, state in states if state is not Deployment.DEPLOYED)


@check(
    "secrets",
    facts_app.app,
    facts_machines.machines,
    optional(facts_machines.secrets),
    optional(facts_app.releases),
    optional(facts_project.checkout),
)
def secrets(
    app: App,
    machines: tuple[Machine, ...],
    secrets: tuple[Secret, ...] | Unseen,
    releases: tuple[ReleaseRecord, ...] | Unseen,
    checkout: Checkout | Unseen,
) -> Finding:
    """Nothing that looks like a secret is in plain text, and no secret waits to be deployed.

    Values of [env], build arguments, files and start commands are readable in every release and
    Machine configuration. A secret that was set with --stage, or not yet deployed, reaches only
    Machines that start anew; its date is compared with that of each Machine's release.

    Follows https://fly.io/docs/apps/secrets/ and
    https://fly.io/docs/reference/configuration/#the-env-variables-section.
    """
    local = None if isinstance(checkout, Unseen) else checkout.config_for(app.name)
    case = _Case(app, machines, secrets, releases, local, exposed(app, machines, local))
    status, summary, unseen = next(_verdicts(case))
    remedies = _remedies(case)
    return Finding(
        status,
        summary,
        evidence=_evidence(case),
        resources=(*_in_clear(case), *_waiting(case)),
        remedies=remedies,
        unseen=unseen,
        steps=_steps(case),
    )


def _verdicts(case: _Case) -> Iterator[tuple[Status, str, Unseen | None]]:
    if kind := tooling(case.app):
        summary = f"{case.app.name} is {kind}, made by fly for its own use."
        yield Status.NOT_APPLICABLE, summary, None
    if open_ := [e for e in case.in_clear if not _shadowed(case, e)]:
        names = listed(entry.key for entry in open_)
        words = "look like secrets and are" if len(open_) > 1 else "looks like a secret and is"
        yield Status.ACTION, f"{count(len(open_), 'value')} {words} in plain text: {names}.", None
    if not case.running and not case.app.current_release:
        yield Status.NOT_APPLICABLE, f"{case.app.name} was never deployed.", None
    for unseen in _unseen(case):
        yield Status.UNKNOWN, unseen.cause, unseen
    if case.in_clear:
        entries = count(len(case.in_clear), "secret")
        yield (
            Status.ADVICE,
            f"{entries} also {be(len(case.in_clear))} in [env], in plain text.",
            None,
        )
    if waiting := case.waiting():
        verb = "waits" if len(waiting) == 1 else "wait"
        names = listed(secret.name for secret, _ in waiting)
        yield Status.ADVICE, f"{count(len(waiting), 'secret')} {verb} for a deploy: {names}.", None
    number = count(len(case.names), "secret")
    yield (
        Status.OK,
        f"No value in plain text looks like a secret, and {number} {be(len(case.names))} set.",
        None,
    )


def _unseen(case: _Case) -> Iterator[Unseen]:
    """What keeps a clean look from being a clean verdict."""
    if any(machine.partial for machine in case.running):
        yield _PARTIAL
    if not case.environment_seen:
        yield _NO_ENVIRONMENT
    if isinstance(case.secrets, Unseen):
        yield case.secrets
    if any(state is Deployment.UNKNOWN for _, state in case.waiting()):
        yield case.releases if isinstance(case.releases, Unseen) else _UNDATED


def _shadowed(case: _Case, entry: Exposed) -> bool:
    """Whether a secret of the same name wins over the variable, so that no Machine uses it."""
    return entry.kind == "environment variable" and entry.key in case.names


def _evidence(case: _Case) -> tuple[Evidence, ...]:
    found = [
        # It names releases and counts Machines; the row of the entry is what a review rests on.
        evidence(entry.key, words, entry.places[0].fact, moves=True)
        for entry in case.in_clear
        for words in [f"{entry.kind} in {listed(place.words for place in entry.places)}"]
    ]
    if not isinstance(case.secrets, Unseen):
        names = listed(sorted(case.names), limit=8) or "none"
        found.append(evidence("secrets", names, facts_machines.secrets))
    for secret, state in case.waiting():
        found.append(evidence(secret.name, state.value, facts_machines.secrets))
    machines = count(len(case.running), "Machine")
    return (*found, evidence("looked at", machines, facts_machines.machines, moves=True))


def _remedies(case: _Case) -> tuple[Command | Edit, ...]:
    edits = tuple(r for entry in case.in_clear for r in _both(case, entry))
    waiting = any(state is not Deployment.UNKNOWN for _, state in case.waiting())
    return (*edits, *((_deploy(case),) if waiting else ()))


def _both(case: _Case, entry: Exposed) -> tuple[Command | Edit, ...]:
    """The secret and the edit; the edit alone where the secret is there."""
    secret = None if _shadowed(case, entry) else _import(case, entry)
    return (_move(case, entry),) if secret is None else (secret, _move(case, entry))


def _in_clear(case: _Case) -> Iterator[Resource]:
    for entry in case.in_clear:
        seen = tuple(evidence("in", place.words, place.fact) for place in entry.places)
        shadowed = _shadowed(case, entry)
        status = Status.ADVICE if shadowed else Status.ACTION
        summary = f"{entry.key} is in plain text; {entry.reason}."
        if shadowed:
            summary = f"{entry.key} is a secret too, which wins: the plain value is left over."
        yield Resource(entry.kind, entry.key, status, summary, seen, _both(case, entry))


def _waiting(case: _Case) -> Iterator[Resource]:
    for secret, state in case.waiting():
        set_at = f"{secret.updated_at:%Y-%m-%d %H:%M} UTC" if secret.updated_at else "unknown"
        seen = (
            evidence("set", set_at, facts_machines.secrets),
            evidence("deployment", state.value, facts_app.releases),
        )
        if state is Deployment.UNKNOWN:
            summary = f"Nothing tells whether the Machines run with the present {secret.name}."
            yield Resource("secret", secret.name, Status.UNKNOWN, summary, seen)
        else:
            summary = f"{secret.name} is newer than the release its Machines run."
            remedies = (_deploy(case),)
            yield Resource("secret", secret.name, Status.ADVICE, summary, seen, remedies)


def _move(case: _Case, entry: Exposed) -> Edit:
    """Out of the clear, then replaced: old releases keep the value."""
    app = case.app.name
    note = f"then fly deploy -a {app}, and replace the credential: old releases keep its value"
    if entry.kind == "file":
        snippet = f'[[files]]\n  guest_path = "{entry.key}"\n  secret_name = "…"\n'
        return Edit("fly.toml", f"Fill {entry.key} from a secret", entry.reason, snippet, note)
    if entry.kind == "build argument":
        snippet = f"# Remove {entry.key} from [build.args].\n"
        note = f"then fly deploy -a {app} --build-secret {entry.key}=…, and replace the credential"
        title = f"Make {entry.key} a build secret"
        drop = Drop(Table(("build", "args")), (entry.key,))
        return Edit("fly.toml", title, entry.reason, snippet, note, (drop,))
    if entry.kind == "command":
        snippet = "# Let the program read the value from an environment variable.\n"
        return Edit("fly.toml", "Take the value out of the command", entry.reason, snippet, note)
    snippet = f"# Remove {entry.key} from [env].\n"
    if not _shadowed(case, entry):
        note = f"first fly secrets import --stage -a {app}, with {entry.key}=… typed in; {note}"
    return Edit(
        "fly.toml",
        f"Make {entry.key} a secret",
        f"It is in plain text; {entry.reason}.",
        snippet,
        note,
        (Drop(Table(("env",)), (entry.key,)),),
    )


def _import(case: _Case, entry: Exposed) -> Command | None:
    """Set the secret beside the variable, without a restart; the edit then takes the variable."""
    if entry.kind != "environment variable" or not entry.key.isidentifier():
        return None
    app = case.app.name
    new = not isinstance(case.secrets, Unseen) and not _shadowed(case, entry)
    return Command(
        argv=("fly", "secrets", "import", "--stage", "-a", app),
        title=f"Set the secret {entry.key}",
        why="A secret is encrypted, and Fly.io shows its value to nobody.",
        changes=f"{app} has the secret {entry.key}, which the next deploy brings into effect.",
        alters=frozenset({"secrets"}),
        cost_per_month_usd=Decimal(0),
        undo=f"fly secrets unset {entry.key} --stage -a {app}",
        inverse=unset_again(app, entry.key, "--stage") if new else None,
        target=f"{entry.key} of {app}",
        blanks=(Blank("value", f"New value of {entry.key}", r"[\s\S]+", secret=True),),
        stdin=f"{entry.key}={{value}}\n",
    )


def _steps(case: _Case) -> tuple[Steps, ...]:
    """For each variable that is to become a secret: the secret first, or the app lacks both."""
    found = []
    for entry in case.in_clear:
        secret = _import(case, entry)
        if secret is None or _shadowed(case, entry):
            continue
        known = None if isinstance(case.secrets, Unseen) else False
        steps = (
            Step(secret, f"the secret {entry.key}", known),
            Step(_move(case, entry), f"no {entry.key} in [env]"),
        )
        why = f"Without it the next deploy leaves {case.app.name} without {entry.key}."
        found.append(Steps(f"Make {entry.key} a secret", why, steps))
    return tuple(found)


def _deploy(case: _Case) -> Command:
    machines = count(len(case.running), "Machine")
    app = case.app.name
    return Command(
        argv=("fly", "secrets", "deploy", "-a", app),
        title="Deploy the staged secrets",
        why="The Machines run with the values that were set last.",
        changes=f"A release restarts {machines} of {app}, one after the other.",
        alters=frozenset({"secrets", "machines", "releases", "app"}),
        dependents=(f"Requests to {app} meet restarting Machines for some minutes.",),
        cost_per_month_usd=Decimal(0),
        reversible=False,
        undo="no: only setting the former values again, which Fly.io does not show",
        target=f"{machines} of {app}",
    )
