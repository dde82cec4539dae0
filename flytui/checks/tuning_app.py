"""What is tuned for an app as a whole: deploys, answers of the last hour, the database's place."""

from collections.abc import Iterator

from flytui.checks import remedies_tuning as remedies
from flytui.checks.groups import Group
from flytui.checks.tuning import Tuning
from flytui.checks.words import listed
from flytui.facts import app as app_facts
from flytui.facts import metrics as facts
from flytui.facts import postgres as postgres_facts
from flytui.facts.fact import Unseen
from flytui.finding import Evidence, Resource, Status, evidence
from flytui.fly.models import App
from flytui.fly.models.postgres import Cluster


def strategy(app: App, groups: tuple[Group, ...], about: Tuning) -> Iterator[Resource]:
    """How the next deploy replaces Machines."""
    release = app.current_release
    used = release.deployment_strategy if release else None
    name = ((about.config.strategy if about.config else None) or used or "rolling").lower()
    told = [evidence("Strategy", name, app_facts.app)]
    if about.config is not None and about.config.release_command:
        told.append(evidence("Release command", "runs before each deploy", app_facts.app))
    status, summary, wanted, why = _strategy(name, groups)
    cures = remedies.strategy(app.name, about.config, wanted, why) if wanted else ()
    yield Resource("deploy strategy", name, status, summary, tuple(told), cures)


def _strategy(name: str, groups: tuple[Group, ...]) -> tuple[Status, str, str, str]:
    """Status, sentence, the strategy to have instead, and what it gains."""
    serving = [g for g in groups if g.serves]
    mounted = [g.words for g in groups if g.mounted]
    single = [g.words for g in serving if len(g.own) == 1]
    checked = any(s.checks for g in groups for s in g.services) or any(
        m.settings.checks for g in groups for m in g.own
    )
    if name in {"bluegreen", "canary"} and mounted:
        sentence = f"The next deploy fails: {name} cannot be had with volumes ({listed(mounted)})."
        return Status.ACTION, sentence, "rolling", "It replaces Machines in place."
    if name == "bluegreen" and not checked:
        sentence = "The next deploy fails: bluegreen needs a health check, and there are 0."
        return Status.ACTION, sentence, "rolling", "It can do without; a check is better still."
    if name == "immediate" and serving:
        sentence = "Deploys replace all Machines at once and wait for no health check."
        return Status.ADVICE, sentence, "rolling", "One Machine after the other is replaced."
    if name.startswith("rolling") and single:
        sentence = f"Each deploy takes {listed(single)} down for a while: it has 1 Machine."
        free = not mounted and checked
        gain = "New Machines answer before the old ones go."
        return Status.ADVICE, sentence, "bluegreen" if free else "", gain
    return Status.OK, f"Deploys are {name}.", "", ""


def answers(app: App, about: Tuning) -> Iterator[Resource]:
    """Failures and response times of the last hour."""
    if isinstance(about.measured, Unseen):
        return
    number = about.measured.total("responses") or 0
    failed = (about.measured.total("failures") or 0) / number if number else 0.0
    limits = about.thresholds
    told = [evidence("Responses", f"{number:.0f} in the last hour", facts.measured, moves=True)]
    told += _times(about)
    status, summary = Status.OK, f"{failed:.1%} of {number:.0f} responses failed in the last hour."
    if number < limits.least_responses:
        status = Status.NOT_APPLICABLE
        summary = f"{number:.0f} responses in the last hour are too few to judge."
    elif failed > limits.failed_action_share:
        status = Status.ACTION
    elif failed > limits.failed_advice_share or _slow(about):
        status = Status.ADVICE
    if status is Status.ADVICE and failed <= limits.failed_advice_share:
        seconds = limits.slow_response_seconds
        summary = f"5 of 100 responses take longer than the {seconds:g} s you allow."
    yield Resource("responses", app.name, status, summary, tuple(told))


def _slow(about: Tuning) -> bool:
    """Whether the owners set a limit, and the app is slower."""
    allowed = about.thresholds.slow_response_seconds
    if not allowed or isinstance(about.measured, Unseen):
        return False
    return (about.measured.total("app_seconds") or 0) > allowed


def _times(about: Tuning) -> Iterator[Evidence]:
    if isinstance(about.measured, Unseen):
        return
    own, edge = about.measured.total("app_seconds"), about.measured.total("edge_seconds")
    if own is not None:
        yield evidence("The app's own time", _within(own), facts.measured, moves=True)
    if edge is not None:
        yield evidence("Time at the edge", _within(edge), facts.measured, moves=True)
    if own is not None and edge is not None and edge > own:
        rest = f"{(edge - own) * 1000:.0f} ms for routing and waiting"
        yield evidence("Between them", rest, facts.measured, moves=True)


def _within(seconds: float) -> str:
    return f"95 of 100 responses within {seconds * 1000:.0f} ms"


def databases(
    app: App, groups: tuple[Group, ...], clusters: tuple[Cluster, ...] | Unseen, primary: str | None
) -> Iterator[Resource]:
    """Each Managed Postgres cluster attached to the app: whether it is where the app is."""
    if isinstance(clusters, Unseen):
        return
    regions = sorted({m.region for g in groups for m in g.own})
    for cluster in clusters:
        if not cluster.attached(app.name):
            continue
        told = evidence("Region", cluster.region, postgres_facts.clusters)
        status, summary = Status.OK, f"{cluster.name} is in {cluster.region}, as the app is."
        if cluster.region not in regions:
            status = Status.ADVICE
            summary = f"{cluster.name} is in {cluster.region} and the app in {listed(regions)}:"
            summary += " each query travels between them."
        elif primary is not None and cluster.region != primary:
            status = Status.ADVICE
            summary = f"{cluster.name} is in {cluster.region}, but the primary region is {primary}."
        yield Resource("database", cluster.name, status, summary, (told,))
