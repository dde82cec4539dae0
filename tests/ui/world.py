"""Everything a tour of the screens is shown: a session, its past, troubles, an organisation."""

from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from flytui.audit import Entry
from flytui.checklist import Checklist
from flytui.checklist import load as load_checklist
from flytui.editing import FilePlan
from flytui.estate import Estate, Listed
from flytui.finding import Finding, Status
from flytui.fly.models import App
from flytui.fly.models.app import Organization
from flytui.last_look import look
from flytui.memory import Memory
from flytui.outage import Outage
from flytui.recent import Recent
from flytui.remedy import Edit, Inverse
from flytui.review import Decision
from flytui.review_history import Past, Recorded
from flytui.settings.error import Named, NoToken, SettingsError, SeveralApps
from flytui.trouble import Trouble, beginning, blind, no_fly
from tests.test_taking_back import entry
from tests.ui.fake_session import NOW, FakeSession, exposed, findings, review

THEN = NOW - timedelta(days=2, hours=3)
RELEASED = Finding(Status.OK, "No public address on an app that serves nobody.")


class FakeEstate(Estate):
    """An organisation whose apps are all known already: nothing is asked."""

    def __init__(self, listed: tuple[Listed, ...], recent: Path, session: FakeSession) -> None:
        super().__init__(lambda: self.ground)
        self._listed = listed
        self._recent = recent
        for one in listed:
            self.sessions[one.name] = session  # type: ignore[assignment]  # as much of a session as the matrix asks for

    @property
    def recent(self) -> Recent:
        return Recent(self._recent)

    async def apps(self) -> AsyncGenerator[tuple[Listed, ...], None]:
        yield self._listed

    async def apps_of(self, organization: str) -> AsyncGenerator[tuple[App, ...], None]:
        yield tuple(_app(one) for one in self._listed if one.organization == organization)

    @property
    def shared_items(self) -> frozenset[str]:
        return frozenset({"sso"})

    async def close(self) -> None:
        """The session is closed by the app that shows it."""


def _app(one: Listed) -> App:
    owner: dict[str, Any] = {"slug": one.organization, "raw_slug": one.organization}
    given: dict[str, Any] = {"name": one.name, "status": one.status}
    return App.model_construct(organization=Organization.model_construct(**owner), **given)


@dataclass
class World:
    """What the screens of a tour are about; `exposure` and `custom-domain` have remedies."""

    session: FakeSession
    checklist: Checklist
    troubles: Mapping[str, Trouble]
    listed: tuple[Listed, ...]
    folder: Path
    change: Callable[[Edit], FilePlan]
    entries: tuple[Entry, ...] = ()
    estate: FakeEstate = field(init=False)

    def __post_init__(self) -> None:
        self.estate = FakeEstate(self.listed, self.folder / "recent.json", self.session)


RUN = entry(
    at=THEN,
    app="storefront",
    argv=("fly", "ips", "allocate-v6", "--private", "-a", "storefront"),
    seconds=2.5,
    before="action: 2 public addresses on an app that serves nobody.",
    after="action: 2 public addresses on an app that serves nobody.",
    changed=("Flycast address fdaa::3 was added",),
    also=("Set up Flycast: Advice → OK",),
    inverse=Inverse(
        ("fly", "ips", "release", "fdaa::3", "-a", "storefront"),
        "Release fdaa::3",
        "A new address would be a different one.",
        reversible=False,
    ),
)
FAILED = replace(RUN, id="2", at=THEN + timedelta(hours=1), exit=1, after="", changed=(), also=())


def written(edit: Edit) -> FilePlan:
    """The file with a redirect added at its end."""
    before = b"app = 'storefront'\nprimary_region = 'fra'\n"
    after = before + b"\n[http_service]\n  force_https = true\n"
    root = Path("/checkout")
    return FilePlan(edit, root / "fly.toml", "fly.toml", root, before, after)


def troubles() -> dict[str, Trouble]:
    choices = (Named("fly.prod.toml", "storefront"), Named("fly.staging.toml", "shop-staging"))
    missing = Outage(
        "missing",
        "There is no app storefrnt that this token can see.",
        "api.fly.io answered 404.",
        "Check the name: `fly apps list`.",
    )
    broken = SettingsError(
        "fly.toml cannot be read: an equals sign is missing after a key.",
        "Correct the file.",
        path=Path("fly.toml"),
        line=12,
    )
    token = NoToken(
        "Neither FLY_API_TOKEN nor FLY_ACCESS_TOKEN is set, and fly has no session here.",
        "Log in with `fly auth login`, or set FLY_API_TOKEN to a token from"
        " `fly tokens create readonly -o acme`.",
    )
    return {
        "no token": beginning(token),
        "several apps": beginning(SeveralApps("Two files name apps.", "", choices)),
        "no such app": blind(missing, "storefrnt").meaning(("storefront",)),
        "a broken file": beginning(broken),
        "no fly": no_fly(),
    }


def past() -> Past:
    earlier = review("exposure", exposed(), note="For March only.", by="Ben")
    first = Recorded("0123456789abcdef", "Ben", THEN, "", earlier, "")
    gone = replace(first, commit="fedcba9876543210", author="Cleo", review=None)
    return Past((first, gone), uncommitted=True)


def remembered(folder: Path, session: FakeSession) -> Memory:
    """Two days ago the custom domain was fine."""
    from flytui.assessment import Assessment  # noqa: PLC0415 (beside its only use)

    found = findings(custom_domain=Finding(Status.OK, "shop.example.com has a certificate."))
    memory = Memory(folder / "memory", "https://api.fly.io", "storefront")
    every = [Assessment(item, found[item.id], at=THEN) for item in session.checklist]
    memory.keep(look(None, every, ("storefront", "acme"), THEN))
    return memory


def plain(folder: Path) -> World:
    """A world as anybody may meet it."""
    found = findings()
    reviews = [
        review("sso", found["sso"]),
        review("exposure", exposed(), note="", decision=Decision.REVIEWED),
    ]
    session = FakeSession(found, reviews=reviews, after=RELEASED)
    session.pasts["exposure"] = past()
    session.memory = remembered(folder, session)
    listed = (
        Listed("storefront", "acme", "deployed", NOW - timedelta(hours=5)),
        Listed("storefront-staging", "acme", "deployed", NOW - timedelta(days=40)),
        Listed("orders-worker-with-a-rather-long-name", "acme", "suspended", THEN),
        Listed("landing", "personal", "pending"),
    )
    return World(
        session, load_checklist(), troubles(), listed, folder, written, entries=(RUN, FAILED)
    )
