"""Items explained: for a terminal, and as the page of all of them."""

import textwrap
from collections.abc import Iterable, Iterator

from flytui.explain import Explanation, Offer, Threshold
from flytui.facts.fact import Fact, Needs
from flytui.text import one_line

WIDTH = 100
_SET = "[thresholds] in .flytui/config.toml"


def listing(explanations: Iterable[Explanation]) -> str:
    """Every item on a line: its id, who decides it, its title."""
    rows = [(one.item.id, _by(one), one_line(one.item.title, 200)) for one in explanations]
    width = max((len(id_) for id_, _, _ in rows), default=0)
    lines = [f"{id_:<{width}}  {by:<9}  {title}" for id_, by, title in rows]
    return "".join(f"{line}\n" for line in [*lines, "", "flytui explain ITEM tells the rest."])


def text(one: Explanation) -> str:
    """One item in full, ending in a line feed."""
    blocks = (_head(one), _rule(one), _facts(one), _remedies(one))
    return "".join(f"{line}\n" for lines in blocks for line in lines)


def _by(one: Explanation) -> str:
    return "a person" if one.manual else "flytui"


def _head(one: Explanation) -> Iterator[str]:
    yield f"{one.item.id}: {one_line(one.item.title, 200)}"
    yield f"{one_line(one.section, 120)} · decided by {_by(one)}"
    if one.item.description:
        yield ""
        yield from _wrapped(one.item.description)
    if one.item.look_at:
        yield from _titled("What a reviewer looks at", (f"- {line}" for line in one.item.look_at))
    if one.item.links:
        yield from _titled("Links", (f"- {link.title}: {link.url}" for link in one.item.links))


def _rule(one: Explanation) -> Iterator[str]:
    yield ""
    yield "Rule"
    for paragraph in one.rule.split("\n\n"):
        yield from _wrapped(" ".join(paragraph.split()), "  ")
    if one.thresholds:
        yield from _titled(
            f"Thresholds: flytui's own, not Fly.io's; {_SET} changes them",
            map(_threshold, one.thresholds),
        )


def _threshold(one: Threshold) -> str:
    changed = f" (set here; flytui's own is {one.default})" if one.value != one.default else ""
    return f"- {one.name} = {one.value}{changed}"


def _facts(one: Explanation) -> Iterator[str]:
    yield ""
    yield "Facts"
    if not one.sources:
        yield "  none: it is for people to tell"
    for source in one.sources:
        spare = "" if source.needed else ", if it can be seen"
        yield from _wrapped(f"{source.fact.name}{spare}: {source.fact.source}", "  ", "      ")
        yield from _wrapped(_meaning(source.fact), "      ")
        yield from (f"      {line}" for line in source.fact.query.strip().splitlines())


def _meaning(fact: Fact[object]) -> str:
    good_for = f"a token good for {fact.needs.value}"
    needs = "no token" if fact.needs is Needs.NOTHING else good_for
    return f"{' '.join(fact.rule.split())} Needs {needs}.".lstrip()


def _remedies(one: Explanation) -> Iterator[str]:
    if one.offers:
        told = (f"- {offer.title}: {offer.does}" for offer in one.offers)
        yield from _titled("Remedies, as offered for the apps of the demo", told)


def _titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield ""
    yield title
    for line in lines:
        yield from _wrapped(one_line(line, 2_000), "  ", "    ")


def _wrapped(words: str, indent: str = "", then: str | None = None) -> list[str]:
    return textwrap.wrap(
        one_line(words, 4_000),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if then is None else then,
        break_long_words=False,
        break_on_hyphens=False,
    )


def markdown(explanations: tuple[Explanation, ...]) -> str:
    """The page of all items, then of all facts they read."""
    facts = {s.fact.name: s.fact for one in explanations for s in one.sources}
    lines = [*_opening(explanations)]
    for one in explanations:
        lines += _chapter(one)
    lines += ["## Facts", "", "Each is fetched once for all items that read it.", ""]
    for name in sorted(facts):
        lines += _fact_chapter(facts[name])
    return "\n".join(lines).rstrip() + "\n"


def _opening(explanations: tuple[Explanation, ...]) -> Iterator[str]:
    live = sum(not one.manual for one in explanations)
    yield "# The checklist, item by item"
    yield ""
    yield "<!-- Written by `make docs`. `flytui explain ITEM` tells the same. -->"
    yield ""
    yield (
        f"{len(explanations)} items: {live} decided by flytui, as far as Fly.io's APIs and the"
        f" checkout tell, and {len(explanations) - live} by a person."
    )
    yield (
        "An item that could not be looked at is never called good: it says what was missing, and"
        " what would cure it."
    )
    yield ""
    yield "| Item | Title | Decided by | Facts |"
    yield "|---|---|---|---|"
    for one in explanations:
        number = len(one.sources)
        yield f"| [`{one.item.id}`](#{one.item.id}) | {one.item.title} | {_by(one)} | {number} |"
    yield ""


def _chapter(one: Explanation) -> Iterator[str]:
    yield f"## {one.item.id}"
    yield ""
    yield f"**{one.item.title}** ({one.section}; decided by {_by(one)})"
    yield ""
    yield one.item.description
    yield ""
    yield f"**Rule.** {' '.join(one.rule.split())}"
    yield ""
    yield from _points("What a reviewer looks at", one.item.look_at)
    yield from _points("Links", (f"[{link.title}]({link.url})" for link in one.item.links))
    if one.thresholds:
        title = f"Thresholds (flytui's own; `{_SET}` changes them)"
        yield from _points(title, (f"`{t.name}` = {t.value}" for t in one.thresholds))
    names = (
        f"[`{s.fact.name}`](#fact-{s.fact.name}): {s.fact.source}"
        + ("" if s.needed else " (if it can be seen)")
        for s in one.sources
    )
    yield from _points("Facts", names)
    yield from _points("Remedies, as offered for the apps of the demo", map(_offer, one.offers))


def _offer(offer: Offer) -> str:
    return f"{offer.title}: `{offer.does}`"


def _points(title: str, points: Iterable[str]) -> Iterator[str]:
    found = list(points)
    if found:
        yield f"**{title}.**"
        yield ""
        yield from (f"- {point}" for point in found)
        yield ""


def _fact_chapter(fact: Fact[object]) -> Iterator[str]:
    yield f'### <a id="fact-{fact.name}"></a>{fact.name}'
    yield ""
    yield f"{fact.source}. {_meaning(fact)}"
    yield ""
    if fact.query:
        yield "```graphql"
        yield from fact.query.strip().splitlines()
        yield "```"
        yield ""
