"""What another look shows to be different: by that alone a run is judged. Pure."""

from flytui.finding import Finding
from flytui.review import basis
from flytui.review_changes import changes


def differs(before: Finding, after: Finding) -> bool:
    """Whether anything is not as it was that does not change by itself."""
    return basis(before) != basis(after) or _particulars(before) != _particulars(after)


def told(before: Finding, after: Finding) -> tuple[str, ...]:
    """What is not as it was, a phrase each: `volume vol_1: scheduled snapshots: off → on`."""
    then, now = _particulars(before), _particulars(after)
    particulars = tuple(
        f"{key[0]}: {key[1].lower()}: {then[key]} → {now[key]}"
        for key in now
        if key in then and then[key] != now[key]
    )
    return (*changes(basis(before), basis(after)), *particulars)


def _particulars(finding: Finding) -> dict[tuple[str, str], str]:
    """What stands beside single resources: a review does not rest on it, an effect may show there.

    Evidence that moves by itself is no effect of anything.
    """
    found: dict[tuple[str, str], str] = {}
    for one in finding.resources:
        for seen in one.evidence:
            if not seen.moves:
                key = (f"{one.kind} {one.id}", seen.label)
                found[key] = ", ".join(filter(None, (found.get(key, ""), seen.value)))
    return found
