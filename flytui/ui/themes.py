"""The colours flytui can be seen in. Every text stands out from what is behind it, 4.5 to 1."""

from textual.theme import Theme

PREFIX = "flytui-"
"""Textual has themes of its own under other names; they are not offered."""


def _theme(name: str, *, dark: bool, said: dict[str, str], shown: dict[str, str]) -> Theme:
    """A theme whose words are coloured as `said`, on what is `shown` behind them."""
    words = {f"text-{meaning}": colour for meaning, colour in said.items() if meaning != "muted"}
    return Theme(
        name=PREFIX + name,
        dark=dark,
        primary=shown["button"],
        secondary=said["secondary"],
        accent=said["accent"],
        warning=said["warning"],
        error=shown["danger"],
        success=said["success"],
        foreground=shown["foreground"],
        background=shown["background"],
        surface=shown["surface"],
        panel=shown["panel"],
        variables={
            **words,
            "foreground-muted": said["muted"],
            "text-muted": said["muted"],
            "text-disabled": said["muted"],
            "border": shown["focus"],
            "border-blurred": shown["edge"],
            "block-cursor-foreground": shown["on-cursor"],
            "block-cursor-background": shown["cursor"],
            "block-cursor-blurred-foreground": shown["on-cursor"],
            "block-cursor-blurred-background": shown["cursor"],
            "button-color-foreground": shown["on-button"],
            "input-selection-background": shown["cursor"],
            "screen-selection-background": shown["cursor"],
            "screen-selection-foreground": shown["on-cursor"],
        },
    )


_BUTTONS = {"button": "#2367ad", "danger": "#b3284b", "on-button": "#ffffff"}
_DARK = {
    **_BUTTONS,
    "background": "#121212",
    "surface": "#1e1e1e",
    "panel": "#252b31",
    "foreground": "#e4e4e4",
    "cursor": "#123a5e",
    "on-cursor": "#ffffff",
    "focus": "#4a9de0",
    "edge": "#3a424a",
}
_ANSI = {
    "ansi-background": "ansi_default",
    "ansi-foreground": "ansi_default",
    "text-muted": "ansi_default",
    "foreground-muted": "ansi_default",
    "block-cursor-foreground": "ansi_default",
    "block-cursor-background": "ansi_default",
    "block-cursor-text-style": "bold reverse",
    "block-cursor-blurred-text-style": "reverse",
    "border": "ansi_cyan",
    "border-blurred": "ansi_default",
    "button-color-foreground": "ansi_default",
    "input-selection-background": "ansi_default",
    "scrollbar": "ansi_default",
    "scrollbar-background": "ansi_default",
    "screen-selection-foreground": "ansi_default",
}

THEMES = {
    theme.name.removeprefix(PREFIX): theme
    for theme in (
        _theme(
            "dark",
            dark=True,
            said={
                "success": "#6fd08c",
                "error": "#f0879b",
                "warning": "#ffbd5c",
                "accent": "#d3a6f0",
                "secondary": "#8fc1ea",
                "primary": "#7cbcf2",
                "muted": "#a4a8ac",
            },
            shown=_DARK,
        ),
        _theme(
            "light",
            dark=False,
            said={
                "success": "#17602f",
                "error": "#9c1737",
                "warning": "#7a4700",
                "accent": "#6a2c91",
                "secondary": "#14507f",
                "primary": "#0d4f8b",
                "muted": "#4f5357",
            },
            shown={
                **_BUTTONS,
                "background": "#fafafa",
                "surface": "#f0f0f0",
                "panel": "#e2e5e8",
                "foreground": "#1a1a1a",
                "cursor": "#c8def2",
                "on-cursor": "#000000",
                "focus": "#2367ad",
                "edge": "#b4bac0",
            },
        ),
        _theme(
            "high-contrast",
            dark=True,
            said={
                "success": "#5dff8f",
                "error": "#ffb0b0",
                "warning": "#ffe14d",
                "accent": "#f0b8ff",
                "secondary": "#9fe8ff",
                "primary": "#a8d8ff",
                "muted": "#e0e0e0",
            },
            shown={
                "button": "#004a94",
                "danger": "#8c0020",
                "on-button": "#ffffff",
                "background": "#000000",
                "surface": "#000000",
                "panel": "#1c1c1c",
                "foreground": "#ffffff",
                "cursor": "#003566",
                "on-cursor": "#ffffff",
                "focus": "#ffe14d",
                "edge": "#a0a0a0",
            },
        ),
        # Blue, orange and yellow, told apart whichever cones are missing, and by lightness too.
        _theme(
            "colour-blind",
            dark=True,
            said={
                "success": "#56b4e9",
                "error": "#ff9a4d",
                "warning": "#f0e442",
                "accent": "#e6a5cb",
                "secondary": "#cfd4d8",
                "primary": "#7cbcf2",
                "muted": "#a4a8ac",
            },
            shown={**_DARK, "danger": "#a34700"},
        ),
        Theme(
            name=f"{PREFIX}terminal",
            ansi=True,
            primary="ansi_blue",
            secondary="ansi_cyan",
            warning="ansi_yellow",
            error="ansi_red",
            success="ansi_green",
            accent="ansi_magenta",
            foreground="ansi_default",
            background="ansi_default",
            surface="ansi_default",
            panel="ansi_default",
            boost="ansi_default",
            variables=_ANSI,
        ),
    )
}
"""By the name a person chooses them by."""
