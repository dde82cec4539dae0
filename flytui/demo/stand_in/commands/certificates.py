"""`certs`: hostnames and their certificates."""

from typing import Any
from urllib.parse import quote

from flytui.demo.stand_in.command import OF_APP, Command, Invocation, say, say_json, table
from flytui.demo.stand_in.flags import JSON, YES, Flag
from flytui.demo.stand_in.wire import Failure


def _list(call: Invocation) -> None:
    answer = call.wire.flaps("GET", f"/apps/{call.app}/certificates?limit=50")
    certificates = answer["certificates"]
    if call.json:
        say_json(certificates)
    else:
        rows = [(one["hostname"], one["status"], one["created_at"]) for one in certificates]
        table("", rows, "HOST NAME", "STATUS", "ADDED")
    if answer.get("next_cursor"):
        say()
        say(
            f"Showing {len(certificates)} of {answer['total_count']} certificates. "
            "Use the Machines API to paginate through all results."
        )


def _add(call: Invocation) -> None:
    hostname = call.arguments[0]
    detail = call.wire.flaps("POST", f"/apps/{call.app}/certificates/acme", {"hostname": hostname})
    if call.json:
        say_json(detail)
        return
    say(f"✔ Certificate created for {hostname}")
    say()
    wanted = detail["dns_requirements"]
    if not wanted["a"] and not wanted["aaaa"]:
        say("! Your app has no public IP addresses.")
    else:
        say("Recommended DNS setup:")
        for kind, key in (("A", "a"), ("AAAA", "aaaa")):
            if wanted[key]:
                say(f"  {kind:<4} {hostname} → {wanted[key][0]}")
    if hostname.startswith("*."):
        challenge = wanted["acme_challenge"]
        say()
        say("! Wildcard certificates require DNS validation:")
        say(f"  CNAME {challenge['name']} → {challenge['target']}")
    say()
    say(f"Run fly certs check {_quoted(hostname)} to check validation progress.")


def _check(call: Invocation) -> None:
    """Exit 0 whatever the certificate's state is."""
    hostname = call.arguments[0]
    path = f"/apps/{call.app}/certificates/{quote(hostname, safe='')}/check"
    detail = call.wire.flaps("POST", path)
    if call.json:
        say_json(detail)
        return
    _tell(detail)
    states = {one["status"] for one in detail["certificates"]}
    say()
    if "active" in states:
        say("✔ Certificate is verified and active")
    elif "pending_ownership" in states:
        ownership = detail["dns_requirements"]["ownership"]
        say("Add this DNS record to verify domain ownership:")
        say()
        say(f"  TXT {ownership['name']} → {ownership['app_value']}")
        say()
        say(f"Run fly certs check {_quoted(hostname)} after adding the record.")
    else:
        say(f"Run fly certs setup {_quoted(hostname)} to view DNS setup instructions.")


def _tell(detail: dict[str, Any]) -> None:
    for label, key in (("Hostname", "hostname"), ("Status", "status")):
        say(f"{label:<12} = {detail[key]}")
    say(f"{'Configured':<12} = {str(detail['configured']).lower()}")
    for error in detail["validation_errors"]:
        say(f"! {error['message']}")
        if error["remediation"]:
            say(f"  {error['remediation']}")


def _remove(call: Invocation) -> None:
    hostname, app = call.arguments[0], call.app
    custom, acme = call.switch("custom"), call.switch("acme")
    if custom and acme:
        raise Failure("cannot specify both --custom and --acme")
    call.confirm()
    part = "/custom" if custom else "/acme" if acme else ""
    path = f"/apps/{app}/certificates/{quote(hostname, safe='')}{part}"
    call.wire.flaps("DELETE", path)
    if custom:
        say(f"✔ Custom certificate for {hostname} deleted from app {app}")
    elif acme:
        say(f"✔ ACME certificate issuance stopped for {hostname} on app {app}")
    else:
        say(f"✔ Certificate {hostname} deleted from app {app}")


def _quoted(hostname: str) -> str:
    return f"'{hostname}'" if "*" in hostname else hostname


COMMANDS = (
    Command(("certs", "list"), _list, "List certificates", (*OF_APP, JSON)),
    Command(
        ("certs", "add"),
        _add,
        "Add a certificate",
        (*OF_APP, JSON),
        least=1,
        most=1,
        aliases=("create",),
    ),
    Command(
        ("certs", "check"),
        _check,
        "Check a certificate's DNS",
        (*OF_APP, JSON),
        least=1,
        most=1,
        aliases=("show",),
    ),
    Command(
        ("certs", "remove"),
        _remove,
        "Remove a certificate",
        (*OF_APP, YES, Flag("custom", kind="switch"), Flag("acme", kind="switch")),
        least=1,
        most=1,
        aliases=("delete",),
    ),
)
