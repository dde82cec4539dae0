"""A person's configuration file to begin with: everything there is, with nothing in force yet.

The tables are there already: a key whose table is a comment would be another key.
"""

from collections.abc import Mapping

from flytui.settings.personal import DEFAULT_EVERY, DEFAULT_THEME, LEAST_SECONDS, THEMES

_HEAD = f"""\
# flytui, as you like it. Take away the # in front of what you want to change.
# `flytui config show` tells what is in force and why. What decides a verdict, such as
# thresholds, is for your team to say: in .flytui/config.toml of the checkout.

# The colours: {", ".join(THEMES)}.
# theme = "{DEFAULT_THEME}"

# What the filter begins with.
# filter = "status:action"

# What opens a note that needs more room. If not given: $VISUAL, else $EDITOR.
# editor = "nano"

# Names, or patterns with * and ?, of what is marked as PRODUCTION on every screen.
[production]
# apps = ["shop", "*-live"]
# organizations = ["acme"]

# How often flytui looks again by itself, in seconds: 0 for never, else {LEAST_SECONDS} or more.
[refresh]
# every = {DEFAULT_EVERY:.0f}

# Keys by the id of what they do: one, or a list of several. A key that already does something
# on the same screen is refused.
[keys]
"""


def template(keys: Mapping[str, str]) -> str:
    """The file's text. `keys` are the usual keys by their id."""
    return _HEAD + "".join(f'# "{id_}" = {_said(usual)}\n' for id_, usual in keys.items())


def _said(keys: str) -> str:
    each = [f'"{key}"' for key in keys.split(",")]
    return each[0] if len(each) == 1 else f"[{', '.join(each)}]"
