"""What an app serves: the services of its Machines or, with none, of its release."""

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from flytui.checks.words import count
from flytui.facts import app as facts_app
from flytui.facts import machines as facts_machines
from flytui.facts.fact import Fact, Unseen
from flytui.fly.models import App, Machine, Port, Service

_BUILDERS = ("fly-builder-", "flyctl-interactive-shells-")
_HTTP_SERVICE_PORTS = (
    {"port": 80, "handlers": ["http"]},
    {"port": 443, "handlers": ["http", "tls"]},
)


@dataclass(frozen=True, slots=True)
class Served:
    """The services that have a port, each once."""

    services: tuple[Service, ...]
    gap: Unseen | None
    """Why a service may be missing here; None when all were seen."""
    source: Fact[Any]
    """Where they were seen."""
    deployed: bool = True
    """False: no Machines and no release."""

    @property
    def http(self) -> bool:
        """Whether one of them is for browsers: HTTP or TLS ended by Fly Proxy."""
        return any({"http", "tls"} & set(port.handlers) for s in self.services for port in s.ports)

    @property
    def words(self) -> str:
        """`2 services`, `no services`."""
        return count(len(self.services), "service") if self.services else "no services"


def served(app: App, machines: tuple[Machine, ...]) -> Served:
    """The union of the Machines' services, stopped Machines too: Fly Proxy may start them."""
    own = [machine for machine in machines if machine.counts]
    if not own:
        return _released(app)
    partial = [machine for machine in own if machine.partial]
    services = tuple(s for machine in own for s in machine.settings.services if s.ports)
    return Served(_distinct(services), _gap(partial), facts_machines.machines)


def name(service: Service) -> str:
    """`tcp 80, 443 → 8080`: unique among the services of one Machine."""
    ports = ", ".join(port.words for port in service.ports)
    return f"{service.protocol} {ports} → {service.internal_port}"


def tooling(app: App) -> str | None:
    """What kind of app this is when `fly` made it for its own use; None for all others."""
    if app.role and app.role.name == "remote-docker-builder":
        return "a builder"
    if app.name.startswith(_BUILDERS):
        return "a builder" if app.name.startswith(_BUILDERS[0]) else "for interactive shells"
    return None


def covers(port: Port, number: int) -> bool:
    """Whether the port, or the range, includes the number."""
    if port.port is not None:
        return port.port == number
    return (port.start_port or 0) <= number <= (port.end_port or port.start_port or 0)


def _gap(partial: list[Machine]) -> Unseen | None:
    if not partial:
        return None
    return Unseen(
        f"The configuration of {count(len(partial), 'Machine')} cannot be read while its host "
        "does not answer.",
        "Look again when the host answers; `fly status` names it.",
    )


def _distinct(services: tuple[Service, ...]) -> tuple[Service, ...]:
    """One of each shape; settings of autostop and concurrency do not make another service."""
    seen: dict[object, Service] = {}
    for service in services:
        seen.setdefault((service.protocol, service.internal_port, service.ports), service)
    return tuple(seen.values())


def _released(app: App) -> Served:
    """Without Machines the release tells what the next ones would serve."""
    release = app.current_release
    if release is None:
        return Served((), None, facts_app.app, deployed=False)
    services = None
    if release.config_definition is not None:
        services = _of_definition(release.config_definition)
    if services is None:
        cause = "No Machines exist, and the release does not say which services they would have."
        return Served((), Unseen(cause, "Look again after the next deploy."), facts_app.app)
    return Served(_distinct(services), None, facts_app.app)


def _of_definition(definition: dict[str, Any]) -> tuple[Service, ...] | None:
    """The services of a fly.toml as Fly.io keeps it; None when it has a shape we do not know."""
    web, others = definition.get("http_service"), definition.get("services") or []
    try:
        services = [Service.model_validate(_http_service(web))] if web else []
        services += [Service.model_validate({"protocol": "tcp", **entry}) for entry in others]
    except (ValidationError, TypeError):
        return None
    return tuple(service for service in services if service.ports)


def _http_service(web: dict[str, Any]) -> dict[str, Any]:
    """`[http_service]` stands for one service on 80 and 443."""
    plain, tls = _HTTP_SERVICE_PORTS
    ports = [{**plain, "force_https": bool(web.get("force_https"))}, tls]
    return {"protocol": "tcp", "internal_port": web.get("internal_port", 8080), "ports": ports}
