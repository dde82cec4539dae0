"""Makes an app that nobody sees cheap: for tests that look at many screens, now and then."""

import pytest
from textual._compositor import Compositor
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_rules: dict[tuple[object, ...], list[RuleSet]] = {}


def quicken(patch: pytest.MonkeyPatch) -> None:
    """Draw only what is looked at, and parse the same style sheet once.

    Textual draws every update, also for a terminal that is not there, and parses all style sheets
    anew whenever a screen brings one more.
    """
    parse = Stylesheet._parse_rules

    def parsed(self: Stylesheet, css: str, *given: object, **named: object) -> list[RuleSet]:
        variables = frozenset(self._variables.items())
        key = (variables, css, given, frozenset(named.items()))
        if key not in _rules:
            _rules[key] = parse(self, css, *given, **named)  # type: ignore[arg-type]  # as they came
        return _rules[key]

    def undrawn(self: Compositor, *_: object, **__: object) -> None:
        self._dirty_regions.clear()

    patch.setattr(Stylesheet, "_parse_rules", parsed)
    patch.setattr(Compositor, "render_update", undrawn)
