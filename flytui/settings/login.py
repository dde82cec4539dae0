"""How long ago `fly auth login` was; `fly` itself refuses a session after thirty days."""

from datetime import datetime, timedelta
from pathlib import Path

from flytui.settings.error import SettingsError
from flytui.settings.resolution import stored_login

HOLDS = timedelta(days=30)


def last_login(folder: Path) -> datetime | None:
    """When the session that `fly` keeps there began; None where nothing tells."""
    try:
        return stored_login(folder)
    except SettingsError:
        # `fly` may be writing the file just now, and tells by itself what it thinks of it.
        return None


def outlived(login: datetime | None, now: datetime) -> str | None:
    """Why `fly` will refuse the session, and the way out; None when it will not."""
    if login is None or now - login <= HOLDS:
        return None
    days = (now - login).days
    return (
        f"fly refuses a login that is older than {HOLDS.days} days, and this one is {days} days "
        "old: run fly auth login first."
    )
