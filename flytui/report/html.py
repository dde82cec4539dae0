"""The report as one HTML page that needs nothing else: to be read, printed and kept."""

from collections.abc import Iterator
from importlib.resources import files
from xml.etree.ElementTree import Element, SubElement, tostring

from flytui.assessment import Assessment
from flytui.checklist import Section
from flytui.finding import Evidence, Status
from flytui.gate import Ruling
from flytui.remedy import Command, Edit, Link, Remedy
from flytui.report.report import Report
from flytui.report.verdict import verdict
from flytui.report.words import (
    MANY,
    WORDS,
    amiss,
    close,
    consequence,
    excused,
    inert,
    moment,
    numbers,
    outage_lines,
    owner,
    remedies,
    reviewed,
    said,
    to_see,
    told,
    typed,
)

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Should anything from outside ever become markup, a browser still loads and runs nothing."""


def render(report: Report) -> str:
    page = Element("html", lang="en")
    _head(page, report)
    body = SubElement(page, "body")
    _title(body, report)
    _summary(body, report)
    for section, items in report.sections():
        _section(body, report, section, items)
    _say(body, "footer", f"flytui {report.version}, {moment(report.at)}")
    told_ = f"<!DOCTYPE html>\n{tostring(page, encoding='unicode', method='html')}\n"
    return "\n".join(map(inert, told_.split("\n")))


def _say(parent: Element, tag: str, text: str, style: str = "") -> Element:
    element = SubElement(parent, tag, {"class": style} if style else {})
    element.text = text
    return element


def _head(page: Element, report: Report) -> None:
    head = SubElement(page, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY})
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "meta", {"name": "color-scheme", "content": "light dark"})
    _say(head, "title", f"{said(report.identity.app, 100)}: going to production")
    _say(head, "style", files("flytui.report").joinpath("page.css").read_text(encoding="utf-8"))


def _title(body: Element, report: Report) -> None:
    header = SubElement(body, "header")
    marker = " · production" if report.identity.production else ""
    _say(header, "p", f"{owner(report)}{marker}", "owner")
    _say(header, "h1", said(report.identity.app, 200))
    _say(header, "p", f"Going to production · {moment(report.at)}", "when")
    _say(header, "p", numbers(report), "numbers")


def _summary(body: Element, report: Report) -> None:
    judged = report.judgement
    box = SubElement(body, "section", {"class": f"outcome code-{int(judged.code)}"})
    _say(box, "p", verdict(report), "verdict")
    if report.outage is not None:
        for line in outage_lines(report.outage):
            _say(box, "p", line)
    _say(box, "p", close(report))


def _section(
    body: Element, report: Report, section: Section, items: tuple[Assessment, ...]
) -> None:
    box = SubElement(body, "section")
    _say(box, "h2", said(section.title))
    for known in items:
        _item(box, report, known)


def _item(box: Element, report: Report, known: Assessment) -> None:
    finding = known.finding
    item = SubElement(box, "details", {"class": f"item {finding.status.value}"})
    if known.open and not report.told_above(known):
        item.set("open", "")
    line = SubElement(item, "summary")
    glyph, word = WORDS[finding.status]
    _say(line, "span", f"{glyph} {word}", "status")
    if _waived(report, known):
        _say(line, "span", "Waived", "waived")
    _say(line, "span", said(known.item.title), "title")
    _say(item, "p", said(finding.summary), "found")
    for sentence in filter(None, [_review(report, known), *to_see(known)]):
        _say(item, "p", sentence)
    _resources(item, known)
    if known.open:
        _remedies(item, remedies(known)[:MANY])
    _evidence(item, finding.evidence)
    _links(item, known)


def _waived(report: Report, known: Assessment) -> bool:
    ruling = report.judgement.rulings[known.item.id]
    return ruling in {Ruling.REVIEWED, Ruling.KNOWN} and known.finding.status is not Status.MANUAL


def _review(report: Report, known: Assessment) -> str:
    return excused(known, report) or reviewed(known)


def _resources(item: Element, known: Assessment) -> None:
    several = amiss(known)
    if not several:
        return
    rows = SubElement(item, "ul", {"class": "resources"})
    for resource in several[:MANY]:
        _say(rows, "li", told(resource), resource.status.value)
    if len(several) > MANY:
        _say(rows, "li", f"… and {len(several) - MANY} more like these.")


def _remedies(item: Element, offered: tuple[Remedy, ...]) -> None:
    for remedy in offered:
        block = SubElement(item, "div", {"class": "remedy"})
        match remedy:
            case Command():
                _say(
                    block, "p", f"{said(remedy.title)}: {said(remedy.why)} ({consequence(remedy)})"
                )
                _say(block, "code", typed(remedy))
            case Edit():
                _say(block, "p", f"{said(remedy.title)} in {said(remedy.path)}: {said(remedy.why)}")
                _say(block, "code", "\n".join(map(said, remedy.snippet.splitlines()[:100])))
            case Link():
                paragraph = SubElement(block, "p")
                _link(paragraph, said(remedy.title), remedy.url)


def _evidence(item: Element, seen: tuple[Evidence, ...]) -> None:
    if not seen:
        return
    table = SubElement(item, "table")
    head = SubElement(SubElement(table, "thead"), "tr")
    for title in ("Evidence", "Value", "Source", "Seen at"):
        _say(head, "th", title)
    rows = SubElement(table, "tbody")
    for each in seen[: MANY * 4]:
        row = SubElement(rows, "tr")
        for cell in _cells(each):
            _say(row, "td", cell)


def _cells(seen: Evidence) -> Iterator[str]:
    yield from (said(seen.label), said(seen.value), said(seen.source))
    yield moment(seen.at) if seen.at else ""


def _links(item: Element, known: Assessment) -> None:
    paragraph = SubElement(item, "p", {"class": "links"})
    for link in known.item.links:
        _link(paragraph, said(link.title), link.url)


def _link(parent: Element, title: str, url: str) -> None:
    """A link only to the web; any other address is shown as text."""
    address = said(url, 2_000)
    if address.startswith(("https://", "http://")):
        link = SubElement(parent, "a", href=address, rel="noopener noreferrer")
        link.text = title
    else:
        _say(parent, "span", f"{title}: {address}")
