"""Releases: what was deployed, when and by whom."""

from flytui.demo.problems import Invalid
from flytui.demo.state import App, Json, Release, User
from flytui.demo.world import World


def create(  # noqa: PLR0913 - the fields of the request
    world: World,
    app: App,
    user: User,
    *,
    image: str | None = None,
    strategy: str = "ROLLING",
    definition: Json | None = None,
    status: str = "pending",
    description: str = "Release",
    reason: str = "deploy",
) -> Release:
    """The next version; a definition left out is the last one's."""
    before = app.release
    release = Release(
        id=world.ids.slug(),
        version=before.version + 1 if before else 1,
        created_at=world.now,
        user=user,
        status=status,
        stable=status == "complete",
        description=description,
        reason=reason,
        image_ref=image or (before.image_ref if before else None),
        strategy=strategy,
        definition=definition or (before.definition if before else None),
    )
    app.releases.append(release)
    return release


def finish(release: Release, status: str) -> None:
    """`running`, `complete`, `failed` … as the deployment goes on."""
    if not status:
        raise Invalid("status is missing")
    release.status = status
    release.stable = status == "complete"
