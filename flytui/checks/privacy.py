"""Signs that an app, or one of its services, is not meant for the internet."""

import re

from flytui.checks.services import covers
from flytui.checks.words import listed
from flytui.fly.models import App, Machine, Service

DATABASE_PORTS = {
    1433: "SQL Server",
    2375: "Docker",
    3306: "MySQL",
    5432: "Postgres",
    5433: "Postgres",
    5672: "RabbitMQ",
    6379: "Redis",
    8123: "ClickHouse",
    9090: "Prometheus",
    9200: "Elasticsearch",
    11211: "Memcached",
    27017: "MongoDB",
}
_STORES = frozenset(
    {
        *("cassandra", "clickhouse", "clickhouse-server", "couchdb", "dragonfly", "elasticsearch"),
        *("etcd", "influxdb", "keydb", "mariadb", "memcached", "minio", "mongo", "mongodb"),
        *("mysql", "opensearch", "postgis", "postgres", "postgres-flex", "postgres-standalone"),
        *("postgres-timescaledb", "postgresql", "rabbitmq", "redis", "redis-stack-server"),
        *("timescaledb", "valkey"),
    }
)
_INTERNAL_NAME = re.compile(r"(?:^|[-_])(internal|private)(?:$|[-_])")


def private_by_nature(app: App, machines: tuple[Machine, ...]) -> str | None:
    """What it runs that is seldom meant for the internet: `runs library/redis`; None otherwise."""
    if app.role and app.role.name == "postgres_cluster":
        return "is a Fly Postgres app"
    own = [machine for machine in machines if machine.counts]
    if any(m.settings.metadata.get("fly-managed-postgres") == "true" for m in own):
        return "is a Fly Postgres app"
    found = dict.fromkeys(store for machine in own for store in _stores(machine))
    return f"runs {listed(found)}" if found else None


def says_internal(app: App) -> str | None:
    """The word in the app's name that says it is not for everybody."""
    match = _INTERNAL_NAME.search(app.name)
    return match[1] if match else None


def risk(service: Service) -> str | None:
    """Why this service would be a database's or another's that speaks no HTTP; None for HTTP."""
    for port in service.ports:
        raw = not {"http", "tls"} & set(port.handlers)
        for number, product in DATABASE_PORTS.items():
            if covers(port, number) or (raw and service.internal_port == number):
                return f"port {number} is the port of {product}"
        if "pg_tls" in port.handlers:
            return "it speaks Postgres"
    return None


def raw(service: Service) -> bool:
    """Whether a port of it passes bytes on as they come, without HTTP or TLS by Fly Proxy."""
    return service.protocol == "udp" or any(
        not {"http", "tls"} & set(port.handlers) for port in service.ports
    )


def _stores(machine: Machine) -> list[str]:
    settings = machine.settings
    images = [c.image for c in settings.containers if c.image]
    if settings.image and not machine.image_ref:
        images.append(settings.image)
    names = [_repository(image) for image in images]
    if machine.image_ref:
        # Without a slash it is an app's own image in Fly.io's registry.
        names.append(machine.image_ref.repository)
    return [name for name in names if "/" in name and name.rsplit("/", 1)[1] in _STORES]


def _repository(image: str) -> str:
    """`redis:7` and `docker.io/library/redis@sha256:…` are both `library/redis`."""
    bare = re.sub(r"(?::[^/:]+)?(?:@.*)?$", "", image)
    registry, _, rest = bare.partition("/")
    if "." in registry or ":" in registry or registry == "localhost":
        return rest
    return bare if "/" in bare else f"library/{bare}"
