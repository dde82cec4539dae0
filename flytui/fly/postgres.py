"""Postgres: managed clusters from `/api/v1`, and what apps were given of unmanaged ones."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Awaitable
from typing import TYPE_CHECKING, TypeVar

from flytui.expiry import LOOKING
from flytui.fly import documents, models, parse
from flytui.fly.auth import Service
from flytui.fly.call import Call, segment
from flytui.fly.credentials import Credentials
from flytui.fly.errors import FlyError, Refused
from flytui.fly.graphql import GraphQL
from flytui.fly.http import Http

if TYPE_CHECKING:
    from flytui.fly.models.postgres import Attachment, Backup, Cluster, Snapshot

T = TypeVar("T")


class PostgresApi:
    """Reads about Postgres of both kinds. Every method raises FlyError."""

    def __init__(
        self, http: Http, graph: GraphQL, credentials: Credentials, bases: tuple[str, str]
    ) -> None:
        self._http = http
        self._graph = graph
        self._credentials = credentials
        self._uiex, self._machines = bases

    async def clusters(self, raw_slug: str, *, deleted: bool = False) -> tuple[Cluster, ...]:
        """The organisation's managed clusters; by its real slug, never the alias `personal`."""
        await self._with_macaroon(raw_slug)
        path = f"organizations/{segment(raw_slug)}/postgres{'/deleted' if deleted else ''}"
        kind = "deleted Managed Postgres clusters" if deleted else "Managed Postgres clusters"
        call = self._call(path, f"the {kind} of {raw_slug}", raw_slug)
        body = await self._http.read(call)
        return parse.one(call, models.wire.ClusterList, body).data

    async def history(
        self, clusters: tuple[Cluster, ...], raw_slug: str
    ) -> tuple[list[tuple[Backup, ...] | FlyError], tuple[Cluster, ...] | FlyError]:
        """The backups of each cluster, in order, and the organisation's deleted clusters."""
        return await asyncio.gather(
            asyncio.gather(*(_answered(self._backups(one, raw_slug)) for one in clusters)),
            _answered(self.clusters(raw_slug, deleted=True)),
        )

    async def attachments(
        self, app: str, postgres: tuple[str, ...]
    ) -> dict[str, tuple[Attachment, ...]]:
        """What the app was given of each of these Fly Postgres apps."""
        found = await asyncio.gather(*(self._attachments(app, name) for name in postgres))
        return dict(zip(postgres, found, strict=True))

    async def snapshots(
        self, app: str, volumes: tuple[str, ...]
    ) -> list[tuple[Snapshot, ...] | FlyError]:
        """The snapshots of each volume, in order."""
        return await asyncio.gather(*(_answered(self._snapshots(app, one)) for one in volumes))

    async def _backups(self, cluster: Cluster, raw_slug: str) -> tuple[Backup, ...]:
        """On the route of the cluster's generation."""
        generation = "postgresv2" if cluster.version == 2 else "postgres"
        path = f"{generation}/{segment(cluster.id)}/backups"
        call = self._call(path, f"the backups of {cluster.name}", raw_slug)
        body = await self._http.read(call)
        return parse.one(call, models.wire.BackupList, body).data

    async def _snapshots(self, app: str, volume: str) -> tuple[Snapshot, ...]:
        call = Call(
            Service.MACHINES,
            f"{self._machines}/v1/apps/{segment(app)}/volumes/{segment(volume)}/snapshots",
            f"the snapshots of {volume} of {app}",
            app=app,
            limit=("snapshots", volume),
        )
        body = await self._http.read(call)
        return parse.many(call, models.postgres.Snapshot, body)

    async def _attachments(self, app: str, postgres: str) -> tuple[Attachment, ...]:
        variables = {"name": app, "postgres": postgres}
        what = f"what {app} was given of {postgres}"
        call = self._graph.call(documents.ATTACHMENTS, what, variables, app=app)
        return await self._graph.nodes(
            call, ("postgresAttachments",), lambda: models.postgres.Attachment
        )

    async def _with_macaroon(self, raw_slug: str) -> None:
        """Refuses an OAuth token alone: Fly.io would answer it with nothing, as if none existed."""
        if not (await self._credentials.current()).macaroons:
            raise Refused(
                "Managed Postgres answers only newer tokens, and this is an older one.",
                "Sign in again with `fly auth login`, or make a token with"
                f" `fly tokens create readonly {shlex.quote(raw_slug)} -x {LOOKING}`.",
            )

    def _call(self, path: str, what: str, raw_slug: str) -> Call:
        url = f"{self._uiex}/api/v1/{path}"
        return Call(Service.UIEX, url, what, organization=raw_slug, limit=("mpg", path))


async def _answered(read: Awaitable[T]) -> T | FlyError:
    """What was read, or why it was not: one failure does not take the others along."""
    try:
        return await read
    except FlyError as error:
        return error
