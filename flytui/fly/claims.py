"""What the token in force says about itself, decoded on this side and without anything secret."""

from dataclasses import dataclass
from datetime import datetime

from flytui.fly.auth import Tokens
from flytui.fly.macaroon import Macaroon

SIGN_ON = "https://auth.fly.io"
"""The third party that confirms a Google or GitHub identity."""
_IDENTITIES = ((23, "Fly.io"), (24, "GitHub"), (25, "Google"))
"""Types of caveats that attest to an account."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A third party that a macaroon wants to agree."""

    location: str
    given: bool
    """Its agreement is in the bundle."""
    identities: tuple[str, ...]
    """Accounts the agreement attests to: `Google`, `GitHub`, `Fly.io`."""


@dataclass(frozen=True, slots=True)
class Permission:
    """One macaroon that permits something."""

    organizations: tuple[int, ...]
    """Numeric ids; empty: not confined to organisations."""
    apps: tuple[int, ...]
    """Numeric ids; empty: not confined to apps."""
    expires: datetime | None
    read_only: bool
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True)
class Claims:
    """The token in force, taken apart."""

    origin: str
    person: bool
    """An OAuth token is among its parts: it stands for somebody, with all they may do."""
    permissions: tuple[Permission, ...]
    unread: int
    """Macaroons that could not be decoded."""

    @property
    def macaroons(self) -> bool:
        """Whether there is any macaroon, which Managed Postgres asks for."""
        return bool(self.permissions or self.unread)

    @property
    def everywhere(self) -> bool:
        """Whether it shows every organisation of its owner."""
        return self.person or any(not (p.organizations or p.apps) for p in self.permissions)

    @property
    def of_apps(self) -> bool:
        """Whether all it permits is confined to apps."""
        return not self.person and bool(self.permissions) and all(p.apps for p in self.permissions)

    def of(self, organization: int | None) -> Permission | None:
        """The permission for the organisation and nothing narrower."""
        if organization is None:
            return None
        fitting = (p for p in self.permissions if organization in p.organizations and not p.apps)
        return next(fitting, None)


def claims(tokens: Tokens) -> Claims:
    """The claims of a token."""
    bundle = tokens.decoded
    permissions = tuple(_permission(m, bundle) for m in bundle if m.permission)
    unread = len(tokens.macaroons) - len(bundle)
    return Claims(tokens.origin, bool(tokens.oauth), permissions, unread)


def _permission(macaroon: Macaroon, bundle: tuple[Macaroon, ...]) -> Permission:
    return Permission(
        macaroon.organizations,
        macaroon.apps,
        macaroon.expires,
        macaroon.read_only,
        tuple(_agreement(place, ticket, bundle) for place, ticket in macaroon.tickets),
    )


def _agreement(location: str, ticket: bytes, bundle: tuple[Macaroon, ...]) -> Agreement:
    given = [m for m in bundle if not m.permission and m.kid == ticket]
    identities = tuple(name for kind, name in _IDENTITIES if any(kind in m.kinds for m in given))
    return Agreement(location, bool(given), identities)
