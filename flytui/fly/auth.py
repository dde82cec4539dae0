"""The token in its parts, and the header each of Fly.io's services wants made of them."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property

from flytui.fly.errors import Refused
from flytui.fly.macaroon import Macaroon, decode, undischarged
from flytui.fly.redaction import redact

_MACAROON = re.compile(r"(?:fm1r|fm1a|fm2)_")
_HEADER_SAFE = re.compile(r"[\x21-\x7e]+")
_SHORTEST_SECRET = 7
_SOON = timedelta(seconds=60)


class Service(StrEnum):
    """A service of Fly.io's, by the name a reader knows it by."""

    GRAPHQL = "GraphQL API"
    MACHINES = "Machines API"
    UIEX = "releases API"
    PROMETHEUS = "Prometheus"


@dataclass(frozen=True, repr=False)
class Tokens:
    """A token string taken apart: macaroons and OAuth tokens. Its text forms show neither."""

    macaroons: tuple[str, ...]
    oauth: tuple[str, ...]
    origin: str = "the token"
    """Where it came from, in a reader's words: `FLY_API_TOKEN`, `config.yml`."""
    session: bool = field(default=False)
    """It is a login session of `fly`, whose macaroons `fly` itself renews."""

    @classmethod
    def parse(cls, text: str, origin: str = "the token", *, session: bool = False) -> "Tokens":
        """The parts of `fm2_a,fm2_b,fo1_c`, however many schemes stand before it."""
        parts = [part for part in map(str.strip, _without_scheme(text).split(",")) if part]
        macaroons = tuple(part for part in parts if _MACAROON.match(part))
        oauth = tuple(part for part in parts if not _MACAROON.match(part))
        return cls(macaroons, oauth, origin, session)

    def header(self, service: Service) -> str:
        """The Authorization header's value for the service. Raises Refused when there is none."""
        self._check()
        if service is Service.UIEX:
            return "Bearer " + ",".join((*self.macaroons, *self.oauth))
        if service is Service.GRAPHQL:
            used = (*self.macaroons, *self.oauth)
        else:
            used = self.macaroons or self.oauth
        return ("FlyV1 " if self.macaroons else "Bearer ") + ",".join(used)

    def _check(self) -> None:
        parts = (*self.macaroons, *self.oauth)
        if not parts:
            raise Refused(
                "There is no token to ask Fly.io with.",
                "Sign in with `fly auth login`, or set FLY_API_TOKEN.",
                accepted=False,
            )
        # The HTTP library would name the value in its own complaint.
        if not all(_HEADER_SAFE.fullmatch(part) for part in parts):
            raise Refused(
                f"The token from {self.origin} holds a character that no token has, so it was not"
                " sent.",
                "Copy the token again, in one piece and without quotes.",
                accepted=False,
            )

    @cached_property
    def decoded(self) -> tuple[Macaroon, ...]:
        """The macaroons that can be read; the others say nothing."""
        return tuple(m for m in map(decode, self.macaroons) if m is not None)

    @property
    def expires(self) -> datetime | None:
        """The earliest end of any macaroon that can be read; None when none tells."""
        return min((m.expires for m in self.decoded if m.expires), default=None)

    @property
    def undischarged(self) -> tuple[str, ...]:
        """Third parties whose agreement the macaroons still need."""
        return undischarged(self.decoded)

    def stale(self, now: datetime) -> bool:
        """Whether the macaroons are of no use within a minute from now; False when unreadable."""
        return self.expired(now + _SOON) or bool(self.undischarged)

    def expired(self, now: datetime) -> bool:
        """Whether a macaroon has ended; False when none tells."""
        ends = self.expires
        return ends is not None and ends <= now

    @property
    def without_macaroons(self) -> "Tokens":
        """The OAuth tokens alone, where there are any; else everything as it is."""
        return Tokens((), self.oauth, self.origin, self.session) if self.oauth else self

    def redact(self, text: str) -> str:
        """The text without these tokens, nor anything else that looks like one."""
        for part in self._secrets:
            text = text.replace(part, "[redacted]")
        return redact(text)

    def censor(self, body: bytes) -> bytes:
        """A server's answer without these tokens, should it repeat them; all else as it came."""
        for part in self._secrets:
            for written in {part, part.replace("/", "\\/")}:
                body = body.replace(written.encode(), b"[redacted]")
        return body

    @property
    def _secrets(self) -> tuple[str, ...]:
        """The parts long enough to be secret; a stray letter is no reason to censor all of them."""
        return tuple(p for p in (*self.macaroons, *self.oauth) if len(p) > _SHORTEST_SECRET)

    def __repr__(self) -> str:
        return (
            f"<Tokens from {self.origin}: {len(self.macaroons)} macaroons, {len(self.oauth)} OAuth>"
        )


def _without_scheme(text: str) -> str:
    rest = text.strip()
    while True:
        scheme, _, after = rest.partition(" ")
        if not after or scheme.lower() not in {"bearer", "flyv1"}:
            return rest
        rest = after.strip()
