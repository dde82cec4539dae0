from decimal import Decimal

import pytest

from flytui.checks.ipv4 import ipv4, needs_dedicated
from flytui.finding import Finding, Status
from flytui.fly.models import Address, App, Machine, Port, Service
from flytui.remedy import Command
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
)

WEB = (machine(services=(service(),)),)
GAME = (machine(services=(raw_service(25565),)),)
IDLE = (machine(),)
HIDDEN = (machine(host_status="unreachable", unreadable=True),)


def judged(
    *addresses: Address,
    machines: tuple[Machine, ...] = WEB,
    private: bool | None = None,
    of: App | None = None,
) -> Finding:
    return ipv4(of or app(), addresses, machines, preferences(private=private), ())


ROWS = [
    ("HTTP, dedicated", (address(), ipv6()), WEB, None, Status.OK),
    ("HTTP, dedicated and shared", (address(), shared_ipv4()), WEB, None, Status.OK),
    ("HTTP, shared", (shared_ipv4(), ipv6()), WEB, None, Status.ADVICE),
    ("HTTP, IPv6 only", (ipv6(),), WEB, None, Status.ADVICE),
    ("raw TCP, shared", (shared_ipv4(), ipv6()), GAME, None, Status.ACTION),
    ("raw TCP, dedicated", (address(),), GAME, None, Status.OK),
    ("private by its addresses", (flycast(),), WEB, None, Status.NOT_APPLICABLE),
    ("declared private, shared", (shared_ipv4(),), WEB, True, Status.NOT_APPLICABLE),
    ("declared private, dedicated", (address(),), WEB, True, Status.ADVICE),
    ("no address", (), WEB, None, Status.NOT_APPLICABLE),
    ("no services, dedicated", (address(),), IDLE, None, Status.ADVICE),
    ("no services, shared", (shared_ipv4(),), IDLE, None, Status.NOT_APPLICABLE),
    ("nothing readable, dedicated", (address(),), HIDDEN, None, Status.UNKNOWN),
    ("nothing readable, shared", (shared_ipv4(),), HIDDEN, None, Status.UNKNOWN),
]


@pytest.mark.parametrize(
    ("addresses", "machines", "private", "status"),
    [row[1:] for row in ROWS],
    ids=[r[0] for r in ROWS],
)
def test_services_and_addresses_decide(
    addresses: tuple[Address, ...],
    machines: tuple[Machine, ...],
    private: bool | None,
    status: Status,
) -> None:
    assert judged(*addresses, machines=machines, private=private).status is status


@pytest.mark.parametrize(
    ("needs", "wanted"),
    [
        (service(), False),
        (service(port(80, "http")), False),
        (service(port(443, "tls", "http")), False),
        (service(port(443, "tls")), True),
        (service(port(80)), True),
        (service(port(8443, "tls", "http")), False),
        (service(port(5432, "pg_tls")), True),
        (service(port(53), protocol="udp"), True),
        (service(Port(start_port=8000, end_port=8100)), True),
        (service(Port(start_port=80, end_port=80, handlers=("http",))), False),
    ],
)
def test_what_a_shared_address_does_not_carry(needs: Service, wanted: bool) -> None:
    assert needs_dedicated(needs) is wanted


def lines(found: Finding) -> list[str]:
    return [remedy.line for remedy in found.remedies if isinstance(remedy, Command)]


def test_a_dedicated_address_costs_two_dollars_and_fly_would_ask() -> None:
    (remedy,) = judged(shared_ipv4()).remedies
    assert isinstance(remedy, Command)
    assert remedy.line == "fly ips allocate-v4 -a storefront --yes"
    assert remedy.cost_per_month_usd == Decimal("2.00")


def test_an_app_without_ipv4_may_have_a_shared_one_for_nothing() -> None:
    assert lines(judged(ipv6())) == [
        "fly ips allocate-v4 --shared -a storefront",
        "fly ips allocate-v4 -a storefront --yes",
    ]


def test_a_wasted_address_can_be_released() -> None:
    found = judged(address(), machines=IDLE)
    assert found.summary == "1 dedicated IPv4 address for $2 a month on an app with no services."
    assert lines(found) == ["fly ips release 203.0.113.7 -a storefront"]


def test_a_shared_address_beside_a_dedicated_one_can_go_after_dns_moved() -> None:
    shared = judged(address(), shared_ipv4()).resources[1]
    assert shared.status is Status.OK
    assert [r.line for r in shared.remedies if isinstance(r, Command)] == [
        "fly ips release 198.51.100.9 -a storefront"
    ]
