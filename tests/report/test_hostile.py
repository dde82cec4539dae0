"""Whatever Fly.io, a checkout or a reviewer says: no form of the report obeys it."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree.ElementTree import fromstring

import pytest

from flytui.finding import Status
from flytui.remedy import Edit, Link
from flytui.report import Report
from flytui.report.forms import FORMS, render
from flytui.review import Decision, Review, Standing
from tests.report.builders import NOW, address, assessment, command, finding, report

HOSTILE = {
    "ansi": "\x1b[2J\x1b]0;title\x07\x9b31mred",
    "set-output": "\n::set-output name=x::y\n::error::z",
    "vso": "##vso[task.setvariable variable=x]y ##[error]z",
    "cdata": "]]></failure><![CDATA[<testcase/>",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "comment": "--><style>*{display:none}</style><!--",
    "attribute": '"><a href="javascript:alert(1)">x</a> \' onclick=x',
    "table": "a | b |\n|---|\n| c",
    "backticks": "```\n# head\n`````` `x` $(rm -rf ~)",
    "mention": "@octocat and @acme/team, me@example.com, see #12, GH-12, acme/x#3",
    "link": "[click](https://evil.example) ![x](https://evil.example/p.png) https://evil.example",
    "percent": "100%0A::error::x%25",
    "bidi": "\u202eabc\u2066def\u061c\u200b\ufeff",
    "surrogate": "half \ud83d of \udc00 \ufffe \uffff \x00",
    "lines": "one\u2028two\u2029three\x85four\rfive\x0bsix",
    "long": "x" * 10_000,
    "long-markup": "<|`@" * 2_500,
}
CONTROL = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def hostile(text: str) -> Report:
    """A report that holds the text wherever text from outside may stand."""
    edit = Edit(text, text, text, text)
    link = Link(text, text, text)
    run = replace(command("ips", "release", text), title=text, why=text)
    resource = replace(address(run, edit), kind=text, id=text, summary=text)
    found = finding(Status.ACTION, text, resource, remedies=(run, edit, link))
    found = replace(
        found, evidence=tuple(replace(e, label=text, value=text) for e in found.evidence)
    )
    review = Review("secrets", Decision.REVIEWED, text, text, NOW, None, ())
    stale = replace(
        assessment("secrets", found), review=review, standing=Standing.STALE, changed=(text,)
    )
    known = assessment("exposure", found)
    known = replace(known, item=replace(known.item, title=text, look_at=(text,)))
    unseen = assessment("custom-domain", replace(found, status=Status.ACTION))
    return report(known, stale, unseen, app=text or "x")


@pytest.fixture(params=list(HOSTILE.values()), ids=list(HOSTILE))
def text(request: pytest.FixtureRequest) -> str:
    told: str = request.param
    return told


@pytest.mark.parametrize("form", FORMS)
def test_no_form_carries_control_characters_or_commands(form: str, text: str) -> None:
    told = render(form, hostile(text))
    told.encode("utf-8")
    assert not CONTROL.search(told)
    lines = told.split("\n")
    ours = r"::(error|warning|notice) (file=[^,:]*,)?title=[^,:]*::" if form == "github" else "$^"
    assert not [n for n in lines if n.lstrip().startswith("::") and not re.match(ours, n)]
    assert not re.search(r"##\w*\[", told)


def test_an_annotation_is_one_line_and_holds_no_other(text: str) -> None:
    lines = render("github", hostile(text)).removesuffix("\n").split("\n")
    assert len(lines) == 4
    assert all(line.startswith(("::error ", "::notice ")) for line in lines)
    assert not any(re.search(r"%(?!25|0A|0D|3A|2C)", line) for line in lines)


def test_the_documents_can_be_read(text: str) -> None:
    told = hostile(text)
    assert len(list(fromstring(render("junit", told)).iter("testcase"))) == 3
    assert len(json.loads(render("sarif", told))["runs"][0]["results"]) == 3
    assert len(json.loads(render("json", told))["items"]) == 3


class Page(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def tags(self) -> set[str]:
        return {tag for tag, _ in self.seen}

    def attributes(self) -> Iterator[tuple[str, str]]:
        for _, attributes in self.seen:
            yield from ((name, value or "") for name, value in attributes.items())


def test_a_page_loads_and_runs_nothing_and_links_to_the_web_alone(text: str) -> None:
    page = Page(render("html", hostile(text)))
    allowed = {"html", "head", "meta", "title", "style", "body", "header", "section", "p", "h1"}
    allowed |= {"h2", "details", "summary", "span", "ul", "li", "div", "code", "table", "thead"}
    assert page.tags() <= {*allowed, "tr", "th", "tbody", "td", "a", "footer"}
    for name, value in page.attributes():
        assert not name.startswith("on")
        assert name not in {"src", "srcset", "style", "action"}
        assert name != "href" or value.startswith(("https://", "http://"))


def unfenced(markdown: str) -> str:
    """The Markdown in it: no blocks of code, whose fences must close, and no line of HTML."""
    out, fence = [], ""
    for line in markdown.split("\n"):
        opening = re.match(r"(`{3,})sh$", line)
        if fence:
            fence = "" if line == fence else fence
        elif opening:
            fence = opening[1]
        elif not line.startswith("<details>"):
            out.append(line)
    assert not fence
    return "\n".join(out)


def test_a_comment_mentions_nobody_links_nowhere_and_keeps_its_table(text: str) -> None:
    told = render("markdown", hostile(text))
    assert len(told.encode()) < 60_000
    bare = unfenced(told)
    assert not re.search(
        r"@\w|(?<!\\)`|://(?!\u200b)|www\.\w|[gG][hH]-\d", bare.replace("@\u200b", "")
    )
    assert set(re.findall(r"</?(\w+)", unfenced(told.replace("<details>", "")))) <= {
        "details",
        "summary",
    }
    assert not re.search(r"(?<!\\)(?:\\\\)*\]\(", bare)
    rows = [line for line in bare.split("\n") if line.startswith("| ")]
    assert len(rows) == 4
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {4}


def test_the_text_of_a_terminal_keeps_one_line_for_one_thing(text: str) -> None:
    plain_, told = render("text", hostile("x")), render("text", hostile(text))
    assert told.count("\n") == plain_.count("\n")
