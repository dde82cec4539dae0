"""Two sessions on the same reviews: the later one is told, sees the other's, and chooses."""

from dataclasses import replace
from pathlib import Path

import pytest

from flytui.events import Assessed
from flytui.review import Decision
from flytui.review_file import ReviewFileError
from flytui.review_folder import Place, ReviewFolder
from flytui.session import Session
from tests.worlds import Lamp, session, verdicts


async def opened(folder: Path, by: str) -> Session:
    first = session(Lamp(on=True))
    reviews = ReviewFolder(Place(folder, folder, private=True))
    own = Session(first.identity, replace(first.parts, reviews=reviews, by=by))
    await verdicts(own)
    return own


def by(of: Session) -> str | None:
    review = of.assessments["exposure"].review
    return review.by if review else None


async def refreshed(of: Session) -> list[str]:
    """Looks again; the items of the first events, before anything was fetched."""
    events = [e async for e in of.refresh()]
    return [event.assessment.item.id for event in events if isinstance(event, Assessed)]


async def test_the_later_one_is_told_looks_again_and_chooses(tmp_path: Path) -> None:
    ana, ben = await opened(tmp_path, "Ana"), await opened(tmp_path, "Ben")
    ana.decide("exposure", Decision.REVIEWED, "Ana's")
    with pytest.raises(ReviewFileError, match=r"was changed since.*Refresh"):
        ben.decide("exposure", Decision.REVIEWED, "Ben's")
    assert by(ben) is None
    assert (await refreshed(ben))[0] == "exposure"
    assert by(ben) == "Ana"
    ben.decide("exposure", Decision.REVIEWED, "Ben's")
    assert by(ben) == "Ben"


async def test_undo_does_not_take_back_what_somebody_else_decided(tmp_path: Path) -> None:
    ana, ben = await opened(tmp_path, "Ana"), await opened(tmp_path, "Ben")
    ana.decide("exposure", Decision.REVIEWED, "Ana's")
    await refreshed(ben)
    ben.decide("exposure", Decision.REVIEWED, "Ben's")
    with pytest.raises(ReviewFileError, match="was changed since"):
        ana.undo()
    await refreshed(ana)
    with pytest.raises(ReviewFileError, match="Somebody else has decided about exposure since"):
        ana.undo()
    assert by(ana) == "Ben"
    assert ana.undo() is None


async def test_after_a_refresh_one_s_own_decision_can_still_be_taken_back(tmp_path: Path) -> None:
    ana = await opened(tmp_path, "Ana")
    ana.decide("exposure", Decision.REVIEWED, "  Ana's\n\n note\t ")
    await refreshed(ana)
    undone = ana.undo()
    assert undone is not None
    assert undone.review is None
