"""An organisation of many apps, unlike each other: for measuring, and to see its matrix full."""

from collections.abc import Iterator
from itertools import count, islice, product

from flytui.demo.building.apps import build_app
from flytui.demo.building.machines import labels_of
from flytui.demo.state import App, Json, Organization, Series
from flytui.demo.world import World

_SUBJECTS = (
    *("billing", "search", "mail", "auth", "catalog", "orders", "media", "reports", "chat"),
    *("stock", "prices", "invoices", "geo", "feeds", "webhooks", "sessions", "profile"),
)
_KINDS = ("api", "web", "worker", "cron", "admin", "gateway")
_STAGES = ("", "-production", "", "-staging", "")
_REGIONS = ("iad", "ams", "syd", "ord")
_MEGABYTE = 1024 * 1024


def crowd(world: World, home: Organization, total: int) -> None:
    """Adds apps to the organisation until it has so many; the same ones every time."""
    missing = max(total - len(world.apps_of(home)), 0)
    fresh = (name for name in _names() if name not in world.apps)
    for number, name in enumerate(islice(fresh, missing)):
        app = build_app(world, _table(name, number), home)
        app.suspended = number % 11 == 7
        _measure(world, app)


def _names() -> Iterator[str]:
    """`billing-api`, `search-api-production` …, without end."""
    for lap in count(1):
        for number, (kind, subject) in enumerate(product(_KINDS, _SUBJECTS)):
            stage = _STAGES[(number + lap) % len(_STAGES)]
            yield f"{subject}-{kind}{stage}" + (f"-{lap}" if lap > 1 else "")


def _table(name: str, number: int) -> Json:
    """An app as a scenario would describe it; what there is to find differs with the number."""
    public = number % 3 != 1
    region = _REGIONS[number % len(_REGIONS)]
    table: Json = {
        "name": name,
        "created": f"{100 + number % 300} days ago",
        "config": _config(name, region, public=public, careful=number % 2 == 0),
        "releases": [{"created": f"{1 + number % 60} days ago"}] if number % 13 != 6 else [],
        "secrets": {"SECRET_KEY": "90 days ago"} if number % 2 else {},
        "tokens": [{"name": "ci", "expires": "in 60 days" if number % 4 else "in 19 years"}],
        "machines": [{"region": region, "count": 1 + number % 2}] if number % 13 != 6 else [],
    }
    if public:
        table["shared_address"] = "198.51.100.9"
        table["addresses"] = [{"type": "v6", "address": f"2001:db8:{number:x}::1"}]
    if public and number % 4 == 0:
        hostname = f"{name}.example.com"
        table["certificates"] = [{"hostname": hostname, "expires": "in 60 days"}]
    return table


def _config(name: str, region: str, *, public: bool, careful: bool) -> str:
    """A fly.toml; a careful one has its HTTPS forced and its requests checked."""
    lines = [f'app = "{name}"', f'primary_region = "{region}"']
    if public:
        lines += ["[http_service]", "  internal_port = 8080", f"  force_https = {careful}".lower()]
        lines += ['  auto_stop_machines = "stop"', "  auto_start_machines = true"]
    lines += ["[[vm]]", '  size = "shared-cpu-1x"', f'  memory = "{512 if careful else 256}mb"']
    return "\n".join(lines)


def _measure(world: World, app: App) -> None:
    """Little, so that a thousand apps do not make every query slow."""
    for machine in world.machines_of(app):
        labels, total = labels_of(app, machine), machine.config["guest"]["memory_mb"] * _MEGABYTE
        told = {"total": total, "available": round(total * 0.4)}
        world.series += [
            Series(f"fly_instance_memory_mem_{name}", labels, float(value))
            for name, value in told.items()
        ]
