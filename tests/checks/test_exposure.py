from decimal import Decimal

import pytest

from flytui.checks.exposure import exposure
from flytui.facts.fact import Unseen
from flytui.finding import Finding, Status
from flytui.fly.models import Address, App, CertificateSummary, Machine, Port
from flytui.remedy import Command, Edit
from tests.checks.builders import (
    address,
    app,
    flycast,
    ipv6,
    machine,
    port,
    preferences,
    raw_service,
    service,
    shared_ipv4,
    summary,
)


def judged(
    *addresses: Address,
    machines: tuple[Machine, ...] = (machine(services=(service(),)),),
    private: bool | None = None,
    of: App | None = None,
    certificates: tuple[CertificateSummary, ...] | Unseen = (),
) -> Finding:
    return exposure(of or app(), addresses, machines, preferences(private=private), certificates)


WEB = machine(services=(service(),))
PLAIN = machine(services=(service(port(80, "http")),))
DATABASE = machine(services=(raw_service(5432, "pg_tls"),))
GAME = machine(services=(raw_service(25565),))
IDLE = machine()
HIDDEN = machine("gone", host_status="unreachable", unreadable=True)

ROWS = [
    ("private by nature on a raw port", (address(),), (DATABASE,), None, Status.ACTION),
    ("private by nature, even if declared public", (address(),), (DATABASE,), False, Status.ADVICE),
    ("declared private, dedicated IPv4", (address(),), (WEB,), True, Status.ACTION),
    ("declared private, IPv6", (ipv6(),), (WEB,), True, Status.ACTION),
    ("declared private, shared IPv4", (shared_ipv4(),), (WEB,), True, Status.ACTION),
    ("no services", (address(),), (IDLE,), None, Status.ADVICE),
    ("no services, declared private", (address(),), (IDLE,), True, Status.ADVICE),
    ("HTTP only, nobody said", (address(),), (WEB,), None, Status.MANUAL),
    ("HTTP only, declared public", (address(),), (WEB,), False, Status.OK),
    ("Flycast and still public", (address(), flycast()), (WEB,), None, Status.ADVICE),
    ("Flycast and public, as declared", (address(), flycast()), (WEB,), False, Status.OK),
    ("Flycast only", (flycast(),), (PLAIN,), None, Status.OK),
    ("Flycast only, forcing HTTPS", (flycast(),), (WEB,), None, Status.ADVICE),
    ("no address, services", (), (WEB,), None, Status.OK),
    ("no address, no services", (), (IDLE,), None, Status.OK),
    ("raw TCP, nobody said", (address(),), (GAME,), None, Status.ADVICE),
    ("raw TCP, declared public", (address(),), (GAME,), False, Status.OK),
    (
        "443 without handlers",
        (address(),),
        (machine(services=(raw_service(443),)),),
        None,
        Status.ADVICE,
    ),
]


@pytest.mark.parametrize(
    ("addresses", "machines", "private", "status"),
    [row[1:] for row in ROWS],
    ids=[r[0] for r in ROWS],
)
def test_addresses_services_and_declaration_decide(
    addresses: tuple[Address, ...],
    machines: tuple[Machine, ...],
    private: bool | None,
    status: Status,
) -> None:
    assert judged(*addresses, machines=machines, private=private).status is status


ODD = (raw_service(9000),)


@pytest.mark.parametrize(
    ("of", "store"),
    [
        (app(role="postgres_cluster"), machine(services=ODD)),
        (app(), machine(services=ODD, metadata={"fly-managed-postgres": "true"})),
        (app(), machine(services=ODD, image="library/redis")),
        (app(), machine(services=ODD, containers=[{"image": "docker.io/valkey/valkey:8"}])),
        (app(), machine(services=ODD, containers=[{"image": "mysql:8@sha256:00"}])),
    ],
)
def test_a_database_is_private_by_nature(of: App, store: Machine) -> None:
    assert judged(address(), of=of, machines=(store,)).status is Status.ACTION


def test_an_app_of_ones_own_that_is_named_redis_is_no_database() -> None:
    found = judged(address(), machines=(machine(services=(service(),), image="redis"),))
    assert found.status is Status.MANUAL


def test_a_web_server_that_listens_on_prometheus_port_is_no_database() -> None:
    web = machine(services=(service(internal_port=9090),))
    assert judged(address(), machines=(web,)).status is Status.MANUAL


def test_a_name_that_says_internal_speaks_against_public_addresses() -> None:
    assert judged(ipv6(), of=app("orders-internal")).status is Status.ADVICE


@pytest.mark.parametrize("name", ["fly-builder-quiet-sun-12", "flyctl-interactive-shells-9-12"])
def test_apps_that_fly_made_for_itself_are_left_out(name: str) -> None:
    assert judged(address(), of=app(name)).status is Status.NOT_APPLICABLE


def test_an_app_without_a_release_serves_nothing_yet() -> None:
    found = judged(ipv6(), of=app(released=False), machines=())
    assert found.status is Status.NOT_APPLICABLE


def test_without_machines_the_release_tells_the_services() -> None:
    definition = {"services": [{"internal_port": 5432, "ports": [{"port": 5432}]}]}
    found = judged(address(), of=app(definition=definition), machines=())
    assert found.status is Status.ACTION


@pytest.mark.parametrize("definition", [None, {"services": [{"ports": 80}]}, {"services": 7}])
def test_without_machines_and_a_readable_release_nobody_knows(
    definition: dict[str, object] | None,
) -> None:
    found = judged(address(), of=app(definition=definition), machines=())
    assert found.status is Status.UNKNOWN
    assert found.unseen


@pytest.mark.parametrize("private", [None, False])
def test_a_machine_whose_host_does_not_answer_may_hide_a_service(private: bool | None) -> None:
    found = judged(address(), machines=(WEB, HIDDEN), private=private)
    assert found.status is Status.UNKNOWN


def test_a_hidden_machine_may_serve_https_which_flycast_lacks() -> None:
    assert judged(flycast(), machines=(PLAIN, HIDDEN)).status is Status.UNKNOWN


def test_a_public_address_kept_ready_for_a_private_app_is_told_before_its_first_release() -> None:
    found = judged(address(), of=app(released=False), machines=(), private=True)
    assert found.status is Status.ADVICE


def test_a_database_in_a_range_of_ports_is_open_too() -> None:
    ports = Port(start_port=5000, end_port=6000)
    ranged = machine(services=(service(ports, internal_port=9000),))
    found = judged(address(), machines=(ranged,))
    assert found.status is Status.ACTION
    assert "port 5432 is the port of Postgres" in found.summary


def test_what_a_release_command_runs_makes_no_app_a_database() -> None:
    command = machine("once", image="library/redis", group="fly_app_release_command")
    assert judged(address(), machines=(GAME, command)).status is Status.ADVICE


def test_what_was_seen_wrong_stays_wrong_beside_a_hidden_machine() -> None:
    assert judged(address(), machines=(DATABASE, HIDDEN)).status is Status.ACTION


def test_a_stopped_machine_counts_and_a_release_command_does_not() -> None:
    stopped = machine(services=(raw_service(6379),), state="stopped")
    command = machine(services=(raw_service(6379),), group="fly_app_release_command")
    assert judged(address(), machines=(stopped,)).status is Status.ACTION
    assert judged(address(), machines=(WEB, command)).status is Status.MANUAL


def commands(found: Finding) -> list[str]:
    return [remedy.line for remedy in found.remedies if isinstance(remedy, Command)]


def test_flycast_comes_before_the_public_way_closes() -> None:
    assert commands(judged(address(), ipv6(), private=True)) == [
        "fly ips allocate-v6 --private -a storefront",
        "fly ips release 203.0.113.7 -a storefront",
        "fly ips release 2001:db8::1 -a storefront",
    ]


def test_an_existing_flycast_address_is_not_allocated_again() -> None:
    found = judged(address(), flycast(), private=True)
    assert commands(found) == ["fly ips release 203.0.113.7 -a storefront"]


def test_an_app_nobody_spoke_about_is_to_be_declared() -> None:
    remedy, _ = judged(address()).remedies
    assert isinstance(remedy, Edit)
    assert "[apps.storefront]" in remedy.snippet


def release_of(found: Finding) -> Command:
    (remedy,) = (r for r in found.remedies if isinstance(r, Command) and "release" in r.argv)
    return remedy


def test_a_release_says_that_nobody_asks_and_nothing_brings_it_back() -> None:
    remedy = release_of(judged(address(), private=True))
    assert not remedy.reversible
    assert remedy.undo == "no: a new address would be a different one"
    assert remedy.fly_asks == "nothing: it acts at once"
    assert remedy.cost_per_month_usd == Decimal("-2.00")
    assert remedy.alters == {"addresses", "certificates", "certificate_details"}
    assert remedy.target == "dedicated IPv4 address 203.0.113.7 of storefront"
    assert remedy.changes == (
        "storefront loses its only dedicated IPv4 address and with it the last public one."
    )


@pytest.mark.parametrize("free", [ipv6(), shared_ipv4()])
def test_only_a_dedicated_ipv4_address_costs(free: Address) -> None:
    assert release_of(judged(free, private=True)).cost_per_month_usd == 0


def test_the_hostnames_that_depend_on_an_address_are_named() -> None:
    remedy = release_of(judged(address(), private=True, certificates=(summary(),)))
    assert remedy.dependents == (
        "1 custom hostname may have an A record to it: shop.example.com.",
        "storefront.fly.dev and every other public name stop answering.",
        "No Flycast address exists: storefront.flycast does not answer until one is allocated.",
    )


def test_hostnames_that_could_not_be_seen_are_said_to_be_unseen() -> None:
    unseen = Unseen("The token may not read certificates.", "Use another.")
    remedy = release_of(judged(address(), private=True, certificates=unseen))
    assert remedy.dependents[0].endswith("The token may not read certificates.")


def test_the_last_ipv4_address_matters_to_ipv4_networks() -> None:
    found = judged(address(), ipv6(), private=True)
    remedy = next(r for r in found.remedies if isinstance(r, Command) and "203.0.113.7" in r.argv)
    assert "Networks without IPv6 can no longer reach the app." in remedy.dependents


def test_every_address_and_service_is_a_resource_with_its_own_verdict() -> None:
    found = judged(address(), flycast(), machines=(DATABASE, WEB))
    assert {(r.kind, r.id): r.status for r in found.resources} == {
        ("address", "203.0.113.7"): Status.ACTION,
        ("address", "fdaa:0:1::2"): Status.OK,
        ("service", "tcp 5432 → 5432"): Status.ACTION,
        ("service", "tcp 80, 443 → 8080"): Status.MANUAL,
    }


def test_resources_of_one_kind_have_names_of_their_own() -> None:
    plain = machine("a", services=(service(port(80, "http"), port(443)),))
    other = machine("b", services=(service(port(80, "http"), port(443, "http", "tls")),))
    ids = [r.id for r in judged(address(), machines=(plain, other)).resources]
    assert len(ids) == len(set(ids))
