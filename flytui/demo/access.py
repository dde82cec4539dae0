"""What the bearer of an `Authorization` header may see: the one gate of every front."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flytui.demo.macaroons import narrowed_to_reading
from flytui.demo.problems import Refused, Unauthenticated
from flytui.demo.state import App, Organization, Token, User
from flytui.demo.world import World

_MACAROONS = ("fm1r_", "fm1a_", "fm2_")


@dataclass(frozen=True)
class Access:
    """The world as one token may see it."""

    world: World
    token: Token
    person: bool = False
    """Whether an OAuth token is among what was shown."""

    @property
    def user(self) -> User:
        return self.token.user

    @property
    def macaroon(self) -> bool:
        """Managed Postgres answers nothing useful to anything else."""
        return self.token.value.startswith(_MACAROONS)

    @property
    def one_app(self) -> bool:
        """Restricted to some apps, so that no listing of an organisation is allowed."""
        return self.token.scope.apps is not None

    def may_read(self, app: App) -> bool:
        scope = self.token.scope
        if app.organization not in scope.organizations:
            return False
        return scope.apps is None or app.name in scope.apps

    def app(self, name_or_id: str) -> App:
        """The app, `Missing` when there is none, `Refused` when it is not for this token."""
        app = self.world.app(name_or_id)
        if not self.may_read(app):
            raise Refused("unauthorized")
        return app

    def organization(self, slug_or_id: str) -> Organization:
        """The organisation, for a token that may list what is in it."""
        organization = self.world.organization(slug_or_id)
        if self.one_app or organization.slug not in self.token.scope.organizations:
            raise Refused("unauthorized")
        return organization

    def organizations(self) -> list[Organization]:
        if self.one_app:
            raise Refused("unauthorized")
        return [
            organization
            for organization in self.world.organizations.values()
            if organization.slug in self.token.scope.organizations
        ]

    def apps(self) -> list[App]:
        """Every app this token may read."""
        return [app for app in self.world.apps.values() if self.may_read(app)]

    def may_revoke(self, token: Token) -> bool:
        """Tokens of what this one may list; an app's own for a token of that app."""
        scope = token.scope
        if not set(scope.organizations) <= set(self.token.scope.organizations):
            return False
        mine = self.token.scope.apps
        return mine is None or (scope.apps is not None and set(scope.apps) <= set(mine))

    def writing(self) -> None:
        """Raises `Refused` for a read-only token; asked before each change."""
        if self.token.scope.read_only:
            raise Refused("unauthorized")


def authenticate(world: World, authorization: str | None) -> Access:
    """The access an `Authorization` header gives; `Unauthenticated` otherwise.

    `Bearer`, `FlyV1` and both together are understood, and several tokens in one header:
    the first that is known counts.
    """
    known = {token.value: token for token in world.tokens()}
    values = _presented(authorization or "")
    person = any(one in known and not one.startswith(_MACAROONS) for one in values)
    for value in values:
        token = known.get(value) or _narrowed(known.values(), value)
        if token and token.revoked_at is None and token.expires_at > world.now:
            return Access(world, token, person)
    raise Unauthenticated("You must be authenticated to view this.")


def _narrowed(known: Iterable[Token], value: str) -> Token | None:
    """The token somebody narrowed to reading on their own side, as macaroons allow."""
    for token in known:
        if value.startswith(_MACAROONS) and narrowed_to_reading(token.value, value):
            return replace(token, scope=replace(token.scope, read_only=True))
    return None


def _presented(header: str) -> list[str]:
    while True:
        scheme, _, rest = header.strip().partition(" ")
        if not rest or scheme.lower() not in {"bearer", "flyv1"}:
            return [value.strip() for value in header.split(",") if value.strip()]
        header = rest
