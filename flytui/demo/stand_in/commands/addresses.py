"""`ips`: list, allocate and release addresses."""

import ipaddress
from typing import Any

from flytui.demo.stand_in.command import OF_APP, Command, Invocation, say, say_json, table
from flytui.demo.stand_in.commands.accounts import organization
from flytui.demo.stand_in.documents import (
    ADDRESSES,
    ALLOCATE,
    ALLOCATE_SHARED,
    EGRESS_ADDRESSES,
    RELEASE,
)
from flytui.demo.stand_in.flags import JSON, ORG, REGION, YES, Flag
from flytui.demo.stand_in.wire import Failure

_KINDS = {
    "v4": ("v4", "public ingress (dedicated, $2/mo)"),
    "shared_v4": ("v4", "public ingress (shared)"),
    "v6": ("v6", "public ingress (dedicated)"),
    "private_v6": ("v6", "private ingress"),
    "egress_v4": ("v4", "egress"),
    "egress_v6": ("v6", "egress"),
}
_DOCUMENTATION = (
    "Learn more about Fly.io public, private, shared and dedicated IP addresses in our docs: "
    "https://fly.io/docs/networking/services/"
)


def _list(call: Invocation) -> None:
    data = call.wire.graphql(ADDRESSES, {"appName": call.app})["app"]
    addresses = list(data["ipAddresses"]["nodes"])
    if data["sharedIpAddress"]:
        addresses.append({"id": "", "address": data["sharedIpAddress"], "type": "shared_v4"})
    egress = call.wire.graphql(EGRESS_ADDRESSES, {"appName": call.app})["app"]["egressIpAddresses"]
    for one in egress["nodes"]:
        kind = f"egress_v{one['version']}"
        addresses.append(
            {"id": one["id"], "address": one["ip"], "type": kind, "region": one["region"]}
            | {"createdAt": one["updatedAt"]}
        )
    if call.json:
        say_json([_document(one) for one in addresses])
        return
    _table(addresses)
    say(_DOCUMENTATION)


def _document(address: dict[str, Any]) -> dict[str, Any]:
    return {
        "ID": address["id"],
        "Address": address["address"],
        "Type": address["type"],
        "Region": address.get("region") or "",
        "CreatedAt": address.get("createdAt") or "0001-01-01T00:00:00Z",
        "ServiceName": address.get("serviceName") or "",
        "Network": address.get("network"),
    }


def _table(addresses: list[dict[str, Any]]) -> None:
    rows = []
    for one in addresses:
        version, kind = _KINDS.get(one["type"], (one["type"], one["type"]))
        created = one.get("createdAt") or ""
        rows.append((version, one["address"], kind, one.get("region") or "global", created))
    table("", rows, "VERSION", "IP", "TYPE", "REGION", "CREATED AT")


def _release(call: Invocation) -> None:
    """Each at once, without a question; a failure leaves the ones before it released."""
    app = call.app
    for address in call.arguments:
        try:
            ipaddress.ip_address(address)
        except ValueError:
            raise Failure(f"Invalid IP address: '{address}'") from None
        given = {"appId": app, "ipAddressId": None, "ip": address}
        call.wire.graphql(RELEASE, {"input": given})
        say(f"Released {address} from {app}")


def _allocate_v4(call: Invocation) -> None:
    app = call.app
    if call.switch("shared"):
        given = {"appId": app, "type": "shared_v4", "region": ""}
        data = call.wire.graphql(ALLOCATE_SHARED, {"input": given})
        address = data["allocateIpAddress"]["app"]["sharedIpAddress"]
        table("", [("v4", address, "shared", "global")], "VERSION", "IP", "TYPE", "REGION")
        return
    if not call.switch("yes"):
        say("Looks like you're accessing a paid feature. Dedicated IPv4 addresses now cost $2/mo.")
        call.confirm()
    _allocate(call, "v4", {})


def _allocate_v6(call: Invocation) -> None:
    if not call.switch("private"):
        _allocate(call, "v6", {})
        return
    chosen = {}
    if call.organization:
        chosen["organizationId"] = organization(call, call.organization)["id"]
    if call.text("network"):
        chosen["network"] = call.text("network")
    _allocate(call, "private_v6", chosen)


def _allocate(call: Invocation, kind: str, chosen: dict[str, str]) -> None:
    given = {"appId": call.app, "type": kind, "region": call.text("region"), **chosen}
    data = call.wire.graphql(ALLOCATE, {"input": given})
    _table([data["allocateIpAddress"]["ipAddress"]])


_SHARED = Flag("shared", kind="switch")
_PRIVATE = Flag("private", kind="switch")
COMMANDS = (
    Command(("ips", "list"), _list, "List IP addresses", (*OF_APP, JSON), aliases=("ls",)),
    Command(("ips", "release"), _release, "Release IP addresses", OF_APP, least=1),
    Command(
        ("ips", "allocate-v4"),
        _allocate_v4,
        "Allocate an IPv4 address",
        (*OF_APP, _SHARED, YES, REGION),
    ),
    Command(
        ("ips", "allocate-v6"),
        _allocate_v6,
        "Allocate an IPv6 address",
        (*OF_APP, REGION, _PRIVATE, ORG, Flag("network")),
    ),
)
