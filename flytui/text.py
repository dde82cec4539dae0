"""Text from outside, made harmless before it is kept, shown or printed."""

import re

_SEQUENCE = re.compile(
    r"\x1b\][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # OSC: titles, clipboards, links
    r"|\x1b[PX^_].*?(?:\x1b\\|\x9c|$)"  # DCS, SOS, PM, APC
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor movement
    r"|\x1b[ -/]*[0-~]",  # two-character escapes
    re.DOTALL,
)
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_LINE_END = re.compile(r"\r\n|[\u2028\u2029]")
_BREAK = str.maketrans("\t\n", "  ")


def plain(text: str) -> str:
    """The text without terminal sequences; control and direction characters become U+FFFD.

    So does half a character, which cannot be encoded. Line feeds and tabs stay; other ends of a
    line become a line feed.
    """
    return _CONTROL.sub("\ufffd", _SEQUENCE.sub("", _LINE_END.sub("\n", text)))


def unbroken(text: str) -> str:
    """`plain` text in which every tab and line feed is a space; nothing is cut."""
    return plain(text).translate(_BREAK)


def one_line(text: str, limit: int = 500) -> str:
    """`plain` text on one line, cut with an ellipsis after `limit` characters."""
    line = " ".join(plain(text).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


_MACAROON = r"(fo1_|fm1[ar]_|fm2_)[a-zA-Z0-9/+_-]+=*"


def redact(text: str) -> str:
    """The text with every Fly.io token cut down to its prefix."""
    return re.sub(_MACAROON, r"\1…", text)


_FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,199}")


def is_file_name(text: str) -> bool:
    """Whether the text may name a file, as any app's name may."""
    return _FILE_NAME.fullmatch(text) is not None


def file_name(text: str) -> str:
    """The text, if it may name a file. Raises ValueError for anything that could lead elsewhere."""
    if not is_file_name(text):
        raise ValueError(f"{one_line(text, 60)!r} cannot name a file.")
    return text
