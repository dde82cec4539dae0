import pytest

from flytui.checks.flycast import flycast as check_flycast
from flytui.finding import Finding, Status
from flytui.fly.models import Address, App, Machine
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
)

FORCED = service()
TLS_ONLY = service(port(443, "http", "tls"))
PLAIN = service(port(80, "http"))
REDIS = raw_service(6379)


def judged(
    *addresses: Address,
    machines: tuple[Machine, ...] = (machine(services=(PLAIN,)),),
    private: bool | None = None,
    of: App | None = None,
) -> Finding:
    return check_flycast(of or app(), addresses, machines, preferences(private=private), ())


def serving(*services: object) -> tuple[Machine, ...]:
    return (machine(services=services),)  # type: ignore[arg-type]  # services, told by the table


ROWS = [
    ("private, plain HTTP", (flycast(),), serving(PLAIN), None, Status.OK),
    ("private, raw TCP", (flycast(),), serving(REDIS), True, Status.OK),
    ("every service insists on TLS", (flycast(),), serving(FORCED), None, Status.ACTION),
    ("only TLS on 443", (flycast(),), serving(TLS_ONLY), None, Status.ACTION),
    ("one of two insists on TLS", (flycast(),), serving(PLAIN, TLS_ONLY), None, Status.ADVICE),
    ("still public", (flycast(), ipv6()), serving(PLAIN), None, Status.ADVICE),
    ("still public, declared private", (flycast(), ipv6()), serving(PLAIN), True, Status.ADVICE),
    ("public as declared", (flycast(), ipv6()), serving(PLAIN), False, Status.NOT_APPLICABLE),
    ("declared private, public, no Flycast", (ipv6(),), serving(PLAIN), True, Status.ACTION),
    ("a public app", (address(),), serving(FORCED), None, Status.NOT_APPLICABLE),
    ("no address at all", (), serving(PLAIN), None, Status.ADVICE),
    ("no services", (), serving(), None, Status.NOT_APPLICABLE),
    ("no services but addresses", (address(),), serving(), None, Status.NOT_APPLICABLE),
]


@pytest.mark.parametrize(
    ("addresses", "machines", "private", "status"),
    [row[1:] for row in ROWS],
    ids=[r[0] for r in ROWS],
)
def test_services_addresses_and_declaration_decide(
    addresses: tuple[Address, ...],
    machines: tuple[Machine, ...],
    private: bool | None,
    status: Status,
) -> None:
    assert judged(*addresses, machines=machines, private=private).status is status


@pytest.mark.parametrize("services", [(), (PLAIN,)])
def test_a_machine_whose_host_does_not_answer_is_never_green(services: tuple[object, ...]) -> None:
    hidden = machine("gone", host_status="unreachable", unreadable=True)
    found = judged(flycast(), machines=(*serving(*services), hidden))
    assert found.status is Status.UNKNOWN


def test_fly_postgres_answers_on_the_private_network_without_flycast() -> None:
    found = judged(of=app(role="postgres_cluster"), machines=serving(raw_service(5432, "pg_tls")))
    assert found.status is Status.NOT_APPLICABLE


def test_a_private_app_gets_its_flycast_address_first_and_free() -> None:
    found = judged(ipv6(), private=True)
    first, second = (r for r in found.remedies if isinstance(r, Command))
    assert first.line == "fly ips allocate-v6 --private -a storefront"
    assert first.cost_per_month_usd == 0
    assert second.line == "fly ips release 2001:db8::1 -a storefront"


def test_a_redirect_to_https_is_taken_out_of_fly_toml() -> None:
    (remedy,) = judged(flycast(), machines=serving(FORCED)).remedies
    assert isinstance(remedy, Edit)
    assert "force_https = false" in remedy.snippet
    assert remedy.note == "then fly deploy -a storefront"


def test_a_flycast_address_in_a_foreign_network_says_who_reaches_it() -> None:
    foreign = flycast(network="default", network_organization="partner")
    (resource,) = judged(foreign).resources
    assert resource.summary == "It is in network default of partner only."
