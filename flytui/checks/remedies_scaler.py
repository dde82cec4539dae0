"""Setting up and mending an autoscaler: an app of its own that watches a metric."""

from decimal import Decimal

from flytui.checks.groups import Group
from flytui.edits.operations import Operation, Put, Table
from flytui.expiry import UNATTENDED, UNATTENDED_WORDS
from flytui.facts import neighbours as facts
from flytui.fly.models import App, Machine
from flytui.remedy import Command, Edit, Link, Remedy

_IMAGE = "flyio/fly-autoscaler:0.3"
_FACTS = frozenset({f.name for f in (facts.organization_machines, facts.autoscaler_machines)})
_DOCS = Link(
    "https://fly.io/docs/launch/autoscale-by-metric/",
    "Read about the autoscaler",
    "It is an app of its own that starts or creates Machines by a metric.",
)


def set_up(app: App, group: Group) -> tuple[Remedy, ...]:
    """The steps from nothing to an autoscaler, in their order."""
    slug, name = app.organization.slug, f"{app.name}-autoscaler"
    create = Command(
        argv=("fly", "apps", "create", name, "-o", slug, "--yes"),
        title=f"Create the app {name}",
        why="Workers without services have nobody who starts them when there is more to do.",
        changes=f"{slug} has 1 more app, without Machines.",
        alters=_FACTS,
        cost_per_month_usd=Decimal(0),
        cost_note="until it is deployed: then 1 small Machine",
        undo=f"fly apps destroy {name}",
        fly_asks="nothing, as --yes answers",
    )
    return (create, _token(app, name), _config(app, group, name), _DOCS)


def _token(app: App, name: str) -> Command:
    return Command(
        argv=("fly", "tokens", "create", "deploy", "-a", app.name, "-n", name, "-x", UNATTENDED),
        title=f"Create a token with which {app.name} is scaled",
        why="The autoscaler starts and stops Machines of this app with it, and of no other.",
        changes=f"{app.name} has 1 more deploy token. {UNATTENDED_WORDS}",
        alters=frozenset({"app_tokens"}),
        cost_per_month_usd=Decimal(0),
        undo="fly tokens revoke, with the id that fly tokens list shows",
        prints_secret=True,
    )


def _config(app: App, group: Group, name: str) -> Edit:
    metric = f'sum(queue_depth{{app="{app.name}"}})'
    prometheus = f"https://api.fly.io/prometheus/{app.organization.raw_slug}"
    return Edit(
        path=f"{name}/fly.toml",
        title=f"Describe {name} in a fly.toml of its own",
        why="It starts as many of the existing Machines as the metric asks for, never none.",
        snippet=f'app = "{name}"\n\n[build]\n  image = "{_IMAGE}"\n\n[env]\n'
        f'  FAS_APP_NAME = "{app.name}"\n  FAS_PROCESS_GROUP = "{group.name}"\n'
        f'  FAS_STARTED_MACHINE_COUNT = "max(1, min({max(len(group.own), 2)}, queue_depth))"\n'
        f'  FAS_PROMETHEUS_ADDRESS = "{prometheus}"\n'
        f'  FAS_PROMETHEUS_METRIC_NAME = "queue_depth"\n'
        f"  FAS_PROMETHEUS_QUERY = '{metric}'\n\n"
        '[metrics]\n  port = 9090\n  path = "/metrics"\n',
        note=f"Put your own metric in; then, for FAS_API_TOKEN and FAS_PROMETHEUS_TOKEN,"
        f" fly secrets set NAME=- -a {name} --stage, and fly deploy {name} --ha=false",
        creates=True,
    )


def start(name: str, machines: tuple[Machine, ...]) -> tuple[Remedy, ...]:
    return tuple(
        Command(
            argv=("fly", "machine", "start", m.id, "-a", name),
            title=f"Start Machine {m.id} of {name}",
            why="A stopped autoscaler follows no load.",
            changes=f"Machine {m.id} runs, and may start or create Machines of its target at once.",
            alters=_FACTS | {"machines"},
            cost_per_month_usd=None,
            cost_note="1 Machine that runs all month, and what it starts",
            undo=f"fly machine stop {m.id} -a {name}",
            target=f"{m.id}, {m.state}",
        )
        for m in machines[:1]
    )


def alone(name: str) -> tuple[Remedy, ...]:
    return (
        Link(
            _DOCS.url,
            f"Keep 1 Machine of {name}",
            f"In a terminal: fly scale count 1 -a {name}; deploy it with --ha=false from then on.",
        ),
    )


def bound(name: str) -> tuple[Remedy, ...]:
    return (
        _edit(
            name,
            "Bound the number of Machines",
            "A metric that goes wrong would create Machines without end, each of them billed.",
            '[env]\n  FAS_CREATED_MACHINE_COUNT = "max(1, min(50, queue_depth))"\n',
        ),
    )


def group(name: str, wanted: str) -> tuple[Remedy, ...]:
    return (
        _edit(
            name,
            "Name the process group to scale",
            "Without it, the autoscaler looks for the group app.",
            f'[env]\n  FAS_PROCESS_GROUP = "{wanted}"\n',
            (Put(Table(("env",)), ("FAS_PROCESS_GROUP",), wanted),),
        ),
    )


def _edit(
    name: str, title: str, why: str, snippet: str, operations: tuple[Operation, ...] = ()
) -> Edit:
    note = f"In the fly.toml of {name}, then fly deploy -a {name} --ha=false"
    return Edit(f"{name}/fly.toml", title, why, snippet, note, operations)
