"""Monitoring: metrics, error tracking, logs that outlive a few days."""

from flytui.checks.check import check
from flytui.checks.deployed import deployed
from flytui.checks.groups import groups
from flytui.checks.links import grafana, with_remedies
from flytui.checks.manual import look_at_app
from flytui.checks.metrics_rules import Telling, telling
from flytui.checks.sentry import sentry
from flytui.checks.shipping import Shipping, shipping
from flytui.checks.verdict import conclude, firm, kept_apart, nothing_to_look_at
from flytui.checks.words import count
from flytui.facts import app as facts_app
from flytui.facts import machines as facts_machines
from flytui.facts import metrics as facts_metrics
from flytui.facts import neighbours, project
from flytui.facts.fact import Unseen, optional
from flytui.facts.metrics import Measured
from flytui.finding import Finding, evidence
from flytui.fly.models import App, Machine, OrganizationMachines, Secret
from flytui.remedy import Link
from flytui.repo import Checkout

__all__ = ["export_logs", "metrics", "sentry"]

_ALERTS = evidence(
    "Alerts",
    "Fly.io sends none; where yours are set up, and whom they call, cannot be seen from here",
    facts_metrics.measured,
)


@check(
    "metrics",
    facts_app.app,
    facts_machines.machines,
    optional(facts_metrics.measured),
    optional(facts_metrics.own_series),
    optional(project.checkout),
)
def metrics(
    app: App,
    machines: tuple[Machine, ...],
    measured: Measured | Unseen,
    own_series: tuple[str, ...] | Unseen,
    checkout: Checkout | Unseen,
) -> Finding:
    """The app tells metrics of its own, and they arrive.

    Fly.io measures every Machine by itself; whether that is enough, and who is called when a number
    changes, only a person can tell. Metrics that are promised in fly.toml and do not arrive, and
    a second [[metrics]] of a group, which nobody reads, are worth a look.
    Follows https://fly.io/docs/monitoring/metrics/.
    """
    if apart := kept_apart(app):
        return apart
    config = deployed(app)
    found = [g for g in groups(machines, config) if g.members]
    if not found:
        return nothing_to_look_at(app, machines)
    local = None if isinstance(checkout, Unseen) else checkout.config_for(app.name)
    about = Telling(app.name, config, local, measured, own_series)
    well = f"{count(len(found), 'process group')} of {app.name} tell metrics of their own."
    if len(found) == 1:
        well = f"{app.name} tells metrics of its own, and they arrive."
    verdict = conclude([telling(g, about) for g in found], well, evidence=(_ALERTS,))
    return firm(with_remedies(verdict, *_dashboards(app)), machines)


def _dashboards(app: App) -> tuple[Link, ...]:
    return (
        grafana(app, "Response times, errors, CPU and memory of the last two weeks."),
        Link(
            "https://fly.io/docs/monitoring/metrics/",
            "Read how to query and alert",
            "Your own Grafana or Alertmanager can read the same Prometheus.",
        ),
    )


@check(
    "export-logs",
    facts_app.app,
    optional(neighbours.organization_machines),
    optional(neighbours.shipper_machines),
    optional(neighbours.shipper_secrets),
    optional(facts_machines.machines),
    optional(facts_machines.secrets),
)
def export_logs(  # noqa: PLR0913, PLR0917  (one parameter a fact)
    app: App,
    organization: OrganizationMachines | Unseen,
    shipper_machines: tuple[Machine, ...] | Unseen,
    shipper_secrets: tuple[Secret, ...] | Unseen,
    machines: tuple[Machine, ...] | Unseen,
    secrets: tuple[Secret, ...] | Unseen,
) -> Finding:
    """A log shipper of the organisation runs, has somewhere to send logs, and takes this app's.

    Recognised by its image, or by its name and what it is configured with. An app may also send
    its logs itself, which only a person can tell.
    Follows https://fly.io/docs/monitoring/exporting-logs/.
    """
    if apart := kept_apart(app):
        return apart
    seen = Shipping(app, organization, shipper_machines, shipper_secrets, machines, secrets)
    if not app.deployed:
        # `fly logs` waits for a first line, which never comes of an app that never ran.
        return shipping(seen)
    look = look_at_app(
        app,
        ("logs", "--no-tail"),
        "Show the newest log lines",
        "One of them should be in your log service as well.",
    )
    return with_remedies(shipping(seen), *look)
