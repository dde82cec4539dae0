"""Writes what is generated: `remedies.toml` from the demo's scenarios, then `docs/checklist.md`."""

import asyncio
import re
import tempfile
from pathlib import Path

import tomli_w

from flytui import checklist
from flytui.additions import in_force
from flytui.demo.scenario import names
from flytui.demo.world import World
from flytui.explain import explain
from flytui.remedy import Command, Edit, Link, Remedy
from flytui.report.explanation import markdown
from flytui.settings import Thresholds
from tests.simulated import found, simulated

ROOT = Path(__file__).parents[1]
REMEDIES = ROOT / "flytui" / "remedies.toml"
PAGE = ROOT / "docs" / "checklist.md"
_HEAD = """\
# What the items offered for the apps of the demo; written by `make docs`, so do not edit it.

"""
_PARTICULARS = (
    (r"'?\{(\w+)\}'?", lambda found: found[1].upper()),
    (r"\b[0-9a-f]{14}\b", "MACHINE"),
    (r"\b(vol_\w+)\b", "VOLUME"),
    (r"\b\d{1,3}(?:\.\d{1,3}){3}\b", "ADDRESS"),
    (r"\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7}", "ADDRESS"),
    (r"\b[\w-]+-example/", "OWNER/"),
    (r"\b(?:shared|performance)-(?:cpu-)?\dx\b", "SIZE"),
    (r"\b[A-Z]+(?:_[A-Z]+)+\b", "NAME"),
    (r"--region \w+", "--region REGION"),
    (r"\b\d{4}-\d\d-\d\d\b", "DATE"),
    (r"(?<=orgId=)\d+", "N"),
    (r"(?<= -r )\w+", "REGION"),
    (r"(?<=--plan )\w+", "PLAN"),
    (r"\b(?=\w*\d)[a-z0-9]{16}\b", "ID"),
    (r"\b(of|for|Let|Resize) app\b", r"\1 GROUP"),
    (r"(?<= -g) app\b", " GROUP"),
    (r"\bORGANIZATION\b", "ORG"),
    (r"\b(scale count) \w+=\d+", r"\1 GROUP=N"),
    (r"(?<![\w-])\d+(?![\w-])", "N"),
)


def remedies() -> str:
    """The text of remedies.toml as the scenarios have it now."""
    rows: dict[tuple[str, str, str], str] = {}
    for item, kind, title, does in sorted(asyncio.run(_offered())):
        key = (item, kind, does if kind == "command" else f"{does} {title}")
        rows.setdefault(key, f"{title}\n{does}")
    entries = [
        {"item": item, "kind": kind, **dict(zip(("title", "does"), row.split("\n"), strict=True))}
        for (item, kind, _), row in rows.items()
    ]
    return _HEAD + tomli_w.dumps({"remedy": entries})


def page() -> str:
    """The text of docs/checklist.md as the code has it now."""
    ours = in_force(checklist.load(), ROOT, with_plugins=False)
    return markdown(tuple(explain(ours, Thresholds())))


async def _offered() -> set[tuple[str, str, str, str]]:
    """Item, kind, title and deed of every remedy in every scenario, particulars in capitals."""
    offered: set[tuple[str, str, str, str]] = set()
    for name in names():
        with tempfile.TemporaryDirectory() as folder:
            world = simulated(name, Path(folder))
            session = world.session()
            for item, seen in (await found(session)).items():
                rows = [remedy for row in seen.finding.resources for remedy in row.remedies]
                for remedy in (*seen.finding.remedies, *rows):
                    title, does = (_in_general(t, world.scenario.world) for t in _told(remedy))
                    offered.add((item, remedy.kind, title, does))
            await session.close()
    return offered


def _told(remedy: Remedy) -> tuple[str, str]:
    match remedy:
        case Command():
            return remedy.title, remedy.line
        case Edit():
            return remedy.title, remedy.path
        case Link():
            return remedy.title, remedy.url


def _in_general(text: str, world: World) -> str:
    """The text with the names of this world, and whatever else is particular, in capitals."""
    apps = world.apps.values()
    machines = [machine for app in apps for machine in app.machines.values()]
    known = {machine.group: "GROUP" for machine in machines if machine.group != "app"}
    known |= dict.fromkeys(world.organizations, "ORG") | dict.fromkeys(world.apps, "APP")
    known |= {hostname: "HOSTNAME" for app in apps for hostname in app.certificates}
    for name in sorted(known, key=len, reverse=True):
        text = re.sub(rf"(?<![\w.]){re.escape(name)}(?![\w.])", known[name], text)
    for pattern, general in _PARTICULARS:
        text = re.sub(pattern, general, text)
    return text


def main() -> None:
    REMEDIES.write_text(remedies(), encoding="utf-8")
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
