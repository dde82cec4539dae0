"""Text from outside carries nothing a terminal would obey."""

import pytest

from flytui.text import file_name, one_line, plain, redact


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


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("token fo1_aB-c_9 used", "token fo1_… used"),
        ("FlyV1 fm2_lJPE/+x==,fm1r_abc,fm1a_def", "FlyV1 fm2_…,fm1r_…,fm1a_…"),
        ("nothing to hide", "nothing to hide"),
    ],
)
def test_a_token_is_cut_down_to_its_prefix(told: str, kept: str) -> None:
    assert redact(told) == kept


@pytest.mark.parametrize("name", ["..", "../x", "a/b", ".git", "", "a b", "x\n", "a" * 201])
def test_what_could_lead_elsewhere_cannot_name_a_file(name: str) -> None:
    with pytest.raises(ValueError, match="cannot name a file"):
        file_name(name)


def test_an_app_s_name_can_name_a_file() -> None:
    assert file_name("my-app_2.0") == "my-app_2.0"
