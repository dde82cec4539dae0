"""Pages of Fly.io's Grafana, and remedies that belong to a finding whatever it says."""

from dataclasses import replace

from flytui.checks.manual import app_page
from flytui.finding import Finding
from flytui.fly.models import App
from flytui.remedy import Link, Remedy

_GRAFANA = "https://fly-metrics.net/d/fly-app/fly-app"


def grafana(app: App, why: str) -> Link:
    """The app's dashboard; the app's own page where the organisation's number is not known."""
    number = app.organization.internal_numeric_id
    if number is None:
        return Link(app_page(app, "metrics"), "Open the app's metrics", why)
    url = f"{_GRAFANA}?orgId={number}&var-app={app.name}"
    return Link(url, "Open the app's dashboard in Grafana", why)


def with_remedies(finding: Finding, *remedies: Remedy) -> Finding:
    """The finding with further remedies after its own."""
    return replace(finding, remedies=tuple(dict.fromkeys((*finding.remedies, *remedies))))
