"""Credentials taken out of text that came from outside, before it is kept or shown."""

import re

_TOKEN = re.compile(r"(?:fo1_|fm1[ar]_|fm2_)[a-zA-Z0-9/+_-]+=*")
_LOGIN = re.compile(r"(?<=://)[^/\s@]*@")


def redact(text: str) -> str:
    """The text with Fly.io's tokens and the user part of addresses replaced by `[redacted]`."""
    return _LOGIN.sub("[redacted]@", _TOKEN.sub("[redacted]", text))
