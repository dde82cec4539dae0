"""The report as JUnit XML, for what shows test results. Only what is in order passes."""

from datetime import UTC
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from flytui.assessment import Assessment
from flytui.checklist import Section
from flytui.finding import Status
from flytui.gate import Ruling
from flytui.report.report import Report
from flytui.report.words import WORDS, details, excused, inert, said

_NO_TIME = "0"
"""Items are looked at together; none has a time of its own."""


def render(report: Report) -> str:
    """A test suite for each section, a test case for each item."""
    root = Element("testsuites")
    for number, (section, items) in enumerate(report.sections()):
        _suite(root, report, number, section, items)
    indent(root)
    told = f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'
    return "\n".join(map(inert, told.split("\n")))


def _suite(
    root: Element, report: Report, number: int, section: Section, items: tuple[Assessment, ...]
) -> None:
    app = said(report.identity.app, 200)
    suite = SubElement(
        root,
        "testsuite",
        name=said(section.title),
        package=f"flytui.{app}",
        id=str(number),
        hostname=app,
        timestamp=f"{report.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
        time=_NO_TIME,
    )
    _properties(suite, report)
    for known in items:
        _case(suite, report, known)
    SubElement(suite, "system-out")
    SubElement(suite, "system-err")
    found = [case.tag for case in suite.findall("testcase/*")]
    suite.set("tests", str(len(items)))
    suite.set("failures", str(found.count("failure")))
    suite.set("errors", str(found.count("error")))
    suite.set("skipped", str(found.count("skipped")))


def _properties(suite: Element, report: Report) -> None:
    properties = SubElement(suite, "properties")
    tally = report.tally
    for name, value in (
        ("flytui", report.version),
        ("ready", f"{tally.settled}/{tally.applicable}"),
        ("seen", f"{tally.observed}/{tally.observable}"),
    ):
        SubElement(properties, "property", name=name, value=value)


def _case(suite: Element, report: Report, known: Assessment) -> None:
    case = SubElement(
        suite,
        "testcase",
        name=said(known.item.title),
        classname=f"{known.item.section}.{known.item.id}",
        time=_NO_TIME,
    )
    finding = known.finding
    match report.judgement.rulings[known.item.id]:
        case Ruling.PASSED:
            return
        case Ruling.FAILED:
            tag = "error" if finding.status is Status.UNKNOWN else "failure"
            told_ = SubElement(case, tag, message=said(finding.summary), type=finding.status.value)
        case _:
            excuse = excused(known, report)
            words = f"{WORDS[finding.status][1]}: {said(finding.summary)} {excuse}".rstrip()
            told_ = SubElement(case, "skipped", message=words)
    told_.text = "\n".join(details(report, known))
