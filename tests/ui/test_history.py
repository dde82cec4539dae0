"""`H`: what was run, by whom, with what effect; and nothing is taken back by accident."""

from dataclasses import replace

import pytest

from flytui.events import Flip, Observed, Waiting
from flytui.finding import Finding, Status
from flytui.remedy import Inverse
from flytui.runner import Ended
from flytui.ui.screens.card import CardScreen
from flytui.ui.screens.history import HistoryScreen
from flytui.ui.screens.run import RunScreen
from flytui.ui.widgets.page import Page
from tests.test_taking_back import entry
from tests.ui.driving import Driven, driving
from tests.ui.fake_session import NOW, FakeSession, identity
from tests.ui.test_fixing import card, run

RUN = entry(
    at=NOW,
    argv=("fly", "ips", "allocate-v6", "--private", "-a", "storefront"),
    seconds=2.5,
    after="ok: 1 Flycast address.",
    changed=("fdaa::3 was added",),
    also=("Set up Flycast: Advice → OK",),
    inverse=Inverse(
        ("fly", "ips", "release", "fdaa::3", "-a", "storefront"),
        "Release fdaa::3",
        "A new address would be a different one.",
        reversible=False,
    ),
)


async def test_an_entry_tells_who_what_and_how_to_take_it_back() -> None:
    async with driving(FakeSession(entries=[RUN])) as d:
        await d.press("H")
        d.on(HistoryScreen)
        shown = d.screen()
        for words in (
            "fly ips allocate-v6 --private -a storefront",
            "Ana",
            "2.5 s",
            "exit code 0",
            "fdaa::3 was added",
            "Set up Flycast: Advice → OK",
            "fly ips release fdaa::3 -a storefront",
            "A new address would be a different one.",
        ):
            assert words in shown


async def test_the_newest_stands_first() -> None:
    older = replace(RUN, id="0", argv=("fly", "old"))
    async with driving(FakeSession(entries=[older, RUN])) as d:
        await d.press("H")
        shown = d.screen()
        assert shown.index("allocate-v6") < shown.index("fly old")


async def test_taking_back_goes_through_the_card() -> None:
    async with driving(FakeSession(entries=[RUN])) as d:
        await d.press("H", "u")
        d.on(CardScreen)
        assert "fly ips release fdaa::3 -a storefront" in d.screen()
        assert "flytui cannot tell" in d.screen()
        assert "Type storefront to run it:" in d.screen()
        await d.press("enter")
        assert d.session.ran == []


async def test_what_cannot_be_taken_back_says_why() -> None:
    async with driving(FakeSession(entries=[replace(RUN, exit=1)])) as d:
        await d.press("H", "u")
        d.on(HistoryScreen)
        assert any("It failed" in toast for toast in d.toasts)


async def test_a_run_of_unknown_end_is_said_at_the_start_until_it_was_read() -> None:
    async with driving(FakeSession(entries=[replace(RUN, exit=None)])) as d:
        assert any("It is unknown whether fly ips allocate-v6" in toast for toast in d.toasts)
        await d.press("H")
        assert "unknown whether it ran to its end" in d.screen()
        await d.press("escape")
        assert not d.session.entries[0].unfinished


async def test_no_history_is_no_list() -> None:
    async with driving() as d:
        await d.press("H")
        assert "Nothing was run from here on this app yet." in d.screen()
        await d.press("j", "k", "u", "c", "escape")
        assert d.app.screen is d.main


def read_only() -> FakeSession:
    return FakeSession(
        entries=[RUN], identity=identity(read_only=True), hinders="The token is read-only."
    )


async def test_a_session_that_changes_nothing_has_no_key_for_it() -> None:
    async with driving(read_only()) as d:
        assert "READ-ONLY" in d.screen().splitlines()[0]
        await d.at("exposure")
        assert not {"r", "x", "X", "u", "e"} & set(d.main.active_bindings)
        await d.press("r", "x", "u", "e")
        assert d.app.screen is d.main
        await d.press("H")
        assert "u" not in d.on(HistoryScreen).active_bindings
        await d.press("u")
        d.on(HistoryScreen)


async def test_it_still_shows_what_could_be_copied() -> None:
    async with driving(read_only()) as d:
        clock = await card(d)
        assert "The token is read-only." in d.screen()
        assert "READ-ONLY" in d.screen()
        await run(d, clock)
        assert d.session.ran == []


async def outcome(d: Driven) -> str:
    await run(d, await card(d))
    return d.on(RunScreen).query_one("#outcome", Page).plain


def observed(*, effect: bool, complete: bool) -> Observed:
    """As the fake session will find its item, before and after."""
    fake = FakeSession()
    known = fake._look("exposure")
    after = replace(known, finding=Finding(Status.OK, "No address.")) if effect else known
    changed = ("203.0.113.7 is gone",) if effect else ()
    also = (
        Flip("flycast", "Set up Flycast", Status.ADVICE, Status.OK, "No public address."),
        Flip("custom-domain", "Custom domain", Status.ADVICE, Status.ADVICE, "It leads nowhere."),
    )
    return Observed(known, after, effect, changed, also, complete)


@pytest.mark.parametrize(
    ("effect", "complete", "words"),
    [
        (True, True, "This is what Fly.io says now."),
        (True, False, "It failed, and this is what it did before that."),
        (False, False, "It failed, and nothing that flytui can see has changed."),
    ],
)
async def test_what_came_of_it_is_told_also_elsewhere(
    effect: bool, complete: bool, words: str
) -> None:
    told = observed(effect=effect, complete=complete)
    async with driving(FakeSession(ending=[Ended(0), told])) as d:
        shown = await outcome(d)
        assert words in shown
        assert ("203.0.113.7 is gone" in shown) is effect
        assert "Set up Flycast: Advice → ✓ OK" in shown
        assert "Custom domain: still ! Advice   It leads nowhere." in shown


async def test_waiting_is_told_as_waiting() -> None:
    async with driving(FakeSession(ending=[Waiting(1, 2.0)])) as d:
        await run(d, await card(d))
        screen = d.on(RunScreen)
        screen._show(Waiting(1, 2.0))
        assert "fly is done; no effect can be seen yet" in screen._doing
        assert "looking again in 2 s" in screen._doing


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 20)])
async def test_the_box_is_as_large_for_every_entry(size: tuple[int, int]) -> None:
    told = [replace(RUN, id=str(n), exit=n % 2, changed=("x was added",) * n) for n in range(12)]
    async with driving(FakeSession(entries=told), size=size) as d:
        await d.press("H")
        seen = set()
        for _ in told:
            kinds = (".dialog", "OptionList", "VerticalScroll")
            seen.add(tuple(d.app.screen.query(kind).last().region for kind in kinds))
            await d.press("down")
        assert len(seen) == 1


async def test_the_text_about_a_run_can_be_read_to_its_end_with_the_keys() -> None:
    told = replace(RUN, changed=("x was added",) * 40)
    async with driving(FakeSession(entries=[told]), size=(80, 24)) as d:
        await d.press("H")
        assert "A new address would be" not in d.screen()
        await d.press("tab", *["j"] * 50)
        assert "A new address would be" in d.screen()


async def test_help_tells_the_keys_and_signs_of_the_history() -> None:
    async with driving(FakeSession(entries=[RUN])) as d:
        await d.press("H", "question_mark")
        shown = d.screen()
        for words in ("Undo this run", "Nobody saw its end", "esc q"):
            assert words in shown
        assert "Go to a section" not in shown
        await d.press("escape")
        d.on(HistoryScreen)


async def test_what_was_found_is_told_with_the_words_of_the_screen() -> None:
    async with driving(FakeSession(entries=[replace(RUN, before="not_applicable: None.")])) as d:
        await d.press("H")
        assert "before   Not applicable: None." in d.screen()
        assert "after    OK: 1 Flycast address." in d.screen()
