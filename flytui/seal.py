"""The launch record: what stood where when somebody said yes, bound to a release. Pure."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from flytui.assessment import Assessment
from flytui.baseline import FormerApp
from flytui.finding import Status
from flytui.fly.models import App, Machine
from flytui.report.json import document as report_document
from flytui.report.json import time
from flytui.report.report import Report
from flytui.review import basis, digest
from flytui.review_changes import changes

SCHEMA = 1
KIND = "launch record"


class _Part(BaseModel):
    # Strict, as the file is one that flytui wrote: nothing is turned into something else.
    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")


class SealedRelease(_Part):
    """Which release it was, and the images its Machines ran."""

    version: int | None
    status: str | None
    image: str | None
    digests: tuple[str, ...]
    """Of the images the Machines run; several when they differ."""


class SealedItem(_Part):
    """An item as it was sealed."""

    id: str
    title: str
    status: Status
    summary: str
    settled: bool
    evidence_digest: str
    basis: tuple[str, ...]
    """What the digest was taken of, so that a later look can say what changed."""


class Seal(_Part):
    """A launch record read back."""

    version: Literal[1] = Field(alias="schema")
    kind: Literal["launch record"]
    at: AwareDatetime
    by: str
    app: FormerApp
    release: SealedRelease
    items: tuple[SealedItem, ...]
    seal: str
    """The digest of all the rest."""


def release(app: App | None, machines: tuple[Machine, ...]) -> SealedRelease:
    """What is deployed now, as far as it could be seen."""
    current = app.current_release if app else None
    images = (m.image_ref.digest for m in machines if m.image_ref and m.counts)
    return SealedRelease(
        version=current.version if current else None,
        status=current.status if current else None,
        image=current.image_ref if current else None,
        digests=tuple(sorted({image for image in images if image})),
    )


def document(report: Report, deployed: SealedRelease, by: str) -> dict[str, Any]:
    """The record: the report, with the digest of each item's evidence, and one over all of it."""
    told = report_document(report)
    known = {each.item.id: each for each in report}
    items = [{**item, **_bound(known[item["id"]])} for item in told["items"]]
    record = {
        "schema": SCHEMA,
        "kind": KIND,
        "flytui": report.version,
        "at": time(report.at),
        "by": by,
        "app": told["app"],
        "release": deployed.model_dump(mode="json"),
        "checklist": {"follows": report.checklist.follows},
        "ready": told["ready"],
        "seen": told["seen"],
        "items": items,
    }
    return {**record, "seal": digest_of(record)}


def _bound(known: Assessment) -> dict[str, Any]:
    lines = basis(known.finding)
    return {
        "ruling": "waived" if known.standing and known.settled else known.finding.status.value,
        "evidence_digest": digest(lines),
        "basis": list(lines),
    }


def digest_of(record: dict[str, Any]) -> str:
    """The SHA-256 of the record without its seal, whatever its layout."""
    bare = {key: value for key, value in record.items() if key != "seal"}
    plain = json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(plain.encode("ascii")).hexdigest()


@dataclass(frozen=True, slots=True)
class Broken:
    """An item that is not as it was sealed."""

    id: str
    title: str
    differences: tuple[str, ...]
    """A phrase each."""
    unseen: bool = False
    """It could not be looked at now, so nobody can say."""


def verify(sealed: Seal, report: Report) -> tuple[Broken, ...]:
    """The items that are not as they were sealed, then those that are new."""
    now = {known.item.id: known for known in report}
    then = {item.id for item in sealed.items}
    found = [_broken(item, now.get(item.id)) for item in sealed.items]
    new = [
        Broken(known.item.id, known.item.title, ("was not on the checklist when it was sealed",))
        for known in report
        if known.item.id not in then
    ]
    return (*(each for each in found if each is not None), *new)


def _broken(then: SealedItem, now: Assessment | None) -> Broken | None:
    if now is None:
        return Broken(then.id, then.title, ("is no longer on the checklist",))
    unseen = now.finding.status is Status.UNKNOWN and then.status is not Status.UNKNOWN
    if unseen:
        return Broken(then.id, then.title, (now.finding.summary,), unseen=True)
    differences = changes(then.basis, basis(now.finding))
    if then.settled and not now.settled:
        differences = (*differences, "was settled, is open again")
    return Broken(then.id, then.title, differences) if differences else None
