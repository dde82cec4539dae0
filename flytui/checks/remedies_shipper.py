"""Setting up and mending a log shipper: an app of its own that serves the whole organisation."""

from decimal import Decimal

from flytui.checks.remedies_secrets import unset_again
from flytui.edits.operations import Put, Table
from flytui.expiry import UNATTENDED, UNATTENDED_WORDS
from flytui.facts import neighbours as facts
from flytui.fly.models import App, Machine
from flytui.remedy import NOTHING_TO_UNDO, Blank, Command, Edit, Link, Remedy

_NAME = "log-shipper"
_IMAGE = "ghcr.io/superfly/fly-log-shipper:latest"
_FACTS = frozenset(
    {f.name for f in (facts.organization_machines, facts.shipper_machines, facts.shipper_secrets)}
)
_DOCS = Link(
    "https://fly.io/docs/monitoring/exporting-logs/",
    "Read how to set up the Fly Log Shipper",
    "It is an app of its own and serves the whole organisation.",
)
_KEY = Blank(
    "key",
    "Name of the log service's secret",
    r"[A-Z][A-Z0-9_]*",
    ("LOGTAIL_TOKEN", "DATADOG_API_KEY", "AXIOM_TOKEN", "PAPERTRAIL_ENDPOINT"),
)
_CHECK_KEYS: tuple[tuple[str, str | int], ...] = (
    *(("port", 8686), ("type", "http"), ("method", "get"), ("path", "/health")),
    *(("grace_period", "10s"), ("interval", "30s"), ("timeout", "5s")),
)
_CHECK = """\
[checks.vector]
  port = 8686
  type = "http"
  method = "get"
  path = "/health"
  grace_period = "10s"
  interval = "30s"
  timeout = "5s"
"""


def set_up(app: App) -> tuple[Remedy, ...]:
    """The steps from nothing to a shipper, in their order."""
    slug = app.organization.slug
    name = f"{slug}-{_NAME}"
    create = Command(
        argv=("fly", "apps", "create", name, "-o", slug, "--yes"),
        title=f"Create the app {name}",
        why="Logs are kept by Fly.io for some days only; a log shipper sends them on.",
        changes=f"{slug} has 1 more app, without Machines.",
        alters=_FACTS,
        cost_per_month_usd=Decimal(0),
        cost_note="until it is deployed: then 1 small Machine, and what leaves Fly.io",
        undo=f"fly apps destroy {name}",
        fly_asks="nothing, as --yes answers",
    )
    return (create, _token(slug), _config(name), _DOCS)


def _config(name: str) -> Edit:
    return Edit(
        path=f"{name}/fly.toml",
        title=f"Describe {name} in a fly.toml of its own",
        why="It needs no services: nobody should reach it from outside.",
        snippet=f'app = "{name}"\n\n[build]\n  image = "{_IMAGE}"\n\n{_CHECK}\n'
        '[metrics]\n  port = 9598\n  path = "/metrics"\n',
        note=f"Then, for ACCESS_TOKEN and the key of your log service, fly secrets set NAME=- -a"
        f" {name} --stage, and fly deploy {name} --no-public-ips --ha=false",
        creates=True,
    )


def _token(slug: str) -> Command:
    return Command(
        argv=("fly", "tokens", "create", "readonly", slug, "-n", _NAME, "-x", UNATTENDED),
        title="Create a token that may read logs",
        why="The shipper reads the organisation's logs with it and can change nothing.",
        changes=f"{slug} has 1 more token. {UNATTENDED_WORDS}",
        alters=frozenset(),
        cost_per_month_usd=Decimal(0),
        undo="fly tokens revoke, with the id that fly tokens list shows",
        prints_secret=True,
    )


def access_token(app: App, name: str) -> tuple[Remedy, ...]:
    return (_token(app.organization.slug), _set(name, "ACCESS_TOKEN"))


def sink(name: str) -> tuple[Remedy, ...]:
    """The key of whichever log service the owners use; its page tells the value."""
    return (_set(name, "{key}", _KEY), _DOCS)


def _set(name: str, key: str, *blanks: Blank) -> Command:
    """The value goes to standard input, where nobody sees it among a command's words."""
    which = "log service's key" if blanks else f"secret {key}"
    return Command(
        argv=("fly", "secrets", "import", "-a", name),
        title=f"Set the {which} of {name}",
        filled=f"Set the secret {key} of {name}",
        why="The shipper reads logs with its token and sends them on with the log service's key.",
        changes=f"{name} has the secret {key}, and its Machines are restarted with it.",
        alters=_FACTS,
        cost_per_month_usd=Decimal(0),
        undo=f"fly secrets unset {key} -a {name}",
        inverse=unset_again(name, key),
        target=f"{key} of {name}",
        blanks=(*blanks, Blank("value", "Value of the secret", r"\S+", secret=True)),
        stdin=f"{key}={{value}}\n",
    )


def subject(name: str) -> tuple[Remedy, ...]:
    edit = Edit(
        path=f"{name}/fly.toml",
        title="Take the logs of all apps",
        why="The subject says whose logs are taken: logs.<app>.<region>.<instance>.",
        snippet='[env]\n  SUBJECT = "logs.>"\n',
        note=f"In the fly.toml of {name}, then fly deploy -a {name}",
        operations=(Put(Table(("env",)), ("SUBJECT",), "logs.>"),),
    )
    return (edit,)


def queue(name: str) -> tuple[Remedy, ...]:
    edit = Edit(
        path=f"{name}/fly.toml",
        title="Let the Machines share the work",
        why="Machines of one queue take each line once.",
        snippet='[env]\n  QUEUE = "shipper"\n',
        note=f"In the fly.toml of {name}, then fly deploy -a {name}",
        operations=(Put(Table(("env",)), ("QUEUE",), "shipper"),),
    )
    return (edit,)


def check(name: str) -> tuple[Remedy, ...]:
    edit = Edit(
        path=f"{name}/fly.toml",
        title="Check the shipper's health",
        why="It tells when logs stop leaving.",
        snippet=_CHECK,
        note=f"In the fly.toml of {name}, then fly deploy -a {name}",
        operations=tuple(Put(Table(("checks", "vector")), (k,), v) for k, v in _CHECK_KEYS),
    )
    return (edit,)


def hide(name: str) -> tuple[Remedy, ...]:
    edit = Edit(
        path=f"{name}/fly.toml",
        title="Give the shipper no services",
        why="It takes logs from inside; nobody has to reach it.",
        snippet="# Remove [http_service] and [[services]].\n",
        note=f"In the fly.toml of {name}, then fly deploy -a {name} and release its addresses",
    )
    return (edit,)


def start(name: str, machines: tuple[Machine, ...]) -> tuple[Remedy, ...]:
    """Start what is stopped; one is enough."""
    return tuple(
        Command(
            argv=("fly", "machine", "start", m.id, "-a", name),
            title=f"Start Machine {m.id} of {name}",
            why="Logs leave Fly.io only while the shipper runs.",
            changes=f"Machine {m.id} runs.",
            alters=_FACTS,
            cost_per_month_usd=None,
            cost_note="1 Machine that runs all month",
            undo=f"fly machine stop {m.id} -a {name}",
            target=f"{m.id}, {m.state}",
        )
        for m in machines[:1]
    )


def shipper_logs(name: str) -> tuple[Remedy, ...]:
    return (
        Command(
            argv=("fly", "logs", "--no-tail", "-a", name),
            title=f"Show the newest log lines of {name}",
            why="They say why the check fails.",
            changes="Nothing changes: it only shows what is there.",
            alters=frozenset(),
            cost_per_month_usd=Decimal(0),
            undo=NOTHING_TO_UNDO,
        ),
    )
