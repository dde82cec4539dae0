"""Remedies: nothing runs that was not shown, and nothing confirms by accident."""

import asyncio
import re
from dataclasses import replace

import pytest
from textual.widgets import Button, Input, RichLog, Static

from flytui.events import Declined
from flytui.finding import Finding, Status
from flytui.ui.screens.card import QUIET, CardScreen
from flytui.ui.screens.choice import ChoiceScreen
from flytui.ui.screens.edit import EditScreen
from flytui.ui.screens.leave import LeaveScreen
from flytui.ui.screens.run import RunScreen
from flytui.ui.screens.values import ValuesScreen
from flytui.ui.widgets.page import Page
from tests.ui.driving import Driven, driving
from tests.ui.fake_session import FakeSession, address, allocate, exposed, findings, release

RELEASE = ("fly", "ips", "release", "203.0.113.7", "-a", "storefront")
OK = Finding(Status.OK, "The app has no public address.")


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def card(d: Driven) -> Clock:
    """Opens the card of releasing the first address, on a clock of its own."""
    await d.at("exposure", resource=0)
    await d.press("f")
    clock = Clock()
    d.on(CardScreen)._clock = clock
    d.on(CardScreen)._armed_at = QUIET
    return clock


async def run(d: Driven, clock: Clock) -> None:
    """Types the name and presses Run as a person would."""
    await d.press("tab", *"storefront", "enter")
    clock.now += 1
    await d.press("space")


async def test_f_lists_the_remedies_of_the_item_and_of_its_resources() -> None:
    async with driving() as d:
        await d.at("exposure")
        await d.press("f")
        shown = d.screen()
        d.on(ChoiceScreen)
        assert "1 Allocate a Flycast address" in shown
        assert "3 Release 2001:db8::1" in shown
        await d.press("escape")
        assert d.app.screen is d.main


async def test_the_card_says_everything_and_whose_app_it_is() -> None:
    async with driving() as d:
        await card(d)
        shown = d.screen()
        for words in (
            "storefront · acme   PRODUCTION",
            "fly ips release 203.0.113.7 -a storefront",
            "the app loses its only dedicated IPv4 address",
            "shop.example.com has an A record to it",
            "−$2.00 a month",
            "no: a new address would be a different one",
            "nothing: it acts at once",
            "Type storefront to run it:",
        ):
            assert words in shown


async def test_cancel_has_the_focus_and_enter_cancels() -> None:
    async with driving() as d:
        await card(d)
        assert d.app.focused is d.on(CardScreen).query_one("#cancel")
        await d.press("enter")
        assert d.app.screen is d.main
        assert d.session.ran == []


async def test_what_cannot_be_undone_asks_for_the_name_exactly() -> None:
    async with driving() as d:
        await card(d)
        button = d.on(CardScreen).query_one("#run", Button)
        seen = [button.disabled]
        for keys in (["tab", *"storefron"], ["t"], ["s"]):
            await d.press(*keys)
            seen.append(button.disabled)
        assert seen == [True, True, False, True]


async def test_the_space_bar_on_another_name_says_so_and_runs_nothing() -> None:
    async with driving() as d:
        await card(d)
        await d.press(*"storefron", "space")
        assert "Nothing ran: storefron is not storefront." in d.screen()
        await d.press("t")
        assert "Nothing ran" not in d.screen()
        assert d.session.ran == []


async def test_it_says_so_too_when_the_space_comes_in_one_go_with_the_letters() -> None:
    async with driving() as d:
        await card(d)
        for letter in ("s", "t", "o", "space"):
            d.app.simulate_key(letter)
        await d.settle()
        assert "Nothing ran: sto is not storefront." in d.screen()
        assert d.session.ran == []


async def test_enter_never_runs_wherever_the_focus_is() -> None:
    async with driving() as d:
        clock = await card(d)
        await d.press("tab", *"storefront", "enter")
        clock.now += 10
        assert d.app.focused is d.on(CardScreen).query_one("#run")
        await d.press("enter", "enter", "enter")
        d.on(CardScreen)
        assert d.session.ran == []


async def test_a_key_held_down_never_confirms() -> None:
    async with driving() as d:
        clock = await card(d)
        await d.press("tab", *"storefront", "enter")
        for _ in range(50):
            clock.now += 0.03
            await d.press("space")
        d.on(CardScreen)
        assert "Let go, then press once more" in str(
            d.on(CardScreen).query_one(".hint", Static).content
        )
        assert not d.session.ran
        clock.now += QUIET
        await d.press("space")
        assert d.session.ran == [RELEASE]


async def test_a_double_click_on_what_opened_the_card_does_not_run_it() -> None:
    found = findings(exposure=exposed(address(remedies=(allocate(),))))
    async with driving(FakeSession(found)) as d:
        await card(d)
        await d.pilot.click("#run")
        await d.settle()
        d.on(CardScreen)
        assert d.session.ran == []


async def test_without_fly_the_command_can_be_copied_but_not_run() -> None:
    async with driving(FakeSession(runner_path=None)) as d:
        await card(d)
        assert d.on(CardScreen).query_one("#run", Button).disabled
        assert "There is no fly on this machine" in d.screen()
        await d.press("c")
        assert d.outside.copied == ["fly ips release 203.0.113.7 -a storefront"]


async def test_a_run_streams_its_output_and_tells_before_and_after() -> None:
    async with driving(FakeSession(after=OK)) as d:
        await run(d, await card(d))
        screen = d.on(RunScreen)
        output = "\n".join(line.text.rstrip() for line in screen.query_one(RichLog).lines)
        assert "Releasing 203.0.113.7\nReleased" in output
        assert "exit code 0" in output
        told = screen.query_one("#outcome", Page).plain
        assert "before  ✗ Action" in told
        assert "after   ✓ OK   The app has no public address." in told
        await d.press("escape")
        assert d.app.screen is d.main
        assert "✓ OK" in d.detail


async def test_a_run_that_changed_nothing_says_so() -> None:
    async with driving() as d:
        await run(d, await card(d))
        told = d.on(RunScreen).query_one("#outcome", Page).plain
        assert "Nothing that flytui can see has changed." in told


async def test_a_declined_run_tells_the_differences() -> None:
    declined = Declined("What this rests on has changed.", ("gone: address 203.0.113.7: action",))
    async with driving(FakeSession(declined=declined)) as d:
        await run(d, await card(d))
        told = d.on(RunScreen).query_one("#outcome", Page).plain
        assert "Nothing was run." in told
        assert "gone: address 203.0.113.7: action" in told


async def test_leaving_a_running_command_asks_first() -> None:
    hold = asyncio.Event()
    async with driving(FakeSession(hold=hold, after=OK)) as d:
        await run(d, await card(d))
        await d.press("escape")
        d.on(LeaveScreen)
        await d.press("enter")
        assert d.on(RunScreen).running
        hold.set()
        await d.settle()
        assert not d.on(RunScreen).running


async def test_s_stops_a_running_command() -> None:
    async with driving(FakeSession(hold=asyncio.Event())) as d:
        await run(d, await card(d))
        await d.press("s")
        output = "\n".join(line.text for line in d.on(RunScreen).query_one(RichLog).lines)
        assert "exit code 130, stopped" in output
        assert not d.on(RunScreen).running


async def test_blanks_are_asked_for_and_checked_before_the_card() -> None:
    async with driving() as d:
        await d.at("custom-domain")
        await d.press("f", "1")
        assert "known: shop.example.com" in d.screen()
        await d.press(*"no way", "enter")
        assert "Hostname: 'no way' will not do." in d.screen()
        d.on(ValuesScreen).query_one(Input).value = "shop.example.com"
        await d.press("enter")
        d.on(CardScreen)
        assert "fly certs add shop.example.com -a storefront" in d.screen()


async def test_values_typed_are_still_there_after_leaving() -> None:
    async with driving() as d:
        await d.at("custom-domain")
        await d.press("f", "1", *"shop", "escape", "f", "1")
        assert d.on(ValuesScreen).query_one(Input).value == "shop"


async def test_an_edit_shows_where_and_what_to_write() -> None:
    async with driving() as d:
        await d.at("custom-domain")
        await d.press("f", "2")
        d.on(EditScreen)
        assert "In fly.toml write:" in d.screen()
        assert "  force_https = true" in d.screen()
        await d.press("c")
        assert d.outside.copied == ["[http_service]\n  force_https = true"]


async def test_a_link_is_opened() -> None:
    async with driving() as d:
        await d.at("custom-domain")
        await d.press("f", "3")
        assert d.outside.opened == ["https://fly.io/docs/networking/custom-domain/"]


@pytest.mark.parametrize("answer", ["before", "during"])
async def test_the_target_is_the_one_that_f_was_pressed_on(answer: str) -> None:
    """An answer that arrives while the card is open changes nothing on it."""
    async with driving() as d:
        clock = await card(d)
        d.session.found["exposure"] = exposed(address("198.51.100.1"))
        if answer == "during":
            d.main.look(again=True)
            await d.settle()
        assert "fly ips release 203.0.113.7 -a storefront" in d.screen()
        await run(d, clock)
        assert d.session.ran == [RELEASE]


async def test_who_starts_to_type_the_name_types_it() -> None:
    async with driving() as d:
        await card(d)
        await d.press(*"storefront")
        assert d.on(CardScreen).query_one("#name", Input).value == "storefront"
        assert d.on(CardScreen).query_one("#run", Button).has_focus
        await d.press("enter", "enter")
        d.on(CardScreen)


async def test_letters_that_are_keys_are_letters_once_the_name_has_begun() -> None:
    async with driving() as d:
        await card(d)
        await d.press(*"svc")
        assert d.on(CardScreen).query_one("#name", Input).value == "svc"


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 20)])
async def test_what_is_pressed_on_a_card_is_in_sight_at_every_size(size: tuple[int, int]) -> None:
    async with driving(size=size) as d:
        await card(d)
        shown = d.screen()
        for words in ("Type storefront to run it:", "enter cancels", "Cancel", "Run"):
            assert words in shown


SMALL = [(80, 24), (50, 20), (40, 10)]


def long_card() -> FakeSession:
    """An address that so many rely on that no small terminal shows them at once."""
    depends = tuple(f"shop{n}.example.com has an A record to it." for n in range(30))
    command = replace(release("203.0.113.7"), dependents=depends)
    return FakeSession(findings(exposure=exposed(address(remedies=(command,)))))


@pytest.mark.parametrize("size", SMALL)
@pytest.mark.parametrize("in_field", [False, True])
async def test_a_card_is_read_to_its_end_before_it_runs(
    size: tuple[int, int], in_field: bool
) -> None:
    async with driving(long_card(), size=size) as d:
        clock = await card(d)
        screen = d.on(CardScreen)
        if in_field:
            await d.press("tab")
        assert "there is more to read" in d.screen()
        await d.press(*"storefront")
        clock.now += 1
        assert screen.query_one("#run", Button).disabled
        rows = buttons(d)
        seen = read(d)
        for _ in range(60):
            if not screen.query_one("#run", Button).disabled:
                break
            await d.press("pagedown")
            assert buttons(d) == rows
            seen |= read(d)
        assert {f"shop{n}.example.com" for n in range(30)} <= seen
        assert screen.query_one("#run", Button).has_focus
        assert "space runs it   esc cancels" in d.screen()
        clock.now += 1
        await d.press("space")
        assert d.session.ran == [RELEASE]


def buttons(d: Driven) -> list[int]:
    """The rows that the field and the buttons stand in."""
    screen = d.on(CardScreen)
    return [screen.query_one(what).region.y for what in ("#name", ".hint", "#cancel", "#run")]


def read(d: Driven) -> set[str]:
    """Every host that the card shows at this moment."""
    return set(re.findall(r"shop\d+\.example\.com", d.screen()))


@pytest.mark.parametrize("size", SMALL)
async def test_a_card_says_first_what_is_gravest(size: tuple[int, int]) -> None:
    async with driving(long_card(), size=size) as d:
        await card(d)
        labels = re.findall(
            r"(what changes|undo|fly will ask|who depends|costs)  ",
            d.on(CardScreen).query_one(Page).plain,
        )
        assert labels == ["what changes", "undo", "fly will ask", "who depends", "costs"]


async def test_the_warnings_of_a_card_of_usual_length_are_in_sight_at_80_by_24() -> None:
    async with driving(size=(80, 24)) as d:
        await card(d)
        assert "no: a new address would be a different one" in d.screen()
        assert "nothing: it acts at once" in d.screen()
        assert "there is more to read" not in d.screen()
