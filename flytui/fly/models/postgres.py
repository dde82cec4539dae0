"""Postgres: managed clusters with their backups, and Fly Postgres apps people run themselves."""

from datetime import datetime
from typing import Annotated

from pydantic import BeforeValidator

from flytui.fly.models.base import GraphModel, Model, NullAsEmpty, Text, Time


class AttachedApp(Model):
    name: Text


class Cluster(Model):
    """A Managed Postgres cluster in the listing of its organisation, which holds no credentials."""

    id: Text
    name: Text
    version: int
    """The generation: 1 or 2, which have different routes."""
    region: Text
    status: Text
    """`ready` when it is."""
    plan: Text
    replicas: int
    attached_apps: Annotated[tuple[AttachedApp, ...], NullAsEmpty]

    def attached(self, app: str) -> bool:
        """Whether the app is on record as attached; apps set up by hand are not."""
        return any(each.name == app for each in self.attached_apps)


def _moment(value: object) -> object:
    """A backup under way has an empty end."""
    if value is None or value == "":
        return None
    return datetime.fromisoformat(value) if isinstance(value, str) else value


class Backup(Model):
    id: Text
    status: Text
    type: Text
    """`full` or `incr`."""
    start: Annotated[Time | None, BeforeValidator(_moment)]
    stop: Annotated[Time | None, BeforeValidator(_moment)]

    @property
    def finished(self) -> bool:
        """Whether it ended and nothing says that it failed; other words for success are unknown."""
        return self.stop is not None and self.status not in {
            "",
            "failed",
            "error",
            "in_progress",
            "running",
        }


class Attachment(GraphModel):
    """A database of a Fly Postgres app that an app was given."""

    database_name: Text
    environment_variable_name: Text


class Snapshot(Model):
    """A snapshot of a volume."""

    id: Text
    status: Text
    created_at: Time
    retention_days: int | None = None
