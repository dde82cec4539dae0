"""Opens a session: joins the settings, Fly's APIs, the checkout, the reviews and `fly`."""

import functools

from flytui.additions import in_force
from flytui.asking import Ahead, client, no_token, tokens_of
from flytui.assessment import Identity
from flytui.audit import HistoryFile
from flytui.checklist import Checklist
from flytui.fly.auth import Tokens
from flytui.fly.client import Fly
from flytui.fly_runner import FlyRunner
from flytui.journey.bookmark import BookmarkFile
from flytui.memory import Memory
from flytui.repo import Checkout
from flytui.repo.reading import read
from flytui.review_folder import ReviewFolder, choose
from flytui.review_history import past
from flytui.session import Parts, Session
from flytui.settings import Preferences, Settings, SettingsError, last_login, preferences, who
from flytui.settings.error import NoApp
from flytui.settings.personal import marked
from flytui.sight import Kind, kind_of
from flytui.store import FactStore, Project, Shared
from flytui.surroundings import Surroundings

__all__ = ["Ground", "Surroundings", "no_token", "open_session", "tokens_of"]


def open_session(
    settings: Settings, checklist: Checklist, around: Surroundings, asked: Ahead | None = None
) -> Session:
    """A session for the app of the settings, about the checklist and what plug-ins add to it.

    Nothing is fetched yet but what was asked for ahead.

    Raises SettingsError when there is no token or no app, or a configuration cannot be read.
    """
    if settings.token is None:
        raise no_token()
    if settings.app is None:
        raise _no_app()
    ground = Ground(settings, checklist, around, asked.fly if asked else None)
    return ground.session(settings.app, asked)


class Ground:
    """What the sessions of one flytui stand on: one client, one checkout, one `fly`."""

    def __init__(
        self,
        settings: Settings,
        checklist: Checklist,
        around: Surroundings,
        fly: Fly | None = None,
    ) -> None:
        """Raises SettingsError when there is no token, or a configuration cannot be read."""
        self.tokens = tokens_of(settings)
        self.settings = settings
        self.around = around
        self.everything = in_force(checklist, around.checkout, with_plugins=around.plugins)
        self._runner = _runner(settings, around)
        self.fly = fly or client(self.tokens, settings, around)
        self._ids = {item.id for item in self.everything.checklist}
        self._marked = marked(around.config)
        self._checkout = read(around.checkout)
        self._by = who(around.checkout, around.environ)

    def store(self, app: str, shared: Shared | None = None, *, picked: bool = False) -> FactStore:
        """The app's facts, none of them fetched. Raises SettingsError.

        With `picked`, the folder was not chosen for the app: its checkout only counts if it names
        the app.
        """
        project = Project(
            functools.partial(self._read, app, picked=picked),
            functools.partial(preferences, app, self.around.checkout, self._ids, self._marked),
        )
        checkout = self._checkout.seen_from(app) if picked else self._checkout
        declared = project.preferences()
        return FactStore(app, self.fly, checkout, declared, self.around.now, project, shared)

    def _read(self, app: str, *, picked: bool) -> Checkout:
        self._checkout = read(self.around.checkout)
        return self._checkout.seen_from(app) if picked else self._checkout

    def session(self, app: str, shared: Shared | None = None, *, picked: bool = False) -> Session:
        """A session for the app. Raises SettingsError, and ValueError for a name of no app."""
        around, settings = self.around, self.settings
        store = self.store(app, shared, picked=picked)
        reviews = ReviewFolder(choose(app, None, around.checkout, around.data / "reviews"))
        read_only = _read_only(around, store.preferences, self.tokens)
        parts = Parts(
            checklist=self.everything.checklist,
            checks=self.everything.checks,
            problems=self.everything.problems,
            tokens=self.tokens,
            store=store,
            reviews=reviews,
            runner=self._runner,
            history=HistoryFile(around.runs or around.state / "history", app, None),
            # Each demo is a world of its own, with an address of its own.
            memory=None
            if around.demo
            else Memory(around.state / "last-looks", settings.api_url, app),
            clock=around.now,
            by=self._by,
            policy=store.preferences.policy,
            read_only=read_only,
            last_login=functools.partial(last_login, settings.fly_config)
            if settings.token_is_session
            else lambda: None,
            rehearse=around.rehearse,
            export=around.export,
            past=lambda item: past(reviews.file(item), item, around.environ),
            bookmark=BookmarkFile(around.state / "walks", app),
        )
        identity = Identity(
            app,
            settings.organization,
            production=store.preferences.marks(app, settings.organization, named=False),
            demo=around.demo,
            read_only=bool(read_only),
        )
        return Session(identity, parts)


def _read_only(around: Surroundings, declared: Preferences, tokens: Tokens) -> str:
    """Why nothing is changed from here; empty when it may be."""
    if around.read_only:
        return "flytui was started with --read-only."
    if declared.read_only:
        return ".flytui/config.toml says read_only = true."
    if declared.read_only is None and kind_of(tokens) is Kind.READ_ONLY:
        return (
            "The token is read-only. With read_only = false in .flytui/config.toml, decisions can "
            "be made all the same."
        )
    return ""


def _no_app() -> SettingsError:
    return NoApp(
        "No app was named: no -a, no FLY_APP, and no fly.toml here that names one.",
        "Name it with `flytui -a my-app`, or start flytui in the folder of its fly.toml.",
    )


def _runner(settings: Settings, around: Surroundings) -> FlyRunner:
    # `fly` renews its own session; a copy of the session's tokens would take that from it.
    given = settings.token if not settings.token_is_session else None
    token = given.reveal() if given else None
    return FlyRunner(around.environ, token=token, path=around.fly, extra=around.extra)
