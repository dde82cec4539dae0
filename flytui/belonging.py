"""Whether the app that was asked for is one of the organisation that was named with it."""

from flytui.fly.models import App
from flytui.settings.error import SettingsError


def mistaken(app: App, organization: str | None) -> SettingsError | None:
    """Why the question is a mistake; None when it is none, or no organisation was named."""
    owner = app.organization
    if organization is None or organization in {owner.slug, owner.raw_slug}:
        return None
    return SettingsError(
        f"The app {app.name} belongs to the organisation {owner.slug}, not to {organization}.",
        "Leave --org out, or name another app.",
    )
