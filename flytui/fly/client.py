"""Fly.io's APIs as flytui reads them: one method for each thing to know, frozen models back."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from flytui.fly import documents, failures, models, parse
from flytui.fly.addresses import addresses
from flytui.fly.auth import Service, Tokens
from flytui.fly.call import Call, Urls, segment
from flytui.fly.claims import Claims, claims
from flytui.fly.credentials import Credentials, Refresh
from flytui.fly.document import Document
from flytui.fly.errors import FlyError, Refused
from flytui.fly.graphql import GraphQL, nodes_of
from flytui.fly.http import Clocks, Http
from flytui.fly.lean import httpx
from flytui.fly.machines import MachinesApi
from flytui.fly.organizations import OrganizationsApi
from flytui.fly.postgres import PostgresApi
from flytui.fly.prometheus import names, samples, tracks

if TYPE_CHECKING:
    from flytui.fly.models import (
        AddOn,
        Address,
        App,
        Certificate,
        CertificateSummary,
        DeploymentSource,
        HostIssue,
        LimitedAccessToken,
        Machine,
        Organization,
        OrganizationApp,
        OrganizationMachines,
        Placement,
        Region,
        ReleaseRecord,
        Sample,
        Secret,
        Track,
        Viewer,
        VmSize,
        Volume,
    )
    from flytui.fly.models.postgres import Snapshot

_PLACEMENT_PAGES = 5
"""A thousand Machines are enough to judge how they are spread."""


class Fly:
    """Reads Fly.io for one token. Every method raises FlyError, with a cause and a cure."""

    def __init__(
        self,
        tokens: Tokens,
        urls: Urls,
        *,
        refresh: Refresh | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        clocks: Clocks = Clocks(),  # noqa: B008  (frozen)
    ) -> None:
        credentials = Credentials(tokens, clocks.now, refresh)
        self._http = Http(credentials, urls, clocks, transport)
        self._graph = GraphQL(self._http, urls.api)
        self._machines = MachinesApi(self._http, urls.machines)
        self.people = OrganizationsApi(self._graph)
        self.postgres = PostgresApi(
            self._http, self._graph, credentials, (urls.uiex, urls.machines)
        )
        self._credentials = credentials
        self._urls = urls

    async def aclose(self) -> None:
        """Give up what is under way, and close the connections."""
        await self._graph.aclose()
        await self._http.aclose()

    async def claims(self) -> Claims:
        """What the token in force says about itself; Fly.io is not asked."""
        return claims(await self._credentials.current())

    async def viewer(self) -> Viewer:
        """Whose token this is."""
        call = self._graph.call(documents.VIEWER, "the owner of the token")
        return await self._graph.one(call, ("viewer",), lambda: models.Viewer)

    async def organizations(self) -> tuple[Organization, ...]:
        """The organisations the token can see."""
        call = self._graph.call(documents.ORGANIZATIONS, "the organisations")
        return await self._graph.nodes(call, ("organizations",), lambda: models.Organization)

    async def app(self, app: str) -> App:
        call = self._of_app(documents.APP, app, f"the app {app}")
        return await self._graph.one(call, ("app",), lambda: models.App)

    async def host_issues(self, app: str) -> tuple[HostIssue, ...]:
        call = self._of_app(documents.HOST_ISSUES, app, f"the host issues of {app}")
        return await self._graph.nodes(call, ("app", "hostIssues"), lambda: models.HostIssue)

    async def add_ons(self, app: str, kind: str) -> tuple[AddOn, ...]:
        """The app's extensions of one `AddOnType`."""
        call = self._of_app(documents.ADD_ONS, app, f"the {kind} extensions of {app}", type=kind)
        return await self._graph.nodes(call, ("app", "addOns"), lambda: models.AddOn)

    async def deployment_source(self, app: str) -> DeploymentSource | None:
        """The GitHub integration of the app; None when it says that it has none."""
        call = self._of_app(documents.DEPLOYMENT_SOURCE, app, f"the deployment source of {app}")
        sourced = await self._graph.one(call, ("app",), lambda: models.wire.SourcedApp)
        if sourced.has_deployment_source and sourced.deployment_source is None:
            raise failures.shape(call, "app.deploymentSource", "it is said to be there and is null")
        return sourced.deployment_source

    async def app_tokens(self, app: str) -> tuple[LimitedAccessToken, ...]:
        call = self._of_app(documents.APP_TOKENS, app, f"the tokens of {app}")
        return await self._graph.nodes(
            call, ("app", "limitedAccessTokens"), lambda: models.LimitedAccessToken
        )

    async def releases(self, app: str) -> tuple[ReleaseRecord, ...]:
        """The newest 50 releases."""
        call = Call(
            Service.UIEX,
            f"{self._urls.uiex}/api/v1/apps/{segment(app)}/releases",
            f"the releases of {app}",
            app=app,
            params=(("limit", "50"),),
        )
        body = await self._http.read(call)
        return parse.one(call, models.wire.ReleaseList, body).releases

    async def neighbours(self, app: str) -> tuple[OrganizationApp, ...]:
        """The apps of the app's organisation, itself among them."""
        call = self._of_app(documents.ORGANIZATION_APPS, app, f"the apps beside {app}")
        found = await self._graph.nodes(
            call, ("app", "organization", "apps"), lambda: models.wire.NeighbourApp
        )
        return tuple(each.plain for each in found)

    async def organization_apps(self, organization: str) -> tuple[OrganizationApp, ...]:
        return await self._machines.apps(organization)

    async def vm_sizes(self) -> tuple[VmSize, ...]:
        call = self._graph.call(documents.VM_SIZES, "the Machine sizes and prices")
        return (await self._graph.one(call, ("platform",), lambda: models.wire.VmSizes)).vm_sizes

    async def machines(self, app: str) -> tuple[Machine, ...]:
        return await self._machines.machines(app)

    async def placement(self, app: str) -> Placement:
        """The hosts of the app's active Machines; not complete beyond a thousand."""
        call = self._of_app(documents.PLACEMENT, app, f"the hosts of the Machines of {app}")
        path = ("app", "machines")
        pages, complete = await self._graph.pages(call, path, _PLACEMENT_PAGES)
        hosted = nodes_of(call, path, pages, models.wire.HostedMachine)
        return models.Placement(hosts={m.id: m.host.id for m in hosted}, complete=complete)

    async def volumes(self, app: str) -> tuple[Volume, ...]:
        return await self._machines.volumes(app)

    async def secrets(self, app: str) -> tuple[Secret, ...]:
        return await self._machines.secrets(app)

    async def kept(
        self, app: str, volumes: tuple[str, ...]
    ) -> tuple[tuple[Secret, ...], list[tuple[Snapshot, ...] | FlyError]]:
        """The app's secrets and the snapshots of these volumes, asked for at once."""
        return await asyncio.gather(self.secrets(app), self.postgres.snapshots(app, volumes))

    async def regions(self) -> tuple[Region, ...]:
        return await self._machines.regions()

    async def organization_machines(self, organization: str) -> OrganizationMachines:
        """The Machines of all apps of the organisation; not complete beyond some thousands."""
        return await self._machines.organization_machines(organization)

    async def query(self, organization: str, promql: str) -> tuple[Sample, ...]:
        """The instant values of a query; values that are not numbers are left out."""
        call = self._of_metrics(organization, "query", ("query", promql))
        return samples(call, await self._http.read(call))

    async def query_range(
        self, organization: str, promql: str, span: tuple[datetime, datetime], step: timedelta
    ) -> tuple[Track, ...]:
        """The values of a query between two times, a step apart."""
        start, end = (str(int(moment.timestamp())) for moment in span)
        apart = str(int(step.total_seconds()))
        asked = (("query", promql), ("start", start), ("end", end), ("step", apart))
        call = self._of_metrics(organization, "query_range", *asked)
        return tracks(call, await self._http.read(call))

    async def series_names(
        self, organization: str, selector: str, since: datetime
    ) -> tuple[str, ...]:
        """The names of the series that fit the selector and had a value since then."""
        start = str(int(since.timestamp()))
        call = self._of_metrics(
            organization, "label/__name__/values", ("match[]", selector), ("start", start)
        )
        return names(call, await self._http.read(call))

    def _of_metrics(self, organization: str, path: str, *params: tuple[str, str]) -> Call:
        return Call(
            Service.PROMETHEUS,
            f"{self._urls.api}/prometheus/{segment(organization)}/api/v1/{path}",
            f"metrics of {organization}",
            organization=organization,
            params=params,
        )

    async def addresses(self, app: str) -> tuple[Address, ...]:
        """The app's addresses; from the Machines API where GraphQL refuses."""
        try:
            return await addresses(self._graph, app)
        except Refused:
            pass
        assigned = await self._machines.ip_assignments(app)
        return tuple(each.address for each in assigned if not each.egress)

    async def certificates(self, app: str) -> tuple[CertificateSummary, ...]:
        return await self._machines.certificates(app)

    async def certificate_details(self, app: str) -> tuple[Certificate, ...]:
        """Expiry and validation errors of each certificate."""
        call = self._of_app(documents.CERTIFICATES, app, f"the certificates of {app}")
        return await self._graph.nodes(call, ("app", "certificates"), lambda: models.Certificate)

    def _of_app(self, document: Document, app: str, what: str, **variables: str) -> Call:
        return self._graph.call(document, what, {"name": app, **variables}, app=app)
