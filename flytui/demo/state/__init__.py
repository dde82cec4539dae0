"""What the simulated Fly.io remembers: plain records, changed only by `flytui.demo.changes`."""

from flytui.demo.state.apps import (
    App,
    Attachment,
    DeploymentSource,
    HostIssue,
    LogLine,
    Release,
    Secret,
)
from flytui.demo.state.json import (
    Json,
)
from flytui.demo.state.machines import (
    Lease,
    Machine,
    Snapshot,
    Volume,
)
from flytui.demo.state.network import (
    Address,
    AddressType,
    Certificate,
    DnsRecords,
    EgressAddress,
    IssuedCertificate,
    ValidationError,
)
from flytui.demo.state.people import (
    Invitation,
    Member,
    Organization,
    Peer,
    PersonalToken,
    Scope,
    ThirdParty,
    Token,
    User,
)
from flytui.demo.state.platform import (
    AddOn,
    Backup,
    PostgresCluster,
    Region,
    Series,
    VmSize,
)

__all__ = [
    "AddOn",
    "Address",
    "AddressType",
    "App",
    "Attachment",
    "Backup",
    "Certificate",
    "DeploymentSource",
    "DnsRecords",
    "EgressAddress",
    "HostIssue",
    "Invitation",
    "IssuedCertificate",
    "Json",
    "Lease",
    "LogLine",
    "Machine",
    "Member",
    "Organization",
    "Peer",
    "PersonalToken",
    "PostgresCluster",
    "Region",
    "Release",
    "Scope",
    "Secret",
    "Series",
    "Snapshot",
    "ThirdParty",
    "Token",
    "User",
    "ValidationError",
    "VmSize",
    "Volume",
]
