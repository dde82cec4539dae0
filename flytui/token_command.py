"""`flytui token`: what the token in force can see; offline unless asked otherwise. No Textual."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from flytui import __version__, checklist
from flytui.additions import InForce, in_force
from flytui.exit_code import ExitCode
from flytui.facts.fact import Unseen
from flytui.fly.auth import Tokens
from flytui.fly.call import Urls
from flytui.fly.client import Fly
from flytui.fly.errors import FlyError
from flytui.headless import Streams
from flytui.opening import Surroundings, no_token, tokens_of
from flytui.report import token as token_report
from flytui.report.token import Live, TokenReport
from flytui.settings import Flags, Settings, SettingsError, resolve
from flytui.sight import Place, sight
from flytui.target import app_name
from flytui.team import with_team


@dataclass(frozen=True, slots=True)
class TokenQuestion:
    """What was asked for on the command line."""

    flags: Flags
    format: Literal["text", "json"] = "text"
    live: bool = False
    """Ask Fly.io as well, whether it accepts the token."""


def tell(question: TokenQuestion, around: Surroundings, home: Path, streams: Streams) -> ExitCode:
    """Print what the token can see. UNSEEN when it has ended, or Fly.io refused it."""
    try:
        items = with_team(checklist.load(), around.checkout)
        everything = in_force(items, around.checkout, with_plugins=around.plugins)
        name = _app(question.flags.app, around)
        settings = resolve(question.flags, around.environ, home, name)
        if settings.token is None:
            raise no_token()
    except SettingsError as error:
        streams.tell(error.cause, error.cure)
        return ExitCode.USAGE
    for problem in everything.problems:
        streams.tell(str(problem))
    tokens = tokens_of(settings)
    live = asyncio.run(_ask(tokens, settings, around)) if question.live else None
    report = _report(tokens, settings, live, everything, around.now())
    rendered = (
        token_report.render_json(report)
        if question.format == "json"
        else token_report.text(report, colour=streams.colour)
    )
    streams.write(tokens.redact(rendered))
    refused = live is not None and isinstance(live.viewer, Unseen)
    return ExitCode.UNSEEN if report.sight.ended or refused else ExitCode.DONE


def _app(given: str | None, around: Surroundings) -> str | None:
    """The app's name, which a token can do without."""
    try:
        return app_name(given, around.environ, around.checkout)
    except SettingsError:
        if given or around.environ.get("FLY_APP"):
            raise
        return None


def _report(
    tokens: Tokens, settings: Settings, live: Live | None, everything: InForce, now: datetime
) -> TokenReport:
    place = Place(settings.app, settings.organization)
    items = everything.checklist
    seen = sight(tokens, place, items, everything.checks, now)
    return TokenReport(__version__, now, settings.app, items, seen, live)


async def _ask(tokens: Tokens, settings: Settings, around: Surroundings) -> Live:
    """Whose token it is and whether it shows the app, in Fly.io's own words."""
    urls = Urls(settings.api_url, settings.machines_url, settings.uiex_url)
    fly = Fly(tokens, urls, transport=around.transport, clocks=around.clocks)
    try:
        viewer = await _said(_viewer(fly))
        app = await _said(_seen(fly, settings.app)) if settings.app else None
    finally:
        await fly.aclose()
    return Live(viewer, app)


async def _said(answer: Awaitable[str]) -> str | Unseen:
    try:
        return await answer
    except FlyError as error:
        return Unseen(error.cause, error.cure)


async def _viewer(fly: Fly) -> str:
    viewer = await fly.viewer()
    return f"the token is accepted as {viewer.email}"


async def _seen(fly: Fly, name: str) -> str:
    app = await fly.app(name)
    return f"{app.name} of {app.organization.slug}, {app.status}"
