"""Text from outside is shown literally, and carries nothing to the terminal."""

import re
from dataclasses import replace

import pytest

from flytui.assessment import Identity
from flytui.checklist import Checklist, load
from flytui.finding import Evidence, Finding, Resource, Status, Unseen, unknown
from flytui.review import Decision
from flytui.settings.error import Named
from flytui.trouble import Trouble
from flytui.ui.screens.card import CardScreen
from flytui.ui.screens.run import RunScreen
from flytui.ui.screens.trouble import TroubleScreen
from tests.ui.driving import Driven, driving
from tests.ui.fake_session import NOW, FakeSession, findings, release, review

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
HOSTILE = [
    "[/etc]",
    "[@click=app.quit]x[/]",
    "[link=http://e]u[/link]",
    "a [b c] d [/",
    "\x1b[31mred\x1b[0m\x1b]0;title\x07",
    "\x1b]52;c;aGk=\x1b\\",
    "\x9b31m\u202eright to left\u2066",
    "line\nline\rline\ttab",
    "x" * 10_000,
    "漢字" * 200,
    "",
]


def said(text: str) -> Finding:
    seen = (Evidence(text, text, text, NOW),)
    remedy = release(text, changes=text, dependents=(text,), undo=text, fly_asks=text, title=text)
    one = Resource(text, text, Status.ACTION, text, seen, (remedy,))
    return Finding(Status.ACTION, text, seen, (one, one), (replace(remedy, why=text),))


def listed(text: str) -> Checklist:
    checklist = load()
    sections = tuple(
        replace(
            s, title=text, items=tuple(replace(i, title=text, description=text) for i in s.items)
        )
        for s in checklist.sections
    )
    return replace(checklist, sections=sections)


def raw(d: Driven) -> str:
    """Every character that would go to the terminal as content, after the line filters."""
    filters = d.app.get_line_filters()
    strips = d.app.screen._compositor.render_strips()
    background = d.app.screen.styles.background
    shown = []
    for strip in strips:
        for line_filter in filters:
            strip = strip.apply_filter(line_filter, background)  # noqa: PLW2901 (a pipeline)
        shown.append(strip.text)
    return "".join(shown)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_everything_from_outside_is_shown_literally(text: str) -> None:
    found = findings(exposure=said(text), flycast=unknown(Unseen(text, text)))
    owner = Identity(text or "a", text, production=True)
    kept = review("exposure", said(text), note=text, by=text, decision=Decision.NOT_APPLICABLE)
    session = FakeSession(
        found,
        identity=owner,
        checklist=listed(text),
        reviews=[kept],
        problems=[ValueError(text)],
        output=[text],
        after=said(text + "!"),
    )
    async with driving(session, checklist=listed(text)) as d:
        for item in ("flycast", "exposure"):
            await d.at(item)
            assert not CONTROL.search(raw(d))
        if text.startswith(("[", "a [")):
            assert text[:20] in d.screen()
        await d.at("exposure", resource=1)
        for key in ("c", "escape", "e", "escape", "question_mark", "escape", "1"):
            await d.press(key)
            assert not CONTROL.search(raw(d))
        assert d.app.return_code is None


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_the_card_and_the_run_show_it_literally(text: str) -> None:
    found = findings(exposure=said(text))
    async with driving(FakeSession(found, output=[text, text], after=said(text + "!"))) as d:
        await d.at("exposure", resource=0)
        await d.press("f")
        assert not CONTROL.search(raw(d))
        d.on(CardScreen).dismiss(True)
        await d.settle()
        d.on(RunScreen)
        assert not CONTROL.search(raw(d))


async def test_a_command_is_never_cut_on_its_card() -> None:
    argv = ("fly", "secrets", "unset", *(f"NAME_{n}" for n in range(400)), "-a", "storefront")
    found = findings(exposure=replace(said("x"), resources=(), remedies=(release(argv=argv),)))
    async with driving(FakeSession(found)) as d:
        await d.at("exposure")
        await d.press("f")
        page = d.on(CardScreen).query_one("Page")
        assert "NAME_399 -a storefront" in str(getattr(page, "plain", ""))


async def test_a_trouble_is_shown_literally() -> None:
    async with driving(begin=False) as d:
        for text in HOSTILE:
            told = Trouble(text, text, text, choices=(Named(text, text),))
            await d.app.push_screen(TroubleScreen(d.session.identity, told))
            await d.settle()
            assert not CONTROL.search(raw(d))
            assert len(text) > 1000 or "try again" in d.screen()
            d.app.pop_screen()
