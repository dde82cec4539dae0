"""Text from outside carries nothing a terminal would obey."""

import pytest

from flytui.text import one_line, plain


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("A\x1b]0;title\x07B", "AB"),
        ("A\x1b]52;c;aGk=\x1b\\B", "AB"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("a\x1bPq#0\x1b\\b", "ab"),
        ("pro\u202egpj.exe", "pro\ufffdgpj.exe"),
        ("bell\x07 back\x08", "bell\ufffd back\ufffd"),
        ("line\r\nfeed\ttab", "line\nfeed\ttab"),
        ("over\rwritten", "over\ufffdwritten"),
        ("[b]not markup[/b]", "[b]not markup[/b]"),
    ],
)
def test_terminal_sequences_do_not_survive(hostile: str, harmless: str) -> None:
    assert plain(hostile) == harmless


def test_an_unfinished_sequence_does_not_survive_either() -> None:
    assert "\x1b" not in plain("a\x1b]0;never closed")
    assert "\x1b" not in plain("a\x1b")


def test_one_line_is_one_line_and_no_longer_than_asked() -> None:
    assert one_line("a\n  b\tc") == "a b c"
    assert one_line("x" * 50, limit=10) == "x" * 9 + "…"
