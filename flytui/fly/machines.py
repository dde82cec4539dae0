"""The Machines API: lists out of their wrappers, pages behind their cursors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from flytui.fly import failures, models, parse
from flytui.fly.auth import Service
from flytui.fly.call import Call, segment
from flytui.fly.http import Http

if TYPE_CHECKING:
    from flytui.fly.models import (
        CertificateSummary,
        Machine,
        OrganizationApp,
        OrganizationMachines,
        Region,
        Secret,
        Volume,
    )
    from flytui.fly.models.base import Model
    from flytui.fly.models.wire import (
        IpAssignment,
        OrganizationMachinePage,
    )

PAGES = 50
_ORGANIZATION_PAGES = 5
"""Of a thousand Machines each."""
_GOING = {
    "scheduling_destroy",
    "fork_cleanup",
    "waiting_for_detach",
    "pending_destroy",
    "destroying",
    "destroyed",
}
"""States of a volume that is on its way out."""
M = TypeVar("M", bound="Model")


class MachinesApi:
    """Reads from `/v1`."""

    def __init__(self, http: Http, base: str) -> None:
        self._http = http
        self._base = f"{base}/v1"

    async def apps(self, organization: str) -> tuple[OrganizationApp, ...]:
        """The apps of an organisation. A list shorter than its own count is Unexpected."""
        call = Call(
            Service.MACHINES,
            f"{self._base}/apps",
            f"the apps of {organization}",
            organization=organization,
            params=(("org_slug", organization),),
            limit=("apps", organization),
        )
        listed = await self._one(call, lambda: models.wire.AppList)
        if listed.total_apps is not None and listed.total_apps > len(listed.apps):
            told = f"{len(listed.apps)} of {listed.total_apps} apps"
            raise failures.shape(call, "apps", f"it holds {told}")
        return listed.apps

    async def machines(self, app: str) -> tuple[Machine, ...]:
        call = self._of_app(app, "machines", "the Machines")
        body = await self._http.read(call)
        return await parse.long(call, models.Machine, body)

    async def organization_machines(self, organization: str) -> OrganizationMachines:
        """The Machines of all apps of an organisation, of so many pages at most.

        A cursor that came before leads nowhere new: the answer is then not whole.
        """
        first = Call(
            Service.MACHINES,
            f"{self._base}/orgs/{segment(organization)}/machines",
            f"the Machines of {organization}",
            organization=organization,
            limit=("org machines", organization),
        )
        pages: list[OrganizationMachinePage] = []
        cursors: list[str] = []
        for _ in range(_ORGANIZATION_PAGES):
            params = (("limit", "1000"), *(("cursor", cursor) for cursor in cursors[-1:]))
            call = replace(first, params=params)
            pages.append(await self._one(call, lambda: models.wire.OrganizationMachinePage))
            cursor = pages[-1].next_cursor
            if not cursor:
                return _together(pages, cut_short=False)
            if cursor in cursors:
                break
            cursors.append(cursor)
        return _together(pages, cut_short=True)

    async def volumes(self, app: str) -> tuple[Volume, ...]:
        """The volumes that are not on their way out."""
        call = self._of_app(app, "volumes", "the volumes")
        body = await self._http.read(call)
        listed = await parse.long(call, models.Volume, body)
        return tuple(volume for volume in listed if volume.state not in _GOING)

    async def secrets(self, app: str) -> tuple[Secret, ...]:
        """Names and digests; the parameter that would show values is never sent."""
        call = self._of_app(app, "secrets", "the secrets' names")
        return (await self._one(call, lambda: models.wire.SecretList)).secrets

    async def ip_assignments(self, app: str) -> tuple[IpAssignment, ...]:
        call = self._of_app(app, "ip_assignments", "the addresses")
        return (await self._one(call, lambda: models.wire.IpAssignments)).ips

    async def certificates(self, app: str) -> tuple[CertificateSummary, ...]:
        first = self._of_app(app, "certificates", "the certificates")
        found: tuple[CertificateSummary, ...] = ()
        cursors: list[str] = []
        for _ in range(PAGES):
            params = (("limit", "500"), *(("cursor", cursor) for cursor in cursors[-1:]))
            page = await self._one(
                replace(first, params=params), lambda: models.wire.CertificatePage
            )
            found += page.certificates
            if not page.next_cursor:
                return found
            if page.next_cursor in cursors:
                break
            cursors.append(page.next_cursor)
        raise failures.too_many_pages(first)

    async def regions(self) -> tuple[Region, ...]:
        call = Call(
            Service.MACHINES,
            f"{self._base}/platform/regions",
            "Fly.io's regions",
            limit=("regions", ""),
        )
        return (await self._one(call, lambda: models.wire.RegionList)).regions

    def _of_app(self, app: str, action: str, what: str) -> Call:
        return Call(
            Service.MACHINES,
            f"{self._base}/apps/{segment(app)}/{action}",
            f"{what} of {app}",
            app=app,
            limit=(action, app),
        )

    async def _one(self, call: Call, kind: parse.Kind[M]) -> M:
        body = await self._http.read(call)
        return parse.one(call, kind(), body)


def _together(pages: list[OrganizationMachinePage], *, cut_short: bool) -> OrganizationMachines:
    return models.OrganizationMachines(
        machines=tuple(
            models.OrganizationMachine(
                app_name=one.app_name,
                id=one.id,
                state=one.state,
                region=one.region,
                image=one.config.image if one.config else None,
            )
            for page in pages
            for one in page.machines
        ),
        silent_regions=tuple(sorted({region for page in pages for region in page.error_regions})),
        cut_short=cut_short,
    )
