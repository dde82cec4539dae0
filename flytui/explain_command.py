"""`flytui explain`: an item's rule, sources, thresholds and remedies. Asks nobody. No Textual."""

import difflib
from pathlib import Path

from flytui import checklist
from flytui.additions import in_force
from flytui.exit_code import ExitCode
from flytui.explain import explain as explained
from flytui.headless import Streams
from flytui.report.explanation import listing, text
from flytui.settings import SettingsError, preferences
from flytui.team import with_team
from flytui.text import one_line


def explain(item: str | None, checkout: Path, streams: Streams, *, plugins: bool = True) -> int:
    """Print what there is to know about the item, or the list of all without one."""
    try:
        items = with_team(checklist.load(), checkout)
        everything = in_force(items, checkout, with_plugins=plugins)
        thresholds = preferences("", checkout).thresholds
    except SettingsError as error:
        streams.tell(error.cause, error.cure)
        return ExitCode.USAGE
    for problem in everything.problems:
        streams.tell(str(problem))
    found = {one.item.id: one for one in explained(everything, thresholds)}
    if item is None:
        streams.write(listing(found.values()))
    elif item in found:
        streams.write(text(found[item]))
    else:
        near = difflib.get_close_matches(item, found, n=1)
        meant = f"Did you mean {near[0]}?" if near else "`flytui explain` lists the items."
        streams.tell(f"There is no item {one_line(item, 60)!r} on the checklist.", meant)
        return ExitCode.USAGE
    return ExitCode.DONE
