"""Monitoring: metrics, error tracking, logs that outlive a few days."""

from flytui.checks.check import check
from flytui.checks.manual import app_page, look_at_app, look_at_organization, manual
from flytui.checks.sentry import sentry
from flytui.facts import app as facts_app
from flytui.facts.fact import Unseen, optional
from flytui.finding import Finding
from flytui.fly.models import App
from flytui.remedy import Link

__all__ = ["export_logs", "metrics", "sentry"]


@check("metrics", optional(facts_app.app))
def metrics(app: App | Unseen) -> Finding:
    """Only a person can tell whether somebody watches the metrics and is called by an alert.

    Follows https://fly.io/docs/monitoring/metrics/.
    """
    return manual(
        "Fly.io measures every Machine but calls nobody: look where your alerts are set up.",
        Link(
            app_page(app, "metrics"),
            "Open the app's metrics",
            "Response times, errors and memory of the last two weeks.",
        ),
        Link(
            "https://fly.io/docs/monitoring/metrics/",
            "Read how to query and alert",
            "Your own Grafana or Alertmanager can read the same Prometheus.",
        ),
    )


@check("export-logs", optional(facts_app.app))
def export_logs(app: App | Unseen) -> Finding:
    """Only a person can tell whether the app's logs arrive somewhere that keeps them.

    Follows https://fly.io/docs/monitoring/exporting-logs/.
    """
    return manual(
        "Look in your log service for a line that the app wrote today, and one a month old.",
        *look_at_organization(
            app,
            ("apps", "list"),
            "List the organisation's apps",
            "One of them should be a log shipper, unless the app sends its logs itself.",
        ),
        *look_at_app(
            app,
            ("logs", "--no-tail"),
            "Show the newest log lines",
            "One of them should be in your log service as well.",
        ),
        Link(
            "https://fly.io/docs/monitoring/exporting-logs/",
            "Read how to set up the Fly Log Shipper",
            "It is an app of its own and serves the whole organisation.",
        ),
    )
