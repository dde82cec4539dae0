"""Answers as they come, where flytui uses only what is inside."""

from typing import Annotated, Literal

from pydantic import AliasChoices, Field

from flytui.fly.models.app import DeploymentSource, OrganizationApp, ReleaseRecord, Role
from flytui.fly.models.base import GraphModel, Model, NullAsEmpty, Text, Time
from flytui.fly.models.machine import Region, Secret, VmSize
from flytui.fly.models.network import Address, AddressKind, CertificateSummary
from flytui.fly.models.postgres import Backup, Cluster


class PageInfo(GraphModel):
    """Where a connection goes on."""

    has_next_page: bool
    end_cursor: str | None


class AppList(Model):
    apps: tuple[OrganizationApp, ...]
    total_apps: int | None = None


class SecretList(Model):
    secrets: tuple[Secret, ...]


class RegionList(Model):
    """Go's own spelling and the documented one are both seen."""

    regions: Annotated[
        tuple[Region, ...], Field(validation_alias=AliasChoices("regions", "Regions"))
    ]


class CertificatePage(Model):
    certificates: tuple[CertificateSummary, ...]
    next_cursor: str | None = None


class ReleaseList(Model):
    releases: tuple[ReleaseRecord, ...]


class NeighbourApp(GraphModel):
    """A node of GraphQL's `organization.apps`."""

    name: Text
    status: Text
    network: Text | None
    role: Role | None

    @property
    def plain(self) -> OrganizationApp:
        """The same in the words of the Machines API."""
        return OrganizationApp(
            name=self.name,
            status=self.status,
            network=self.network or "default",
            app_role=(self.role.name or None) if self.role else None,
        )


class ClusterList(Model):
    data: tuple[Cluster, ...]


class BackupList(Model):
    data: tuple[Backup, ...]


class IpNetwork(Model):
    name: Text | None = None
    org_slug: Text | None = None


class IpAssignment(Model):
    """An address as the Machines API tells it: without a type."""

    ip: Text
    region: Text | None = None
    shared: bool = False
    egress: bool = False
    created_at: Time | None = None
    network: IpNetwork | None = None

    @property
    def address(self) -> Address:
        """The same in the terms of GraphQL, its kind told from its looks."""
        return Address(
            address=self.ip,
            kind=self._kind,
            region=self.region,
            created_at=self.created_at,
            network=self.network and self.network.name,
            network_organization=self.network and self.network.org_slug,
        )

    @property
    def _kind(self) -> AddressKind:
        if self.ip.lower().startswith("fdaa:"):
            return AddressKind.PRIVATE_V6
        if self.shared:
            return AddressKind.SHARED_V4
        return AddressKind.V6 if ":" in self.ip else AddressKind.V4


class IpAssignments(Model):
    ips: tuple[IpAssignment, ...]


class _Slug(GraphModel):
    slug: Text


class _Network(GraphModel):
    name: Text
    organization: _Slug


class GraphAddress(GraphModel):
    """A node of GraphQL's `app.ipAddresses`."""

    address: Text
    type: AddressKind
    region: Text | None
    created_at: Time
    network: _Network | None

    @property
    def plain(self) -> Address:
        return Address(
            address=self.address,
            kind=self.type,
            region=self.region,
            created_at=self.created_at,
            network=self.network and self.network.name,
            network_organization=self.network and self.network.organization.slug,
        )


class _Host(GraphModel):
    id: Text


class HostedMachine(GraphModel):
    """A node of GraphQL's `app.machines`."""

    id: Text
    host: _Host


class SourcedApp(GraphModel):
    """GraphQL's `app` with its deployment source."""

    has_deployment_source: bool
    deployment_source: DeploymentSource | None


class SharedAddress(GraphModel):
    """The shared IPv4 address, which stands beside the others in GraphQL's `app`."""

    shared_ip_address: Text | None


class VmSizes(GraphModel):
    """GraphQL's `platform`."""

    vm_sizes: tuple[VmSize, ...]


class VectorSample(Model):
    metric: dict[str, Text]
    value: tuple[float, str]
    """(seconds, number as text)."""


class VectorData(Model):
    result_type: Literal["vector"] = Field(alias="resultType")
    result: tuple[VectorSample, ...]


class _Measured(Model):
    """A Prometheus answer; one from a part of the servers only is no answer."""

    status: Literal["success"]
    is_partial: Literal[False] = Field(default=False, alias="isPartial")


class Vector(_Measured):
    """A Prometheus answer to an instant query."""

    data: VectorData


class MatrixSeries(Model):
    metric: dict[str, Text]
    values: tuple[tuple[float, str], ...]
    """(seconds, number as text) each."""


class MatrixData(Model):
    result_type: Literal["matrix"] = Field(alias="resultType")
    result: tuple[MatrixSeries, ...]


class Matrix(_Measured):
    """A Prometheus answer to a query over a range of time."""

    data: MatrixData


class LabelValues(_Measured):
    """The values of one label, among the series asked for."""

    data: Annotated[tuple[Text, ...], NullAsEmpty]


class _ListedConfig(Model):
    image: Text | None = None


class ListedMachine(Model):
    """A Machine of an organisation's listing, whose configuration is cut down to a few keys."""

    app_name: Text
    id: Text
    state: Text
    region: Text
    config: _ListedConfig | None = None


class OrganizationMachinePage(Model):
    machines: Annotated[tuple[ListedMachine, ...], NullAsEmpty]
    next_cursor: str | None = None
    error_regions: Annotated[tuple[Text, ...], NullAsEmpty] = ()
