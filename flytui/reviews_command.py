"""`flytui reviews`: decisions on file listed, shown, audited, shared, removed. No Textual."""

import asyncio
import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from flytui import checklist
from flytui.additions import in_force
from flytui.checklist import Checklist
from flytui.exit_code import ExitCode
from flytui.headless import Streams
from flytui.ledger import Entry, Kept, State, live, offline
from flytui.opening import Surroundings, open_session
from flytui.report import reviews as words
from flytui.review_file import ReviewFileError
from flytui.review_folder import ReviewFolder, choose
from flytui.review_history import past
from flytui.review_sharing import share
from flytui.session import Session
from flytui.settings import Flags, SettingsError, preferences, resolve
from flytui.target import app_name
from flytui.team import with_team
from flytui.text import one_line

Verb = Literal["list", "show", "audit", "share", "remove"]


@dataclass(frozen=True, slots=True)
class ReviewsQuestion:
    """What was asked for on the command line."""

    flags: Flags
    verb: Verb
    item: str = ""
    """For `show` and `remove`."""
    live: bool = False
    """Look at the items as well, which tells what is stale."""
    format: Literal["text", "json"] = "text"


def reviews(
    question: ReviewsQuestion, around: Surroundings, home: Path, streams: Streams
) -> ExitCode:
    """Do what was asked. USAGE for what cannot be asked, and for a file that cannot be changed."""
    try:
        return _Command(question, around, home, streams).run()
    except SettingsError as error:
        streams.tell(error.cause, error.cure)
    except ReviewFileError as error:
        streams.tell(str(error))
    return ExitCode.USAGE


def outcome(entries: tuple[Entry, ...]) -> ExitCode:
    """ACTION when a review does not count, UNSEEN when one could not be confirmed, else DONE."""
    if any(not entry.state.sound for entry in entries):
        return ExitCode.ACTION
    unseen = any(entry.state is State.UNCONFIRMED for entry in entries)
    return ExitCode.UNSEEN if unseen else ExitCode.DONE


class _Command:
    """One command about one app's reviews."""

    def __init__(
        self, question: ReviewsQuestion, around: Surroundings, home: Path, streams: Streams
    ) -> None:
        self._question, self._around, self._home = question, around, home
        self._streams = streams
        self._app = app_name(question.flags.app, around.environ, around.checkout)
        place = choose(self._app, question.flags.organization, around.checkout, self._ours)
        self._folder = ReviewFolder(place)

    @property
    def _ours(self) -> Path:
        return self._around.data / "reviews"

    def run(self) -> ExitCode:
        match self._question.verb:
            case "list" | "audit":
                return self._tell()
            case "show":
                return self._show()
            case "share":
                return self._share()
            case "remove":
                return self._remove()

    def _kept(self) -> Kept:
        around = self._around
        items = with_team(checklist.load(), around.checkout)
        everything = in_force(items, around.checkout, with_plugins=around.plugins)
        known = {item.id: item for item in everything.checklist}
        policy = preferences(self._app, around.checkout, known).policy
        kept, problems = self._folder.load()
        return Kept(kept, problems, known, policy, around.now().date())

    def _tell(self) -> ExitCode:
        kept = self._kept()
        entries = asyncio.run(self._look(kept)) if self._question.live else offline(kept)
        looked = "after a look" if self._question.live else "from the files alone"
        self._write(words.ledger(self._app, self._folder.place, looked, entries))
        return outcome(entries) if self._question.verb == "audit" else ExitCode.DONE

    async def _look(self, kept: Kept) -> tuple[Entry, ...]:
        flags = self._question.flags
        settings = resolve(flags, self._around.environ, self._home, self._app)
        session = open_session(settings, _checklist(self._around), self._around)
        try:
            await _assess(session, kept)
        finally:
            await session.close()
        return live(kept, session.assessments)

    def _show(self) -> ExitCode:
        kept = self._kept()
        item = self._question.item
        entry = next((e for e in offline(kept) if e.item == item), None)
        if entry is None and item not in kept.items:
            return self._stranger(item, kept)
        history = past(self._folder.file(item), item, self._around.environ)
        self._write(words.one(item, self._folder.file(item), entry, history))
        return ExitCode.DONE

    def _share(self) -> ExitCode:
        flags, around = self._question.flags, self._around
        shared = share(self._app, flags.organization, around.checkout, self._ours)
        self._write(words.shared(self._app, shared))
        return ExitCode.ACTION if shared.left else ExitCode.DONE

    def _remove(self) -> ExitCode:
        item = self._question.item
        kept = self._kept()
        entry = next((e for e in offline(kept) if e.item == item), None)
        if entry is None:
            known = item in kept.items
            if not known:
                return self._stranger(item, kept)
            self._streams.tell(f"There is no review of {item} in {self._folder.place}.")
            return ExitCode.DONE
        self._folder.remove(item)
        self._write(words.removed(self._folder.file(item), entry))
        return ExitCode.DONE

    def _stranger(self, item: str, kept: Kept) -> ExitCode:
        near = difflib.get_close_matches(item, kept.items, n=1)
        cure = f"Did you mean {near[0]}?" if near else "`flytui checklist` prints the items."
        self._streams.tell(f"There is neither an item nor a review {one_line(item, 60)!r}.", cure)
        return ExitCode.USAGE

    def _write(self, document: words.Document) -> None:
        self._streams.write(document.render(self._question.format))


def _checklist(around: Surroundings) -> Checklist:
    return with_team(checklist.load(), around.checkout)


async def _assess(session: Session, kept: Kept) -> None:
    wanted = [item for item in kept.reviews if item in kept.items]
    if wanted:
        async for _ in session.assess(wanted):
            pass
