"""Remedies in words: nothing runs that was not told in full, and nothing by Enter alone."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from flytui.edits.operations import Put, Table
from flytui.events import Plan
from flytui.finding import Status
from flytui.rehearsed import Change, Rehearsal
from flytui.remedy import Blank, Command
from flytui.repo.reading import read
from flytui.session import Session
from flytui.settings import Preferences
from flytui.store import FactStore
from flytui.walk.conversation import Conversation
from flytui.walk.voice import Voice
from tests.fakes import Clock, FakeRunner
from tests.walk.walking import EDIT, LINK, walked, with_open
from tests.worlds import Lamp, session, silent_fly, verdicts

SWAP = Put(Table(), ("swap_size_mb",), 256)
OFF = ("fly", "lamp", "off", "-a", "shop")


def lit(runner: FakeRunner, *offers: Command) -> Session:
    return session(Lamp(on=True, offers=offers), runner=runner)


def smash() -> Command:
    return replace(
        Lamp.switch(), argv=("fly", "lamp", "smash"), title="Smash the lamp", reversible=False
    )


async def test_the_card_is_told_in_full_and_the_word_run_runs_it() -> None:
    lamp = Lamp(on=True)
    runner = FakeRunner(effect=lamp.put_out)
    walk = await walked(session(lamp, runner=runner), "fix 1", "run")
    for words in (
        "The exact command:\n  fly lamp off -a shop\n",
        "  what changes: The lamp is off.",
        "  who depends: nobody that flytui can see",
        "  costs: cost unknown",
        "  undo: yes",
        "  fly will ask: nothing: it acts at once",
        "  for: shop",
        "  fly says: done",
        "It has ended: exit code 0",
        "Before: Action. 1 lamp burns.",
        "After: OK. The lamp is off.",
        "0 decided, 1 fixed, 0 still open.",
    ):
        assert words in walk.text, walk.text
    assert runner.ran == [OFF]
    assert walk.talk.journey.ended


@pytest.mark.parametrize("typed", ["", "yes", "y", "Run", "run it", "shop", "1"])
async def test_no_other_word_runs_it(typed: str) -> None:
    runner = FakeRunner()
    walk = await walked(lit(runner), "fix 1", typed)
    assert not runner.ran
    assert "Nothing was run." in walk.text
    assert not walk.talk.journey.deeds


@pytest.mark.parametrize(
    ("typed", "runs"), [("shop", True), ("run", False), ("Shop", False), ("", False)]
)
async def test_what_cannot_be_undone_asks_for_the_name_of_the_app(typed: str, runs: bool) -> None:
    runner = FakeRunner()
    await walked(lit(runner, smash()), "fix 3", typed)
    assert bool(runner.ran) is runs


async def test_several_are_offered_by_number() -> None:
    runner = FakeRunner()
    walk = await walked(lit(runner), "f", "1", "run")
    assert "Which one, 1 to 2? Enter alone: none." in walk.text
    assert runner.ran == [OFF]


@pytest.mark.parametrize(
    ("typed", "words"), [("", "Nothing was chosen."), ("9", "number 9"), ("a", "number a")]
)
async def test_a_number_that_is_none_does_nothing(typed: str, words: str) -> None:
    walk = await walked(lit(FakeRunner()), "fix", typed)
    assert words in walk.text


async def test_what_was_run_and_changed_nothing_stays_open_and_says_so() -> None:
    walk = await walked(lit(FakeRunner()), "fix 1", "run")
    assert "Nothing that flytui can see has changed." in walk.text
    assert "worked on by Ana, 12 March 2026, and open all the same" in walk.text


async def test_blanks_are_asked_for_until_the_value_will_do() -> None:
    runner = FakeRunner()
    walk = await walked(lit(runner), "fix 2", "--force", "Kitchen", "kitchen", "run")
    assert "'--force' will not do for Room." in walk.text
    assert runner.ran == [("fly", "lamp", "move", "kitchen", "-a", "shop")]


async def test_what_is_known_is_offered_and_enter_alone_leaves_it() -> None:
    runner = FakeRunner()
    move = replace(Lamp.move(), blanks=(Blank("room", "Room", r"[a-z]+", ("attic", "hall")),))
    walk = await walked(lit(runner, move), "fix 3", "")
    assert "Known for Room: attic, hall." in walk.text
    assert "Nothing was run." in walk.text
    assert not runner.ran


async def test_a_rehearsal_is_told_and_the_word_asked_for_again() -> None:
    runner = FakeRunner()

    async def tried(live: Session, plan: Plan) -> Rehearsal:
        flip = Change("sso", "Single sign-on", Status.OK, Status.ACTION, "It is dark.")
        return Rehearsal(plan.command, 0, ("off",), (flip,), left_out=("DNS",))

    opened = session(Lamp(on=True), runner=runner, rehearse=tried)
    walk = await walked(opened, "fix 1", "rehearse", "", "fix 1", "rehearse", "run")
    assert "  the copy's fly says: off" in walk.text
    assert "  Worse: Single sign-on: OK before, Action then. It is dark." in walk.text
    assert "The copy does not hold DNS." in walk.text
    assert runner.ran == [OFF]


async def test_where_there_is_no_copy_the_word_is_none() -> None:
    walk = await walked(lit(FakeRunner()), "fix 1", "rehearse")
    assert "to try it on a copy" not in walk.text
    assert "Nothing was run." in walk.text


def keyed() -> Command:
    return replace(
        Lamp.switch(),
        argv=("fly", "lamp", "key", "-a", "shop"),
        stdin="{key}",
        blanks=(Blank("key", "Key", r"\S+", secret=True),),
    )


async def test_a_secret_is_neither_shown_nor_kept() -> None:
    runner = FakeRunner()
    walk = await walked(lit(runner, keyed()), "fix 3", "hunter2", "run")
    assert runner.read is not None
    assert "hunter2" in runner.read.text.reveal()
    assert "hunter2" not in walk.text


async def test_at_a_terminal_a_secret_is_typed_without_an_echo() -> None:
    runner = FakeRunner()
    asked: list[str] = []

    def hidden(question: str) -> str:
        asked.append(question)
        return "hunter2"

    await walked(lit(runner, keyed()), "fix 3", "run", hidden=hidden)
    assert asked == ["Key, which is not shown (Enter alone: none): "]
    assert runner.read is not None
    assert "hunter2" in runner.read.text.reveal()


async def test_a_command_that_asks_has_the_terminal_and_none_without_one() -> None:
    asks = replace(Lamp.switch(), argv=("fly", "lamp", "ask"), interactive=True)
    runner = FakeRunner()
    walk = await walked(lit(runner, asks), "fix 3", "run")
    assert "there is no terminal for it here" in walk.text
    assert not runner.ran
    await walked(lit(runner, asks), "fix 3", "run", hidden=lambda _: "")
    assert runner.ran == [("fly", "lamp", "ask")]


async def test_without_a_fly_the_card_is_told_and_nothing_asked() -> None:
    runner = FakeRunner(available=None)
    walk = await walked(lit(runner), "fix 1", "run")
    assert "The exact command:\n  fly lamp off -a shop\n" in walk.text
    assert "It cannot be run from here: There is no fly on this machine" in walk.text
    assert "'run' is not understood." in walk.text


async def test_what_has_changed_since_it_was_told_does_not_run() -> None:
    lamp = Lamp(on=True)
    runner = FakeRunner()
    opened = session(lamp, runner=runner)
    hindrance = opened.hindrance

    async def meanwhile() -> str | None:
        lamp.gain_a_dependent()
        return await hindrance()

    opened.hindrance = meanwhile  # type: ignore[method-assign]  # something happens while it is read
    walk = await walked(opened, "fix 1", "run")
    assert "what this command rests on has changed since it was shown" in walk.text
    assert not runner.ran
    assert not walk.talk.journey.deeds


async def test_a_page_is_told_by_its_address() -> None:
    walk = await walked(with_open(session(Lamp()), "sso", remedies=(LINK,)), "fix")
    assert "Open this page in a browser:\nhttps://fly.io/docs/\n" in walk.text


def editing(folder: Path, *operations: Put) -> Session:
    (folder / "fly.toml").write_text('app = "shop"  # ours\n', "utf-8")
    opened = with_open(session(Lamp()), "sso", remedies=(replace(EDIT, operations=operations),))
    facts = FactStore("shop", silent_fly(), read(folder), Preferences(), Clock())
    return Session(opened.identity, replace(opened.parts, store=facts))


@pytest.mark.parametrize(("typed", "writes"), [("write", True), ("", False), ("run", False)])
async def test_an_edit_is_told_as_a_difference_and_written_after_its_word(
    tmp_path: Path, typed: str, writes: bool
) -> None:
    walk = await walked(editing(tmp_path, SWAP), "fix", typed)
    assert "+swap_size_mb = 256\n" in walk.text
    assert ("swap_size_mb" in (tmp_path / "fly.toml").read_text("utf-8")) is writes
    assert ("Written: fly.toml." in walk.text) is writes


async def test_an_edit_that_only_a_person_can_make_tells_the_lines(tmp_path: Path) -> None:
    walk = await walked(editing(tmp_path), "fix")
    assert "By hand: " in walk.text
    assert "Write these lines in fly.toml:\nswap_size_mb = 256\n" in walk.text


class Torn(io.StringIO):
    """An output that nobody reads any more after some words."""

    def write(self, text: str) -> int:
        if "The exact command" in self.getvalue():
            raise BrokenPipeError
        return super().write(text)


async def test_what_nobody_reads_does_not_run() -> None:
    runner = FakeRunner()
    opened = lit(runner)
    await verdicts(opened)
    talk = Conversation(opened, Voice(Torn(), io.StringIO("fix 1\nrun\n"), None))
    await talk.walk()
    assert not runner.ran
