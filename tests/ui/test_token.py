"""What the token can see, on the screen; and items that arrive after the first frame."""

import asyncio
from dataclasses import replace

from flytui.checklist import Item, Section, load
from flytui.finding import Finding, Status
from flytui.fly.auth import Tokens
from flytui.ui.screens.help import HelpScreen
from flytui.ui.screens.main import MainScreen
from flytui.ui.screens.token import TokenScreen
from flytui.ui.widgets.notice import Notice
from flytui.ui.widgets.page import Page
from tests.ui.driving import Driven, driving
from tests.ui.fake_session import DEPLOY_TOKEN, FakeSession, findings


def narrow() -> FakeSession:
    """A session with a deploy token."""
    session = FakeSession()
    session.tokens = Tokens.parse(DEPLOY_TOKEN, "FLY_API_TOKEN")
    return session


def told(d: Driven) -> str:
    return d.on(TokenScreen).query_one(Page).plain


async def test_t_tells_what_the_token_is_and_what_it_decides() -> None:
    async with driving(narrow(), size=(120, 40)) as d:
        await d.press("t")
        shown = told(d)
        assert "deploy token" in shown
        assert "FLY_API_TOKEN" in shown
        assert "Make sure private services are not exposed" in shown
        assert "fly tokens create readonly acme -x 24h" in shown
        assert DEPLOY_TOKEN not in shown + d.screen()


async def test_every_item_is_on_the_page_with_a_word_beside_the_sign() -> None:
    async with driving(narrow()) as d:
        await d.press("t")
        shown = told(d)
        assert not [item.id for item in load() if item.title not in " ".join(shown.split())]
        assert "✓ can decide" in shown


async def test_the_keys_that_close_it_lead_back() -> None:
    for key in ("escape", "q", "t", "enter"):
        async with driving() as d:
            await d.press("t", key)
            d.on(MainScreen)


async def test_before_the_session_is_there_the_key_says_so() -> None:
    async with driving(begin=False) as d:
        await d.press("t")
        d.on(MainScreen)
        assert any("still starting" in toast for toast in d.toasts)


async def test_a_narrow_token_is_told_of_before_any_verdict() -> None:
    session = FakeSession(gates={item.id: asyncio.Event() for item in load()})
    session.tokens = narrow().tokens
    async with driving(session) as d:
        assert "deploy token from FLY_API_TOKEN cannot decide" in d.toasts[0]
        assert "Press t to see." in d.toasts[0]
        assert not d.main.board.assessments


async def test_of_a_login_there_is_nothing_to_tell() -> None:
    async with driving() as d:
        assert d.toasts == []


async def test_help_tells_of_it() -> None:
    async with driving(size=(120, 60)) as d:
        await d.press("question_mark")
        assert "What the token in force can see" in d.on(HelpScreen).query_one(Page).plain


async def test_it_fits_a_narrow_terminal() -> None:
    async with driving(narrow(), size=(60, 20)) as d:
        await d.press("t")
        rows = d.screen().splitlines()
        assert any("deploy token" in row for row in rows)
        assert all(len(row) <= 60 for row in rows)


async def test_a_plug_in_s_items_join_when_the_session_arrives() -> None:
    late = Section(
        "plugin-acme",
        "Acme's rules",
        (Item("plugin/acme-owner", "plugin-acme", "Somebody pays", "Why.", (), ()),),
    )
    whole = load().joined(late)
    given = findings() | {"plugin/acme-owner": Finding(Status.OK, "It is paid.")}
    problem = RuntimeError("The plug-in other was left out: it is broken")
    session = FakeSession(given, checklist=whole, problems=(problem,))
    async with driving(session, checklist=load(), begin=False) as d:
        assert "plugin/acme-owner" not in [p.item for p in d.tree._rows]
        cursor = d.tree.cursor_node
        d.main.begin(session)
        await d.settle()
        assert "plugin/acme-owner" in [p.item for p in d.tree._rows]
        assert d.tree.cursor_node is cursor
        assert d.main.query_one(Notice).words == f"1 problem: {problem}"
        await d.press("9")
        assert d.main.place is not None
        assert d.main.place.section == "plugin-acme"
        await d.at("plugin/acme-owner")
        await d.press("o")
        assert any("no page to open" in toast for toast in d.toasts)
    assert replace(whole, sections=whole.sections[:-1]) == load()
