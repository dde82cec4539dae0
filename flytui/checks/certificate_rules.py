"""How one hostname stands: validated or not, certified until when, renewing or not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flytui.checks.words import count
from flytui.facts import network as facts_network
from flytui.finding import Evidence, Status, evidence
from flytui.fly.models import Certificate, CertificateSummary
from flytui.settings import Thresholds


@dataclass(frozen=True, slots=True)
class Hostname:
    """A hostname of the app with the verdict on its certificate."""

    name: str
    status: Status
    summary: str
    evidence: tuple[Evidence, ...]
    listed: CertificateSummary
    detail: Certificate | None
    expires: datetime | None
    """When the first of its current certificates ends; None when not known."""
    in_force: bool
    """Whether it has a certificate that is seen not to have ended."""

    @property
    def words(self) -> str:
        """`active, renews through AAAA record`: what stays put while the days pass."""
        imported = ", imported certificate" if self.listed.has_custom_certificate else ""
        found = renewal(self.listed)
        renews = f"renews through {found}" if found else "no DNS record found that renews it"
        return f"{self.listed.status}, {renews}{imported}"

    @property
    def expiry_unseen(self) -> bool:
        """Whether there is a certificate of which nobody said when it ends."""
        return self.expires is None and _issued(self.listed)

    @property
    def renews(self) -> bool:
        """Whether one of the three records that renewal needs is in place."""
        return renewal(self.listed) is not None

    @property
    def twin(self) -> str | None:
        """The name people also type: with or without www. None for other subdomains."""
        if self.name.startswith("*."):
            return None
        if self.name.startswith("www."):
            return self.name.removeprefix("www.")
        apex = self.detail.is_apex if self.detail else self.name.count(".") == 1
        return f"www.{self.name}" if apex else None


def judge(
    listed: CertificateSummary, detail: Certificate | None, now: datetime, limits: Thresholds
) -> Hostname:
    """The first rule that speaks decides; without one the hostname is well."""
    expires = _expires(detail)
    left = (expires - now).total_seconds() / 86400 if expires else None
    status, summary = next(_rules(listed, detail, left, now, limits))
    return Hostname(
        listed.hostname,
        status,
        summary,
        _evidence(listed, detail, expires),
        listed,
        detail,
        expires,
        in_force=_issued(listed) and left is not None and left > 0,
    )


def renewal(listed: CertificateSummary) -> str | None:
    """Through which record Fly.io can validate the name again."""
    if listed.acme_alpn_configured:
        return "AAAA record"
    if listed.acme_dns_configured:
        return "_acme-challenge CNAME"
    if listed.ownership_txt_configured:
        return "_fly-ownership TXT"
    return None


def _rules(
    listed: CertificateSummary,
    detail: Certificate | None,
    left: float | None,
    now: datetime,
    limits: Thresholds,
) -> Iterator[tuple[Status, str]]:
    if left is not None and _issued(listed):
        yield from _ending(listed, left, limits)
    yield from _troubled(listed, detail, now)
    if left is None:
        yield Status.UNKNOWN, f"Nobody says when the certificate of {listed.hostname} expires."
    if not listed.has_custom_certificate and renewal(listed) is None:
        yield Status.ADVICE, f"{listed.hostname} has none of the 3 records that renewal needs."
    yield Status.OK, f"{listed.hostname} has a certificate for another {_days(left)}."


def _ending(
    listed: CertificateSummary, left: float, limits: Thresholds
) -> Iterator[tuple[Status, str]]:
    custom = listed.has_custom_certificate
    advice = limits.custom_certificate_advice_days if custom else limits.certificate_advice_days
    renews = "" if not custom else "; it was imported, so it does not renew by itself"
    if left <= 0:
        yield Status.ACTION, f"The certificate of {listed.hostname} has expired."
    elif left < limits.certificate_action_days:
        yield (
            Status.ACTION,
            f"The certificate of {listed.hostname} expires in {_days(left)}{renews}.",
        )
    elif left < advice:
        yield (
            Status.ADVICE,
            f"The certificate of {listed.hostname} expires in {_days(left)}{renews}.",
        )


def _troubled(
    listed: CertificateSummary, detail: Certificate | None, now: datetime
) -> Iterator[tuple[Status, str]]:
    """What stands between the hostname and its next certificate, worded for a person."""
    name = listed.hostname
    if detail and detail.rate_limited_until and detail.rate_limited_until > now:
        until = f"{detail.rate_limited_until:%Y-%m-%d %H:%M} UTC"
        yield Status.ADVICE, f"No certificate for {name} can be asked for before {until}."
    if detail and detail.validation_errors:
        error = detail.validation_errors[0].message.rstrip(".")
        yield Status.ADVICE, f"Fly.io cannot validate {name}: {error}."
    if not _issued(listed) or listed.status.startswith("pending"):
        yield Status.ADVICE, f"{name} is still waiting for its certificate."
    if not listed.configured:
        yield Status.ADVICE, f"The DNS records of {name} do not lead to the app."


def _issued(listed: CertificateSummary) -> bool:
    return listed.has_fly_certificate or listed.has_custom_certificate


def _expires(detail: Certificate | None) -> datetime | None:
    """The newest certificate of each key type counts; the first of these to end decides."""
    newest: dict[str, datetime] = {}
    for issued in detail.issued if detail else ():
        newest[issued.type] = max(newest.get(issued.type, issued.expires_at), issued.expires_at)
    return min(newest.values(), default=None)


def _evidence(
    listed: CertificateSummary, detail: Certificate | None, expires: datetime | None
) -> tuple[Evidence, ...]:
    source, more = facts_network.certificates, facts_network.certificate_details
    seen = [
        evidence("status", listed.status, source),
        evidence("DNS leads to the app", "yes" if listed.configured else "no", source),
        evidence("renews through", renewal(listed) or "no DNS record found", source),
    ]
    if expires:
        seen.append(evidence("ends", f"{expires:%Y-%m-%d}", more, moves=True))
    for error in detail.validation_errors if detail else ():
        words = " ".join(filter(None, (error.message, error.remediation)))
        seen.append(evidence(error.error_code or "validation", words, more))
    return tuple(seen)


def _days(left: float | None) -> str:
    return count(int(left or 0), "day")
