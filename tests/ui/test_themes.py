"""Every theme: text stands out from what is behind it, and no status is told by colour alone."""

from collections.abc import Iterator

import pytest
from rich.color import Color
from rich.style import Style

from flytui.finding import Status
from flytui.settings.personal import DEFAULT_THEME, Personal
from flytui.settings.personal import THEMES as NAMES
from flytui.ui.themes import THEMES
from flytui.ui.words import sign
from tests.ui.driving import Driven, driving
from tests.ui.fake_session import FakeSession, findings, review

LEAST = {name: 7.0 if name == "high-contrast" else 4.5 for name in NAMES if name != "terminal"}
ITEMS = ("custom-domain", "sso")
"""One with remedies of every kind, and one that was reviewed; the tree shows every status."""


def luminance(color: Color) -> float:
    """As WCAG 2 has it."""
    parts = [part / 255 for part in color.get_truecolor()]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def texts(d: Driven) -> Iterator[tuple[str, Style]]:
    """The words of the screen on top and how each is drawn; not what shines through behind it."""
    screen = d.app.screen
    regions = [child.region for child in screen.children if child.display]
    for y, strip in enumerate(screen._compositor.render_strips()):
        x = 0
        for text, style, _ in strip:
            own = any(region.contains(x, y) for region in regions)
            x += len(text)
            if own and style is not None and any(c.isalnum() or c in "✓✗!?~–" for c in text):
                yield text.strip(), style


async def every_look(theme: str) -> dict[str, list[tuple[str, Style]]]:
    """Main, help, choice, card, note, token, history, palette and notices, as they are drawn."""
    seen: dict[str, list[tuple[str, Style]]] = {}
    session = FakeSession(reviews=[review("sso", findings()["sso"])])
    async with driving(session, preferences=Personal(theme=theme)) as d:

        async def look(name: str, *keys: str) -> None:
            await d.press(*keys)
            seen[name] = list(texts(d))

        for item in ITEMS:
            await d.at(item)
            await look(f"main on {item}")
        await d.at("exposure")
        await look("main opened", "right")
        await look("main reading", "tab")
        await look("a notice", "tab", "2", "f")
        await d.at("exposure")
        await look("help", "question_mark")
        await look("choice", "escape", "f")
        await look("card", "2")
        await look("note", "escape", "x")
        await look("note written", *"because")
        await look("note's choice", "tab")
        await look("note's buttons", "tab", "tab")
        await look("token", "escape", "t")
        await look("history", "escape", "H")
        await look("palette", "escape", "colon")
    return seen


@pytest.mark.parametrize("theme", LEAST)
async def test_text_stands_out(theme: str) -> None:
    faint = {
        (look, text, f"{found:.2f}")
        for look, drawn in (await every_look(theme)).items()
        for text, style in drawn
        if style.color and style.bgcolor
        if (found := contrast(style.color, style.bgcolor)) < LEAST[theme]
    }
    assert faint == set()


async def test_without_colour_text_stands_out_in_greys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    drawn = [each for looked in (await every_look("light")).values() for each in looked]
    colours = {c for _, style in drawn for c in (style.color, style.bgcolor) if c}
    assert all(len(set(colour.get_truecolor())) == 1 for colour in colours)
    pairs = {(s.color, s.bgcolor) for _, s in drawn if s.color and s.bgcolor}
    assert all(contrast(*pair) >= 4.5 for pair in pairs)


async def test_the_terminals_own_colours_are_all_there_is() -> None:
    """On the terminal's own ground, or reversed: which two go together, its owner decided."""
    for look, drawn in (await every_look("terminal")).items():
        for text, style in drawn:
            assert style.bgcolor is None or style.bgcolor.is_default, (look, text)
            assert style.color is None or style.color.triplet is None, (look, text)


async def test_the_terminal_without_colours_still_shows_where_one_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with driving(preferences=Personal(theme="terminal")) as d:
        await d.at("exposure")
        drawn = list(texts(d))
    assert all(style.color is None or style.color.is_default for _, style in drawn)
    reversed_ = [text for text, style in drawn if style.reverse]
    assert any(text.startswith("Make sure private services") for text in reversed_)
    assert "PRODUCTION" in reversed_


def test_no_two_statuses_share_a_glyph_or_a_word() -> None:
    signs = [sign(status) for status in Status]
    assert len({each.glyph for each in signs}) == len({each.word for each in signs}) == len(signs)


def test_a_person_can_choose_every_theme_there_is() -> None:
    assert tuple(THEMES) == NAMES
    assert DEFAULT_THEME in THEMES


async def test_a_theme_chosen_in_the_palette_is_remembered() -> None:
    kept: list[str] = []
    async with driving(keep_theme=kept.append) as d:
        d.app.action_change_theme()
        await d.settle()
        await d.press(*"high")
        await d.app.workers.wait_for_complete()
        await d.settle()
        await d.press("enter")
        await d.settle()
        assert (d.app.theme, kept) == ("flytui-high-contrast", ["high-contrast"])


async def test_a_choice_that_cannot_be_kept_is_told() -> None:
    def refuse(name: str) -> None:
        raise PermissionError(13, "Permission denied")

    async with driving(keep_theme=refuse) as d:
        d.app._choose_theme("light")
        await d.settle()
        assert d.app.theme == "flytui-light"
        assert "Permission denied" in d.toasts[0]
