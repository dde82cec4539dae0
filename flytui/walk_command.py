"""`flytui walk`: the open items one after the other, in words. No Textual."""

import asyncio
import getpass
import io
import shutil
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from flytui.exit_code import ExitCode
from flytui.looking import Subject, looked, opened
from flytui.opening import Surroundings
from flytui.outage import outage
from flytui.rehearsal import told
from flytui.report.words import outage_lines
from flytui.session import Session
from flytui.settings import Flags, SettingsError
from flytui.streams import Streams
from flytui.walk.conversation import Conversation
from flytui.walk.pages import whose
from flytui.walk.voice import Gone, Voice


@dataclass(frozen=True, slots=True)
class WalkQuestion:
    """What was asked for on the command line."""

    flags: Flags
    anew: bool = False
    """From the first open item, wherever the last walk stopped."""


def here(
    app: str | None, organization: str | None, around: Surroundings, *, anew: bool = False
) -> ExitCode:
    """Walk with whoever is at this program's own input and output."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    typed = sys.stdin or io.StringIO()
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    voice = Voice(sys.stdout, typed, getpass.getpass if typed.isatty() else None, width)
    question = WalkQuestion(Flags(app, organization), anew)
    trying = replace(around, rehearse=told)
    return walk(question, trying, Path.home(), Streams(sys.stdout, sys.stderr), voice)


def walk(
    question: WalkQuestion, around: Surroundings, home: Path, streams: Streams, voice: Voice
) -> ExitCode:
    """Walk as long as somebody answers, and end with a summary."""
    subject = Subject(question.flags)
    try:
        session = opened(subject, around, home)
        return asyncio.run(_walked(session, subject, question, streams, voice))
    except SettingsError as error:
        streams.tell(error.cause, error.cure)
        return ExitCode.USAGE


async def _walked(
    session: Session, subject: Subject, question: WalkQuestion, streams: Streams, voice: Voice
) -> ExitCode:
    if threading.current_thread() is threading.main_thread():
        # asyncio would only cancel, which a line that is being waited for does not notice.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    asked = whose(session.identity)
    with suppress(Gone):
        voice.say(f"Looking at {asked}.")
    async with looked(session, subject, streams):
        why = outage(session.assessments.values(), session.manual, session.identity)
        with suppress(Gone):
            known = whose(session.identity)
            more = () if known == asked else (f"It is {known}.",)
            voice.say(*more, *(outage_lines(why) if why else ()))
        conversation = Conversation(session, voice, anew=question.anew)
        code = await _through(conversation)
        return ExitCode.UNSEEN if code is ExitCode.DONE and why is not None else code


async def _through(conversation: Conversation) -> ExitCode:
    """The conversation and its summary; UNSAVED when something that was typed is not on file."""
    code = ExitCode.DONE
    try:
        await conversation.walk()
    except KeyboardInterrupt:
        code = ExitCode.INTERRUPTED
    with suppress(Gone):
        conversation.tell_summary()
    lost = any(conversation.unsaved.values())
    return ExitCode.ACTION if lost and code is ExitCode.DONE else code
