"""`flytui checklist`: the sections and items in force, with their texts. No Textual, no network."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from flytui import checklist
from flytui.additions import in_force
from flytui.checklist import Checklist, Item
from flytui.exit_code import ExitCode
from flytui.headless import Streams
from flytui.opening import Surroundings
from flytui.settings import SettingsError
from flytui.team import with_team
from flytui.text import one_line

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class ChecklistQuestion:
    """What was asked for on the command line."""

    format: Literal["text", "json"] = "text"


def tell(question: ChecklistQuestion, around: Surroundings, streams: Streams) -> ExitCode:
    """Print the checklist. USAGE when the team's part of it cannot be read."""
    try:
        items = with_team(checklist.load(), around.checkout)
    except SettingsError as error:
        streams.tell(error.cause, error.cure)
        return ExitCode.USAGE
    everything = in_force(items, around.checkout, with_plugins=around.plugins)
    for problem in everything.problems:
        streams.tell(str(problem))
    if question.format == "json":
        document = json.dumps(_document(everything.checklist), indent=2, ensure_ascii=True)
        streams.write(f"{document}\n")
    else:
        streams.write("".join(f"{line}\n" for line in _text(everything.checklist)))
    return ExitCode.DONE


def _text(known: Checklist) -> Iterator[str]:
    yield f"Going to production, as Fly.io's page was on {known.follows}"
    for section in known.sections:
        yield ""
        yield one_line(section.title)
        for item in section.items:
            yield ""
            yield from (f"  {line}" for line in _item(item))


def _item(item: Item) -> Iterator[str]:
    optional = ", optional" if item.optional else ""
    revised = f", text of {item.revised}" if item.revised else ""
    yield f"{one_line(item.title)}   ({item.id}{optional}{revised})"
    if item.description:
        yield f"  {one_line(item.description, 5_000)}"
    yield from (f"  Look at: {one_line(line)}" for line in item.look_at)
    yield from (f"  Read: {one_line(link.title)}, {one_line(link.url)}" for link in item.links)


def _document(known: Checklist) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "follows": known.follows,
        "sections": [
            {
                "id": section.id,
                "title": section.title,
                "items": [_json(item) for item in section.items],
            }
            for section in known.sections
        ],
    }


def _json(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": item.title,
        "description": item.description,
        "look_at": list(item.look_at),
        "links": [{"title": link.title, "url": link.url} for link in item.links],
        "optional": item.optional,
        "revised": item.revised or None,
        "digest": item.digest,
    }
