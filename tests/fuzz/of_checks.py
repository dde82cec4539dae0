"""Checks on facts of every shape: total, one line, and never good for want of sight."""

import dataclasses
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from hypothesis import strategies as st

from flytui.checks.check import Check, registry
from flytui.facts.fact import Fact, Optional, Unseen
from flytui.finding import Evidence, Finding, Resource, Status
from flytui.remedy import Command, Edit, Link
from tests.fuzz.making import Maker, harmless, hints_of, makers
from tests.fuzz.property import Property

UNSEEN = Unseen("It could not be looked at.", "Look again.")
BESIDE = {("multiple-machines", "host_issues")}
"""(item, fact) where the fact only joins the verdict: trouble of the moment on one host."""
DECIDED = {Status.OK, Status.NOT_APPLICABLE}
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@cache
def kind_of(fact: Fact[Any]) -> Any:
    return hints_of(fact.fetch)["return"]


def facts_for(check: Check, maker: Maker) -> dict[str, Any]:
    """A value of every fact that the check wants, some unseen where it may be."""
    made: dict[str, Any] = {}
    for wanted in check.wants:
        fact = wanted.fact if isinstance(wanted, Optional) else wanted
        hidden = isinstance(wanted, Optional) and maker.chance.random() < 0.15
        made[fact.name] = UNSEEN if hidden else harmless(maker.of(kind_of(fact)))
    return made


def decided(check: Check, facts: dict[str, Any]) -> Finding:
    return check.decide(*(facts[f.name] for f in check.facts))


def words(finding: Finding) -> Iterator[tuple[str, str]]:
    """Every text of the finding that is shown on one line, and where it stands."""
    yield "summary", finding.summary
    if finding.unseen:
        yield from (("cause", finding.unseen.cause), ("cure", finding.unseen.cure))
    yield from _of(finding)
    for resource in finding.resources:
        yield from (("resource", resource.id), ("resource", resource.summary))
        yield from _of(resource)


def _of(holder: Finding | Resource) -> Iterator[tuple[str, str]]:
    for each in holder.evidence:
        yield from (("evidence", text) for text in _texts(each))
    for remedy in holder.remedies:
        match remedy:
            case Command():
                several = (remedy.title, remedy.why, remedy.changes, remedy.undo, *remedy.argv)
                yield from (("command", text) for text in (*several, *remedy.dependents))
            case Edit():
                yield from (("edit", text) for text in (remedy.path, remedy.title, remedy.why))
            case Link():
                yield from (("link", text) for text in (remedy.url, remedy.title, remedy.why))


def _texts(each: Evidence) -> Iterator[str]:
    yield from (v for v in dataclasses.asdict(each).values() if isinstance(v, str))


def fit_to_show(text: str) -> None:
    """It says something, on one line and harmlessly."""
    assert text.strip()
    assert not CONTROL.search(text), repr(text)


def _total(given: tuple[str, Maker]) -> None:
    item, maker = given
    check = registry()[item]
    finding = decided(check, facts_for(check, maker))
    assert isinstance(finding, Finding)
    assert finding.summary.strip()
    for where, text in words(finding):
        assert not CONTROL.search(text), f"{item}, {where}: {text!r}"


def _blind(given: tuple[str, Maker]) -> None:
    item, maker = given
    check = registry()[item]
    facts = facts_for(check, maker)
    seen = decided(check, facts)
    for wanted in check.wants:
        if not isinstance(wanted, Optional) or seen.status in DECIDED:
            continue
        if (item, wanted.fact.name) in BESIDE:
            continue
        after = decided(check, facts | {wanted.fact.name: UNSEEN})
        said = f"{item}: {seen.status}, {after.status} without {wanted.fact.name}: {after.summary}"
        assert after.status not in DECIDED, said


_ITEMS = st.tuples(st.sampled_from(sorted(registry())), makers())
_WILD = st.tuples(st.sampled_from(sorted(registry())), makers(0.4))

PROPERTIES = (
    Property("every check decides on whatever it is given", _ITEMS, _total, 2),
    Property("every check decides on the unlikeliest values", _WILD, _total, 2),
    Property("nothing turns good because something is not seen", _ITEMS, _blind, 2),
)
