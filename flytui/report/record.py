"""The launch record for people, as Markdown; and what a later look says of it."""

import json
from collections.abc import Iterator
from typing import Any

from flytui.assessment import Assessment
from flytui.finding import Status
from flytui.report.json import inert as inert_json
from flytui.report.markdown import plain
from flytui.report.report import Report
from flytui.report.words import MANY, WORDS, close, inert, moment, numbers, owner, reviewed, said
from flytui.seal import Broken, Seal, SealedRelease


def as_json(record: dict[str, Any]) -> str:
    return inert_json(json.dumps(record, indent=2, ensure_ascii=True)) + "\n"


def as_markdown(report: Report, deployed: SealedRelease, record: dict[str, Any]) -> str:
    """The record in the order of the checklist: verdicts, decisions, digests."""
    return "".join(f"{inert(line)}\n" for line in _lines(report, deployed, record))


def _lines(report: Report, deployed: SealedRelease, record: dict[str, Any]) -> Iterator[str]:
    digests = {item["id"]: item["evidence_digest"] for item in record["items"]}
    yield f"# Launch record of {plain(report.identity.app, 100)}"
    yield ""
    yield from _facts(report, deployed, record)
    for section, items in report.sections():
        yield from ("", f"## {plain(section.title, 200)}", "")
        yield "| Item | Verdict | What was found | Evidence |"
        yield "|---|---|---|---|"
        yield from (_row(known, digests[known.item.id]) for known in items)
    yield from _decisions(report)
    yield from ("", f"Seal (SHA-256 of the JSON record): `{record['seal']}`")
    yield from ("", "The seal shows changes made by accident. It is no signature: keep both files")
    yield "where nobody can rewrite them unseen, such as in git."


def _facts(report: Report, deployed: SealedRelease, record: dict[str, Any]) -> Iterator[str]:
    yield f"- App: {plain(report.identity.app, 100)} ({plain(owner(report))})"
    yield f"- Release: {_version(deployed.version)}"
    yield f"- Image: {plain(deployed.image or 'unknown')}"
    yield f"- Image digest: {plain(', '.join(deployed.digests) or 'unknown', 2_000)}"
    yield f"- Sealed: {moment(report.at)} by {plain(str(record['by']), 200)}"
    yield f"- Checklist: Fly.io's text of {report.checklist.follows}; flytui {report.version}"
    yield f"- Result: {numbers(report)}. {close(report)}"


def _row(known: Assessment, digest: str) -> str:
    glyph, word = WORDS[known.finding.status]
    waived = " (decided)" if known.review is not None and known.settled else ""
    cells = (
        plain(known.item.title, 200),
        f"{plain(glyph)} {word}{waived}",
        plain(known.finding.summary, 300),
        f"`{digest[:12]}`",
    )
    return f"| {' | '.join(cells)} |"


def _decisions(report: Report) -> Iterator[str]:
    decided = [known for known in report if known.review is not None]
    yield from ("", "## Reviews and waivers", "")
    if not decided:
        yield "None."
    for known in decided:
        yield f"- **{plain(known.item.title, 200)}**: {plain(reviewed(known), 1_000)}"


def _version(version: int | None) -> str:
    return "none known" if version is None else f"v{version}"


def verdict(sealed: Seal, deployed: SealedRelease, broken: tuple[Broken, ...]) -> str:
    """`sealed at v41, now v43: 3 items changed`, then each item with what changed."""
    lines = [_headline(sealed, deployed, broken)]
    if images := _images(sealed.release, deployed):
        lines.append(images)
    lines += [line for each in broken for line in _told(each)]
    return "".join(f"{inert(line)}\n" for line in lines)


def _headline(sealed: Seal, deployed: SealedRelease, broken: tuple[Broken, ...]) -> str:
    changed = sum(not each.unseen for each in broken)
    unseen = len(broken) - changed
    number = {0: "nothing", 1: "1 item"}.get(changed, f"{changed} items")
    hidden = f", {unseen} could not be seen" if unseen else ""
    now = _version(deployed.version)
    same = sealed.release.version == deployed.version
    releases = f"sealed at {_version(sealed.release.version)}, {'still' if same else 'now'} {now}"
    return f"{said(sealed.app.name)}: {releases}: {number} changed{hidden}"


def _images(then: SealedRelease, now: SealedRelease) -> str:
    before, after = then.digests or (then.image,), now.digests or (now.image,)
    if before == after:
        return ""
    return f"The image is another: {_named(after)}, was {_named(before)}."


def _named(images: tuple[str | None, ...]) -> str:
    return ", ".join(said(image or "unknown", 200) for image in images)


def _told(broken: Broken) -> Iterator[str]:
    glyph, _ = WORDS[Status.UNKNOWN if broken.unseen else Status.ACTION]
    yield ""
    yield f"{glyph} {said(broken.title)}" + (" could not be seen" if broken.unseen else "")
    yield from (f"    {said(words, 300)}" for words in broken.differences[:MANY])
    if len(broken.differences) > MANY:
        yield f"    … and {len(broken.differences) - MANY} more differences."
