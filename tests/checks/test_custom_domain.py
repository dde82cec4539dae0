import re
from typing import Any

import pytest

from flytui.checks.custom_domain import custom_domain
from flytui.finding import Finding, Status
from flytui.fly.models import Address, App, Certificate, CertificateSummary, Issued, Machine
from flytui.remedy import Command
from flytui.settings import Thresholds
from tests.checks.builders import (
    NOW,
    address,
    ahead,
    app,
    certificate,
    flycast,
    ipv6,
    machine,
    preferences,
    raw_service,
    service,
    summary,
    validation_error,
)

PUBLIC = (address(), ipv6())
WEB = (machine(services=(service(),)),)


def judged(
    *listed: CertificateSummary,
    details: tuple[Certificate, ...] = (),
    addresses: tuple[Address, ...] = PUBLIC,
    machines: tuple[Machine, ...] = WEB,
    private: bool | None = None,
    of: App | None = None,
) -> Finding:
    said = preferences(private=private, thresholds=Thresholds())
    return custom_domain(of or app(), listed, details, addresses, machines, NOW, said)


def of_one(listed: CertificateSummary | None = None, detail: Certificate | None = None) -> Finding:
    return judged(listed or summary(), details=(detail or certificate(),))


NO_RENEWAL: dict[str, Any] = {"acme_alpn_configured": False}
PENDING: dict[str, Any] = {"has_fly_certificate": False, "configured": False}
CUSTOM: dict[str, Any] = {"has_custom_certificate": True, "has_fly_certificate": False}

ROWS = [
    ("in force and renewing", summary(), certificate(days=60), Status.OK),
    ("21 days left", summary(), certificate(days=21), Status.OK),
    ("less than 21 days left", summary(), certificate(days=20.9), Status.ADVICE),
    ("less than 7 days left", summary(), certificate(days=6.9), Status.ACTION),
    ("ended", summary(), certificate(days=-1), Status.ACTION),
    ("imported, 31 days left", summary(**CUSTOM), certificate(days=31), Status.OK),
    ("imported, 29 days left", summary(**CUSTOM), certificate(days=29), Status.ADVICE),
    ("imported, 5 days left", summary(**CUSTOM), certificate(days=5), Status.ACTION),
    ("no renewal record", summary(**NO_RENEWAL), certificate(), Status.ADVICE),
    (
        "renewing by TXT",
        summary(**NO_RENEWAL, ownership_txt_configured=True),
        certificate(),
        Status.OK,
    ),
    (
        "renewing by _acme-challenge",
        summary(**NO_RENEWAL, acme_dns_configured=True),
        certificate(),
        Status.OK,
    ),
    ("imported needs no renewal record", summary(**CUSTOM, **NO_RENEWAL), certificate(), Status.OK),
    ("DNS leads elsewhere", summary(configured=False), certificate(), Status.ADVICE),
    (
        "validation fails",
        summary(),
        certificate(validation_errors=(validation_error(),)),
        Status.ADVICE,
    ),
    ("rate limited", summary(), certificate(rate_limited_until=ahead(hours=1)), Status.ADVICE),
    ("no longer limited", summary(), certificate(rate_limited_until=ahead(hours=-1)), Status.OK),
    ("pending", summary(status="pending_validation"), certificate(), Status.ADVICE),
    ("expiry unseen", summary(), certificate(issued=()), Status.UNKNOWN),
    ("none but a former one on record", summary(**PENDING), certificate(), Status.ACTION),
    ("none yet", summary(**PENDING), certificate(issued=()), Status.ACTION),
]


@pytest.mark.parametrize(
    ("listed", "detail", "status"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_one_hostname(listed: CertificateSummary, detail: Certificate, status: Status) -> None:
    assert of_one(listed, detail).status is status


def test_a_hostname_without_details_is_not_taken_for_well() -> None:
    found = judged(summary(), details=())
    assert found.status is Status.UNKNOWN
    assert found.unseen


def test_a_hostname_still_waiting_is_advice_beside_one_that_works() -> None:
    waiting = summary("www.example.com", **PENDING)
    details = (certificate(), certificate("www.example.com", issued=()))
    found = judged(summary(), waiting, details=details)
    assert found.status is Status.ADVICE
    assert {r.id: r.status for r in found.resources} == {
        "shop.example.com": Status.OK,
        "www.example.com": Status.ADVICE,
    }


def test_the_newest_certificate_of_each_key_type_counts() -> None:
    issued = (
        Issued(type="rsa", expires_at=ahead(days=3)),
        Issued(type="rsa", expires_at=ahead(days=80)),
        Issued(type="ecdsa", expires_at=ahead(days=15)),
    )
    found = of_one(detail=certificate(issued=issued))
    assert found.summary == "The certificate of shop.example.com expires in 15 days."


NOT_PUBLIC = [
    ("no services", PUBLIC, (machine(),), None),
    ("raw TCP only", PUBLIC, (machine(services=(raw_service(25565),)),), None),
    ("Flycast only", (flycast(),), WEB, None),
    ("declared private", PUBLIC, WEB, True),
]


@pytest.mark.parametrize(
    ("addresses", "machines", "private"),
    [row[1:] for row in NOT_PUBLIC],
    ids=[row[0] for row in NOT_PUBLIC],
)
def test_without_a_public_http_service_there_is_nothing_to_name(
    addresses: tuple[Address, ...], machines: tuple[Machine, ...], private: bool | None
) -> None:
    found = judged(addresses=addresses, machines=machines, private=private)
    assert found.status is Status.NOT_APPLICABLE


def test_a_hidden_machine_may_serve_http() -> None:
    hidden = machine(host_status="unreachable", unreadable=True)
    assert judged(machines=(hidden,)).status is Status.UNKNOWN


def test_hostnames_of_an_app_without_public_address_lead_nowhere() -> None:
    found = judged(summary(), details=(certificate(),), addresses=(flycast(),))
    assert found.summary == "1 hostname leads nowhere: the app has no public address."
    assert found.status is Status.ADVICE


def test_fly_dev_is_no_hostname_of_ones_own() -> None:
    found = judged(summary("storefront.fly.dev"))
    assert found.status is Status.ADVICE
    assert not found.resources


def test_a_hostname_is_asked_for_and_cannot_be_a_flag_or_an_address() -> None:
    (remedy,) = judged().remedies
    assert isinstance(remedy, Command)
    assert remedy.fill({"hostname": "www.example.com"}).line == (
        "fly certs add www.example.com -a storefront"
    )
    for wrong in ("", "-a", "localhost", "http://example.com", "a b.example.com"):
        with pytest.raises(ValueError, match="will not do"):
            remedy.fill({"hostname": wrong})


def records(found: Finding) -> list[str]:
    labels = {"DNS record to set", "or in their place"}
    return [e.value for r in found.resources for e in r.evidence if e.label in labels]


def test_the_exact_records_to_set_are_shown() -> None:
    listed = summary(**PENDING, **NO_RENEWAL)
    found = of_one(listed, certificate(issued=()))
    assert records(found) == [
        "shop.example.com A 203.0.113.7",
        "shop.example.com AAAA 2001:db8::1",
        "shop.example.com CNAME abcdef.storefront.fly.dev",
        "_acme-challenge.shop.example.com CNAME shop.example.com.abcdef.flydns.net",
    ]


def test_an_apex_is_never_told_to_be_a_cname() -> None:
    found = judged(summary("example.com", configured=False), details=(certificate("example.com"),))
    assert records(found) == ["example.com A 203.0.113.7", "example.com AAAA 2001:db8::1"]


def test_a_hostname_that_is_well_has_no_record_to_set() -> None:
    assert records(of_one()) == []


def resource_lines(found: Finding) -> list[str]:
    commands = (m for r in found.resources for m in r.remedies if isinstance(m, Command))
    return [command.line for command in commands]


def test_without_an_ipv6_address_one_is_allocated_before_looking_again() -> None:
    found = judged(summary(**NO_RENEWAL), details=(certificate(),), addresses=(address(),))
    assert resource_lines(found) == [
        "fly ips allocate-v6 -a storefront",
        "fly certs check shop.example.com -a storefront",
    ]


def test_a_private_app_is_not_given_another_public_address() -> None:
    found = judged(
        summary(**NO_RENEWAL), details=(certificate(),), addresses=(address(),), private=True
    )
    assert resource_lines(found) == ["fly certs check shop.example.com -a storefront"]


def test_the_item_offers_what_its_hostnames_in_trouble_need() -> None:
    details = (certificate(days=3), certificate("www.example.com"))
    found = judged(summary(), summary("www.example.com"), details=details)
    lines = [r.line for r in found.remedies if isinstance(r, Command)]
    assert lines == ["fly certs check shop.example.com -a storefront"]


@pytest.mark.parametrize(
    ("hostname", "twin"), [("example.com", "www.example.com"), ("www.example.com", "example.com")]
)
def test_an_apex_and_its_www_are_offered_together(hostname: str, twin: str) -> None:
    found = judged(summary(hostname), details=(certificate(hostname),))
    assert found.status is Status.OK
    assert resource_lines(found) == [f"fly certs add {twin} -a storefront"]


def test_days_left_do_not_make_a_review_stale() -> None:
    moving = [e for r in of_one().resources for e in r.evidence if e.moves]
    assert [e.label for e in moving] == ["ends"]


def test_summaries_are_one_sentence() -> None:
    for _, listed, detail, _ in ROWS:
        assert re.fullmatch(r"[^\n]+[^.]\.", of_one(listed, detail).summary)
