"""App performance: the size of Machines, and fine-tuning."""

from datetime import datetime

from flytui.checks.check import check
from flytui.checks.deployed import deployed
from flytui.checks.groups import groups
from flytui.checks.load_facts import Load
from flytui.checks.manual import app_page, look_at_app, manual
from flytui.checks.resizing import Wishes
from flytui.checks.sizing import sizing
from flytui.checks.verdict import conclude, firm, kept_apart, nothing_to_look_at
from flytui.checks.words import count
from flytui.facts import app as app_facts
from flytui.facts import machines as machine_facts
from flytui.facts import metrics, project
from flytui.facts.fact import Unseen, optional
from flytui.facts.fact import now as now_fact
from flytui.facts.metrics import Courses, Measured
from flytui.finding import Finding, Status
from flytui.fly.models import App, Machine, VmSize
from flytui.remedy import Link
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


@check("fine-tune-app", optional(app_facts.app))
def fine_tune_app(app: App | Unseen) -> Finding:
    """Only a person can tell whether limits, health checks and deploys suit the app's real load.

    Follows https://fly.io/docs/apps/fine-tune-apps/.
    """
    return manual(
        "Compare 2 response times under real load: the edge's and the app's own.",
        Link(
            app_page(app, "metrics"),
            "Open the app's metrics",
            "They show where time is spent, and how near each Machine is to its limits.",
        ),
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
