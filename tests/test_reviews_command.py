"""`flytui reviews` tells what each decision on file is worth, and says the outcome by its code."""

import io
import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from flytui import checklist
from flytui.exit_code import ExitCode
from flytui.headless import Streams
from flytui.ledger import Entry, State
from flytui.opening import Surroundings
from flytui.review import Agreement, Decision, Review
from flytui.review_folder import Place, ReviewFolder
from flytui.reviews_command import ReviewsQuestion, Verb, outcome, reviews
from flytui.settings import Flags
from tests import evidence_changes as c
from tests.fakes import NOON
from tests.simulated import simulated

DIGEST = checklist.load()["exposure"].digest


def review(item: str = "exposure", **more: Any) -> Review:
    known = Review(item, Decision.REVIEWED, "Fine.", "Ana", NOON, None, ("status: ok",), DIGEST)
    return replace(known, **more)


@dataclass
class Desk:
    """A checkout with shared reviews, and the command run in it."""

    root: Path
    around: Surroundings
    out: str = ""
    err: str = ""

    @property
    def folder(self) -> Path:
        return self.around.checkout / ".flytui" / "storefront"

    def keep(self, *kept: Review) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        folder = ReviewFolder(Place(self.folder, self.around.checkout, private=False))
        folder.load()
        for one in kept:
            folder.save(one)

    def configure(self, text: str) -> None:
        (self.around.checkout / ".flytui").mkdir(exist_ok=True)
        (self.around.checkout / ".flytui" / "config.toml").write_text(text)

    def run(self, verb: Verb, item: str = "", **more: Any) -> ExitCode:
        out, err = io.StringIO(), io.StringIO()
        question = ReviewsQuestion(Flags("storefront"), verb, item, **more)
        code = reviews(question, self.around, self.root, Streams(out, err))
        self.out, self.err = out.getvalue(), err.getvalue()
        return code

    def states(self, **more: Any) -> dict[str, str]:
        self.run("list", format="json", **more)
        told = json.loads(self.out)["reviews"]
        return {one["item"]: one["state"] for one in told}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "checkout").mkdir()
    around = Surroundings(
        environ={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        checkout=tmp_path / "checkout",
        data=tmp_path / "data",
        state=tmp_path / "state",
        now=lambda: NOON,
        plugins=False,
    )
    return Desk(tmp_path, around)


def test_a_sound_ledger_is_told_with_code_0(desk: Desk) -> None:
    desk.keep(review(), review("ipv4", text=""))
    assert desk.run("audit") is ExitCode.DONE
    assert "2 active, told from the files alone." in desk.out


YESTERDAY = NOON.date() - timedelta(days=1)


@pytest.mark.parametrize(
    ("kept", "policy", "state", "why"),
    [
        (review(expires=YESTERDAY), "", "expired", "Its last day was 2026-03-11"),
        (review("nonsense"), "", "unused", "No item has the id nonsense"),
        (
            review(decision=Decision.ACCEPTED_RISK),
            'never_waive = ["exposure"]',
            "against_policy",
            "may not be decided accepted risk",
        ),
        (review(), 'two_reviewers = ["exposure"]', "waiting", "so far only Ana"),
        (review(), "longest_days = { reviewed = 9 }", "against_policy", "needs a last day"),
    ],
)
def test_what_does_not_count_is_named_with_its_reason_and_code_1(
    desk: Desk, kept: Review, policy: str, state: str, why: str
) -> None:
    desk.configure(f"[policy]\n{policy}\n")
    desk.keep(kept)
    assert desk.run("audit") is ExitCode.ACTION
    assert why in " ".join(desk.out.split())
    assert desk.states() == {kept.item: state}
    assert desk.run("list") is ExitCode.DONE


def test_a_file_that_is_no_review_is_invalid_with_its_line(desk: Desk) -> None:
    desk.keep(review())
    (desk.folder / "ipv4.toml").write_text('schema = 2\nitem = "ipv4"\nwhat = 1\n')
    assert desk.run("audit") is ExitCode.ACTION
    assert "ipv4.toml, line 3: 'what' is not a key" in desk.out
    assert desk.states() == {"exposure": "active", "ipv4": "invalid"}


def test_a_text_that_changed_since_is_said_and_reopens_nothing(desk: Desk) -> None:
    desk.keep(review(text="0" * 64))
    assert desk.run("audit") is ExitCode.DONE
    assert "The checklist's text of this item has changed since it was reviewed" in desk.out


def test_an_agreement_to_another_version_is_said_not_to_count(desk: Desk) -> None:
    word = Agreement("Ben", NOON, "", None, "0" * 64)
    desk.keep(review(agreements=(word,)))
    desk.run("list")
    assert "Ben agreed to another version of it, which does not count." in desk.out


def test_one_review_is_shown_in_full_with_its_file_and_its_past(desk: Desk) -> None:
    desk.keep(review(note="One.\nTwo.", expires=date(2026, 6, 1)))
    assert desk.run("show", "exposure") is ExitCode.DONE
    for words in ("exposure: active", "  One.\n  Two.", "last day is 2026-06-01", "status: ok"):
        assert words in desk.out
    assert str(desk.folder / "exposure.toml") in desk.out
    assert desk.run("show", "ipv4") is ExitCode.DONE
    assert "ipv4: not reviewed" in desk.out


def test_a_removed_review_is_told_in_full_and_gone(desk: Desk) -> None:
    desk.keep(review(), review("ipv4"))
    assert desk.run("remove", "exposure") is ExitCode.DONE
    assert "Reviewed by Ana" in desk.out
    assert list(desk.states()) == ["ipv4"]
    assert desk.run("remove", "exposure") is ExitCode.DONE
    assert "There is no review of exposure" in desk.err


@pytest.mark.parametrize("verb", ["show", "remove"])
def test_an_unknown_item_is_a_mistake_with_a_guess(desk: Desk, verb: Verb) -> None:
    assert desk.run(verb, "exposur") is ExitCode.USAGE
    assert "Did you mean exposure?" in desk.err


def test_sharing_is_told_with_what_to_commit(desk: Desk) -> None:
    own = ReviewFolder(Place(desk.around.data / "reviews/_/storefront", desk.root, private=True))
    own.load()
    own.save(review())
    assert desk.run("share") is ExitCode.DONE
    assert "1 review was moved over: exposure." in desk.out
    assert f"git add {desk.folder}" in desk.out
    assert desk.states() == {"exposure": "active"}


def test_a_policy_that_cannot_be_read_is_no_clean_audit(desk: Desk) -> None:
    desk.configure('[policy]\nnever_waive = ["exposur"]\n')
    assert desk.run("audit") is ExitCode.USAGE
    assert "which is no item" in desk.err


@pytest.mark.parametrize(
    ("states", "code"),
    [
        ((), ExitCode.DONE),
        ((State.ACTIVE,), ExitCode.DONE),
        ((State.UNCONFIRMED, State.ACTIVE), ExitCode.UNSEEN),
        ((State.UNCONFIRMED, State.STALE), ExitCode.ACTION),
        *(((state,), ExitCode.ACTION) for state in State if not state.sound),
    ],
)
def test_the_code_is_that_of_the_worst(states: tuple[State, ...], code: ExitCode) -> None:
    assert outcome(tuple(Entry("exposure", state, None) for state in states)) is code


def looking(there: c.There, root: Path) -> Desk:
    """The command where the simulated Fly.io can be asked."""
    of = there.simulated
    around = Surroundings(
        environ=of.environ,
        checkout=of.folder / "checkout",
        data=of.folder / "data",
        state=of.folder / "state",
        transport=of.transport,
        now=lambda: there.now,
        plugins=False,
    )
    return Desk(root, around)


def test_a_look_tells_what_changed_under_a_review(tmp_path: Path) -> None:
    there = c.There(simulated("storefront", tmp_path))
    desk = looking(there, tmp_path)
    desk.keep(review(text="", at=there.now), review("sso", basis=("status: ok",), at=there.now))
    assert desk.run("audit") is ExitCode.DONE
    assert desk.run("audit", live=True) is ExitCode.ACTION
    assert "203.0.113.7 was added" in desk.out
    assert desk.states(live=True) == {"sso": "stale", "exposure": "stale"}
