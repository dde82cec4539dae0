"""One request to Fly.io as data: whom it asks, for what, and how fast it may be repeated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from flytui.fly.auth import Service
from flytui.fly.document import Document
from flytui.fly.limits import ACTION, Rate


@dataclass(frozen=True, slots=True)
class Urls:
    """The base addresses of Fly.io's services, without a path."""

    api: str = "https://api.fly.io"
    machines: str = "https://api.machines.dev"
    uiex: str = "https://api.fly.io"


@dataclass(frozen=True, slots=True)
class Call:
    """A read, and what an error has to say about it."""

    service: Service
    url: str
    what: str
    """What is asked for, in words: `the Machines of storefront`."""
    app: str | None = None
    """The app a token needs to be good for."""
    organization: str | None = None
    """The organisation a token needs to be good for."""
    params: tuple[tuple[str, str], ...] = ()
    document: Document | None = None
    """A GraphQL query; None for a plain GET."""
    variables: Mapping[str, object] = field(default_factory=dict, repr=False)
    limit: tuple[str, str] | None = None
    """The action and the identifier that share a rate limit."""
    rate: Rate = ACTION

    @property
    def body(self) -> dict[str, object] | None:
        """What is sent as JSON; None for a plain GET."""
        if self.document is None:
            return None
        return {"query": self.document.text, "variables": dict(self.variables)}

    @property
    def scheme(self) -> str:
        return self.url.partition("://")[0].lower()

    @property
    def host(self) -> str:
        """The host alone; an address may carry a password."""
        try:
            return urlsplit(self.url).hostname or "Fly.io"
        except ValueError:
            return "Fly.io"


def segment(name: str) -> str:
    """The name as one segment of a path, unable to lead to another path."""
    return quote(name, safe="").replace(".", "%2E")
