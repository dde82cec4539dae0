"""What the Fly Log Shipper is configured with: where it sends logs, and whose."""

import re
from collections.abc import Collection

SINKS: dict[str, tuple[str, ...]] = {
    "AppSignal": ("APPSIGNAL_PUSH_API_KEY",),
    "AWS S3": ("AWS_BUCKET", "BUCKET_NAME"),
    "AWS CloudWatch": ("CLOUDWATCH_LOG_GROUP_NAME",),
    "Axiom": ("AXIOM_TOKEN",),
    "Baselime": ("BASELIME_API_KEY",),
    "Better Stack": ("BETTER_STACK_SOURCE_TOKEN", "LOGTAIL_TOKEN"),
    "Datadog": ("DATADOG_API_KEY",),
    "EraSearch": ("ERASEARCH_URL",),
    "Highlight": ("HIGHLIGHT_PROJECT_ID",),
    "Honeybadger": ("HONEYBADGER_API_KEY",),
    "Honeycomb": ("HONEYCOMB_API_KEY",),
    "HTTP": ("HTTP_URL",),
    "Humio": ("HUMIO_TOKEN",),
    "HyperDX": ("HYPERDX_API_KEY",),
    "LogDNA": ("LOGDNA_API_KEY",),
    "Logflare": ("LOGFLARE_API_KEY",),
    "Loki": ("LOKI_URL",),
    "New Relic": ("NEW_RELIC_LICENSE_KEY", "NEW_RELIC_INSERT_KEY"),
    "OpenObserve": ("OPENOBSERVE_URI",),
    "OpsVerse": ("OPSVERSE_LOGS_ENDPOINT",),
    "Papertrail": ("PAPERTRAIL_ENDPOINT",),
    "Sematext": ("SEMATEXT_TOKEN",),
    "SigNoz": ("SIGNOZ_INGESTION_KEY",),
    "Slack": ("SLACK_WEBHOOK_URL",),
    "Uptrace": ("UPTRACE_API_KEY",),
}
"""By provider, the keys of which one switches it on: the shipper drops all others when it boots."""
_AWS = frozenset({"AWS S3", "AWS CloudWatch"})
_AWS_KEY = "AWS_ACCESS_KEY_ID"
_AMBIGUOUS = frozenset({"HTTP", "Slack", "AWS S3"})
"""Their keys mean something else in many apps."""
_EVERYTHING = "logs.>"
_SUBJECT = re.compile(r"logs(\.[A-Za-z0-9_*>-]+)*")


def sinks(keys: Collection[str]) -> tuple[str, ...]:
    """The providers for which all that is needed is there, by name."""
    found = (name for name, any_of in SINKS.items() if set(any_of) & set(keys))
    return tuple(name for name in found if name not in _AWS or _AWS_KEY in keys)


def own_senders(keys: Collection[str]) -> tuple[str, ...]:
    """Providers whose keys an app itself holds, which may send its own logs there."""
    return tuple(name for name in sinks(keys) if name not in _AMBIGUOUS)


def covers(subject: str | None, app: str) -> bool:
    """Whether the subject, a pattern over `logs.<app>.<region>.<instance>`, takes all the app's."""
    wanted = (subject or _EVERYTHING).split(".")
    of_app = ["logs", app, "*", "*"]
    for place, part in enumerate(wanted):
        if part == ">":
            return place < len(of_app)
        if place >= len(of_app) or part not in {"*", of_app[place]}:
            return False
    return len(wanted) == len(of_app)


def shown(subject: str | None) -> str:
    """The subject where it looks like one; anything else might be a secret."""
    if subject is None:
        return f"{_EVERYTHING}, the default"
    return subject if _SUBJECT.fullmatch(subject) else "not shown: it is no subject of logs"
