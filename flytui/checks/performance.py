"""App performance: the size of Machines, and fine-tuning."""

from datetime import datetime

from flytui.checks import tuning_app
from flytui.checks.check import check
from flytui.checks.deployed import deployed, primary_region
from flytui.checks.groups import groups
from flytui.checks.links import grafana, with_remedies
from flytui.checks.load_facts import Load
from flytui.checks.manual import look_at_app
from flytui.checks.resizing import Wishes
from flytui.checks.sizing import sizing
from flytui.checks.tuning import Tuning, tuning
from flytui.checks.verdict import conclude, firm, kept_apart, nothing_to_look_at
from flytui.checks.words import count
from flytui.facts import app as app_facts
from flytui.facts import machines as machine_facts
from flytui.facts import metrics, postgres, project
from flytui.facts.fact import Unseen, optional
from flytui.facts.fact import now as now_fact
from flytui.facts.metrics import Courses, Measured
from flytui.finding import Finding, Status
from flytui.fly.models import App, Machine, VmSize
from flytui.fly.models.postgres import Cluster
from flytui.remedy import Remedy
from flytui.repo import Checkout
from flytui.settings import Preferences


@check(
    "machine-sizing",
    app_facts.app,
    machine_facts.machines,
    project.preferences,
    optional(app_facts.vm_sizes),
    optional(project.checkout),
    optional(metrics.measured),
    optional(metrics.courses),
    now_fact,
)
def machine_sizing(  # noqa: PLR0913, PLR0917  (one parameter a fact)
    app: App,
    machines: tuple[Machine, ...],
    preferences: Preferences,
    vm_sizes: tuple[VmSize, ...] | Unseen,
    checkout: Checkout | Unseen,
    measured: Measured | Unseen,
    courses: Courses | Unseen,
    now: datetime,
) -> Finding:
    """A group that answers HTTP has performance CPUs, and every group memory to spare.

    Judged from the configuration: CPU kind, memory within the limits per CPU, swap on small
    Machines, one size in a group, kills for lack of memory, and what the next deploy would change.
    And from what was measured: CPU time withheld, saved and used, memory left, kills. Shared CPUs
    that were not throttled for a week, and always had time saved, are enough. Without measurements
    nothing is called good.
    Follows https://fly.io/docs/machines/guides-examples/machine-sizing/ and
    https://fly.io/docs/machines/cpu-performance/.
    """
    if apart := kept_apart(app):
        return apart
    config = deployed(app)
    known = groups(machines, config)
    found = [g for g in known if g.members]
    if not found and any(g.jobs for g in known):
        number = sum(len(g.jobs) for g in known)
        return Finding(
            Status.NOT_APPLICABLE,
            f"{app.name} only has {count(number, 'Machine')} for single jobs.",
        )
    if not found:
        return nothing_to_look_at(app, machines)
    local = None if isinstance(checkout, Unseen) else checkout.config_for(app.name)
    load = Load(measured, courses, preferences.thresholds, now)
    wishes = Wishes(app.name, local or config, vm_sizes, load)
    number = sum(len(g.members) for g in found)
    well = f"{number} Machines have the CPUs and memory their groups need."
    if number == 1:
        well = "1 Machine has the CPU and memory it needs."
    return firm(conclude([sizing(g, wishes) for g in found], well), machines)


@check(
    "fine-tune-app",
    app_facts.app,
    machine_facts.machines,
    project.preferences,
    optional(metrics.measured),
    optional(project.checkout),
    optional(postgres.clusters),
)
def fine_tune_app(  # noqa: PLR0913, PLR0917  (one parameter a fact)
    app: App,
    machines: tuple[Machine, ...],
    preferences: Preferences,
    measured: Measured | Unseen,
    checkout: Checkout | Unseen,
    clusters: tuple[Cluster, ...] | Unseen,
) -> Finding:
    """Limits, health checks and deploys suit the app, and its load shows it.

    An HTTP service counts requests, with a soft limit of its own that was not reached and no hard
    one near it, and has an HTTP check; no check fails; deploys leave something running; few
    responses fail; the database is where the app is. How much one Machine can take, and whether
    its code makes use of it, only a person can tell.
    Follows https://fly.io/docs/apps/fine-tune-apps/, https://fly.io/docs/apps/concurrency/ and
    https://fly.io/docs/reference/health-checks/.
    """
    if apart := kept_apart(app):
        return apart
    config = deployed(app)
    found = tuple(g for g in groups(machines, config) if g.members)
    if not found:
        return nothing_to_look_at(app, machines)
    about = Tuning(
        app=app.name,
        deployed=config,
        local=None if isinstance(checkout, Unseen) else checkout.config_for(app.name),
        measured=measured,
        clusters=clusters if isinstance(clusters, Unseen) else None,
        thresholds=preferences.thresholds,
        serving=any(g.serves for g in found),
    )
    further = (
        *tuning_app.strategy(app, found, about),
        *(tuning_app.answers(app, about) if about.serving else ()),
        *tuning_app.databases(app, found, clusters, primary_region(app, machines)),
    )
    well = f"{app.name} has limits, checks and deploys that suit its load of the last day."
    verdict = conclude([tuning(g, about) for g in found], well, resources=further)
    return firm(with_remedies(verdict, *_looks(app)), machines)


def _looks(app: App) -> tuple[Remedy, ...]:
    return (
        grafana(app, "It shows where time is spent, and how near each Machine is to its limits."),
        *look_at_app(
            app,
            ("checks", "list"),
            "List the health checks",
            "Each service should have one that tells whether it can answer.",
        ),
        *look_at_app(
            app,
            ("config", "show"),
            "Show the deployed configuration",
            "It holds the concurrency limits, the checks and the deploy strategy.",
        ),
    )
