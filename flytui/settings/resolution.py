"""The token, the app, the organisation and the addresses in force, each with its origin."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flytui.secret import Secret
from flytui.settings.error import SettingsError

API = "https://api.fly.io"
MACHINES = "https://api.machines.dev"
UIEX = "https://api.fly.io"


@dataclass(frozen=True, slots=True)
class Flags:
    """What was asked for on the command line."""

    app: str | None = None
    organization: str | None = None
    token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to look and as whom."""

    token: Secret | None
    """None: nobody gave one, and `fly` has no session."""
    token_origin: str
    """Where it came from: `FLY_API_TOKEN`, `config.yml`."""
    token_is_session: bool
    """It is a login session of `fly`, which `fly` can renew."""
    last_login: datetime | None
    """When the session began, where `fly` noted it; `fly` refuses one older than 30 days."""
    app: str | None
    app_origin: str
    """Where the name came from: `-a`, `FLY_APP`, `fly.toml`; empty without a name."""
    organization: str | None
    api_url: str
    machines_url: str
    uiex_url: str
    fly_config: Path
    """The folder in which `fly` keeps config.yml."""


def resolve(
    flags: Flags, environ: Mapping[str, str], home: Path, local_app: str | None = None
) -> Settings:
    """What is in force.

    Raises SettingsError when `fly`'s own file is needed and cannot be read, and for an address to
    which a token would travel in clear: neither flytui nor `fly` is to send it there.
    """
    folder = Path(environ["FLY_CONFIG_DIR"]) if "FLY_CONFIG_DIR" in environ else home / ".fly"
    text, origin = _given_token(flags, environ)
    session = {} if text else _session(folder / "config.yml")
    app, app_origin = _app(flags, environ, local_app)
    stored = session.get("access_token") or ""
    return Settings(
        token=Secret(text or stored) if text or stored else None,
        token_origin=origin if text else "config.yml",
        token_is_session=bool(stored),
        last_login=_time(session.get("last_login")),
        app=app,
        app_origin=app_origin,
        organization=_first(
            flags.organization, environ.get("FLY_ORG"), environ.get("FLY_ORGANIZATION")
        ),
        api_url=_url(environ, "FLY_API_BASE_URL", API),
        machines_url=_url(environ, "FLY_FLAPS_BASE_URL", MACHINES),
        uiex_url=_url(environ, "FLY_UIEX_BASE_URL", UIEX),
        fly_config=folder,
    )


def stored_login(folder: Path) -> datetime | None:
    """When `fly`'s session there began, read anew. Raises SettingsError."""
    return _time(_session(folder / "config.yml").get("last_login"))


def _given_token(flags: Flags, environ: Mapping[str, str]) -> tuple[str, str]:
    """The token given from outside, and its origin; empty where `fly`'s session is in force.

    As in `fly`, a variable that is set and empty hides the ones after it.
    """
    if flags.token:
        return flags.token, "--access-token"
    name = next((n for n in ("FLY_ACCESS_TOKEN", "FLY_API_TOKEN") if n in environ), None)
    return (environ[name].strip(), name) if name else ("", "")


def _app(flags: Flags, environ: Mapping[str, str], local_app: str | None) -> tuple[str | None, str]:
    given = ((flags.app, "-a"), (environ.get("FLY_APP"), "FLY_APP"), (local_app, "fly.toml"))
    return next(((name, origin) for name, origin in given if name), (None, ""))


def _first(*values: str | None) -> str | None:
    return next(filter(None, values), None)


def _url(environ: Mapping[str, str], name: str, default: str) -> str:
    url = (environ.get(name, "").strip() or default).rstrip("/")
    if not url.lower().startswith("https://") and not _stays_here(url):
        raise SettingsError(
            f"{name} is not an https address: a token would travel unencrypted. Nothing was sent.",
            f"Set {name} to an https address, or unset it. Only this machine may be asked by http.",
        )
    return url


def _stays_here(url: str) -> bool:
    """Whether it is an http address of this machine's own."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        return parts.scheme == "http" and (host == "localhost" or ip_address(host).is_loopback)
    except ValueError:
        return False


def _session(path: Path) -> dict[str, Any]:
    """`fly`'s own file; empty when there is none."""
    import yaml  # noqa: PLC0415  (only a login session pays for it)

    try:
        text = path.read_text(encoding="utf-8")
        stored = yaml.safe_load(text)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, yaml.YAMLError) as error:
        problem = type(error).__name__
    else:
        if stored is None:
            return {}
        if isinstance(stored, dict) and isinstance(stored.get("access_token", ""), str):
            return stored
        problem = "not what fly writes"
    # Outside the except: the parser's complaint quotes the file, and the file holds the token.
    raise SettingsError(
        f"The session of fly in {path} cannot be read ({problem}).",
        "Try again, as fly may just be writing it; if it stays, run `fly auth login`.",
        path=path,
    )


def _time(value: object) -> datetime | None:
    """YAML's own times, or the text of one."""
    match value:
        case datetime():
            return value if value.tzinfo else value.replace(tzinfo=UTC)
        case date():
            return datetime(value.year, value.month, value.day, tzinfo=UTC)
        case str():
            try:
                return _time(datetime.fromisoformat(value))
            except ValueError:
                return None
        case _:
            return None
