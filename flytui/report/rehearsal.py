"""What a rehearsal came to, for readers and for programs."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from flytui.rehearsed import Change, Rehearsal
from flytui.remedy import Command
from flytui.report.json import inert
from flytui.report.words import said, typed

SCHEMA = 1


def render(item: str, found: Rehearsal, form: str) -> str:
    if form == "json":
        return _json(_document(item, found))
    return "\n".join(lines(found)) + "\n"


def listing(commands: Mapping[str, tuple[Command, ...]], form: str) -> str:
    """What can be rehearsed, numbered."""
    if form == "json":
        rows = [
            {"item": item, "remedy": number, "argv": list(command.argv)}
            for item, several in commands.items()
            for number, command in enumerate(several, 1)
        ]
        return _json({"schema": SCHEMA, "commands": rows})
    told = [
        f"--item {item} --remedy {number}   {typed(command)}"
        for item, several in commands.items()
        for number, command in enumerate(several, 1)
    ]
    return "\n".join(told or ["No command is offered, so there is nothing to rehearse."]) + "\n"


def lines(found: Rehearsal) -> Iterator[str]:
    """A line each: the command, what flipped, and what the copy cannot tell."""
    yield f"Rehearsed on a copy; nothing was sent to Fly.io: {typed(found.command)}"
    if found.declined:
        yield said(found.declined)
    for line in found.output:
        yield f"  {said(line)}"
    if found.code is not None:
        yield f"exit code {found.code}"
        yield from _changes(found)
    if found.unlike:
        yield "Judged otherwise in the copy from the start, so it tells nothing about:"
        yield from (f"  {said(c.title)}: {c.before} here, {c.after} there" for c in found.unlike)
    yield "The copy does not hold:"
    yield from (f"  {said(phrase)}" for phrase in found.left_out)


def _changes(found: Rehearsal) -> Iterator[str]:
    if not found.changes:
        yield "No item would change."
    for change in found.changes:
        arrow = f"{change.before} → {change.after}" if change.flips else f"{change.after}, still"
        mark = "! " if change.worse else "  "
        yield f"{mark}{said(change.title)}: {arrow}: {said(change.summary)}"


def _document(item: str, found: Rehearsal) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "item": item,
        "argv": list(found.command.argv),
        "exit": found.code,
        "declined": found.declined or None,
        "output": list(found.output),
        "changes": [_change(one) | {"worse": one.worse} for one in found.changes],
        "unlike": [_change(one) for one in found.unlike],
        "left_out": list(found.left_out),
    }


def _change(one: Change) -> dict[str, Any]:
    return {
        "item": one.item,
        "title": one.title,
        "before": one.before.value,
        "after": one.after.value,
        "summary": one.summary,
    }


def _json(document: dict[str, Any]) -> str:
    return inert(json.dumps(document, indent=2, ensure_ascii=True)) + "\n"
