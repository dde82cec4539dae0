"""`scale`: how many Machines a process group has and how large they are."""

import copy
from collections import Counter
from dataclasses import dataclass
from typing import Any

from flytui.demo.stand_in.command import OF_APP, Command, Invocation, say, say_json, table
from flytui.demo.stand_in.documents import EGRESS_ADDRESSES, RELEASES
from flytui.demo.stand_in.flags import JSON, REGION, YES, Flag
from flytui.demo.stand_in.machines import (
    Machine,
    active,
    group,
    launch_input,
    launched,
    leased,
    listed,
    preset,
    process_names,
    size,
    update,
)
from flytui.demo.stand_in.wire import Failure, Refusal


@dataclass(frozen=True)
class _Action:
    """So many Machines more, or fewer, of a group in a region."""

    group: str
    region: str
    delta: int
    machines: tuple[Machine, ...]
    """Those there now."""
    config: dict[str, Any]
    """What new ones are made of: the group's first Machine's, word for word."""

    @property
    def size(self) -> str:
        return size(self.config["guest"])


def _count(call: Invocation) -> None:
    names = process_names(call)
    wanted = _wanted(call.arguments, call.text("process-group") or "app")
    unknown = [name for name in wanted if name not in names]
    if unknown:
        raise Failure(
            f"Attempting to scale unknown process groups [{' '.join(unknown)}] but valid names "
            f"are [{' '.join(names)}].\n Use `fly scale count COUNT --process-group=NAME` \n"
            " or multi group syntax `fly scale count NAME1=COUNT1 NAME2=COUNT2 ...`"
        )
    machines = launched(listed(call))
    variables = {"appName": call.app, "limit": 1, "status": "complete"}
    if not call.wire.graphql(RELEASES, variables)["app"]["releases"]["nodes"]:
        raise Failure(
            "this app has no complete releases. Run `fly deploy` to create one and rerun this "
            "command"
        )
    volumes = call.wire.flaps("GET", f"/apps/{call.app}/volumes")
    actions = _plan(call, machines, wanted)
    if not actions:
        say("App already scaled to desired state. No need for changes")
        return
    say(f"App '{call.app}' is going to be scaled according to this plan:")
    for one in actions:
        say(
            f"{one.delta:+4d} machines for group '{one.group}' on region '{one.region}' "
            f"of size '{one.size}'"
        )
    call.confirm("--yes flag must be specified when not running interactively")
    free = [one for one in volumes if not one["attached_machine_id"]]
    with leased(call, machines) as nonces:
        say("Executing scale plan")
        for action in actions:
            _carry_out(call, action, nonces, free)
        call.wire.graphql(EGRESS_ADDRESSES, {"appName": call.app})


def _wanted(arguments: list[str], default: str) -> dict[str, str]:
    """Counts by group: `3` is for the default group, `web=3` for web, `+1` is relative."""
    if len(arguments) == 1 and arguments[0].lstrip("+-").isdigit():
        return {default: _counted(arguments[0])}
    wanted = {}
    for argument in arguments:
        name, equals, count = argument.partition("=")
        if not equals or not count.lstrip("+-").isdigit():
            raise Failure(f"'{argument}' is not a valid process=count option")
        wanted[name] = _counted(count)
    return wanted


def _counted(text: str) -> str:
    if text[0] in "+-" and int(text) == 0:
        raise Failure(f"invalid relative scale count: {text}")
    return text


def _plan(call: Invocation, machines: list[Machine], wanted: dict[str, str]) -> list[_Action]:
    """The change of each group in each region, as fly spreads it."""
    regions = [one for one in call.text("region").split(",") if one]
    regions = regions or list(dict.fromkeys(str(one["region"]) for one in machines))
    actions, most = [], call.number("max-per-region", -1)
    for name, text in wanted.items():
        members = [one for one in machines if (group(one) or "app") == name]
        if not members:
            raise Failure(
                f"the demo cannot make the first Machine of group '{name}'",
                "Where the group has a Machine, this command can add more like it.",
            )
        count = int(text) + (len(members) if text[0] in "+-" else 0)
        config = copy.deepcopy(members[0]["config"])
        config.pop("standbys", None)
        (config.get("env") or {}).pop("FLY_STANDBY_FOR", None)
        for region, delta in _spread(max(count, 0), members, regions, most).items():
            there = tuple(one for one in members if one["region"] == region)
            actions.append(_Action(name, region, delta, there, config))
    return [one for one in actions if one.delta]


def _spread(
    count: int, members: list[Machine], regions: list[str], most: int = -1
) -> dict[str, int]:
    """How many Machines each region gains or loses; gains start at the first region."""
    now = Counter(str(one["region"]) for one in members)
    if most >= 0 and len(regions) * most < count:
        raise Failure(
            "the number of regions by the maximum machines per region is fewer than the "
            "expected total"
        )
    change = {one: most - now[one] for one in regions if 0 <= most < now[one]}
    missing = count - sum(now[one] + change.get(one, 0) for one in regions)
    turn = 0
    while missing > 0:
        region = regions[turn % len(regions)]
        if most < 0 or now[region] + change.get(region, 0) < most:
            change[region] = change.get(region, 0) + 1
            missing -= 1
        turn += 1
    turn = 1
    while missing < 0:
        region = regions[turn % len(regions)]
        if now[region] + change.get(region, 0) > 0:
            change[region] = change.get(region, 0) - 1
            missing += 1
        turn += 1
    return change


def _carry_out(
    call: Invocation, action: _Action, nonces: dict[str, str], free: list[dict[str, Any]]
) -> None:
    for _ in range(action.delta):
        config = _with_volume(call, action, free)
        try:
            made = call.wire.flaps(
                "POST", f"/apps/{call.app}/machines", launch_input(config, action.region)
            )
        except Refusal as error:
            raise Failure(f"failed to launch VM: {error}") from error
        _report("Created", made, action)
    # The first Machines of the region go, running or not: so fly chooses.
    for machine in action.machines[: max(0, -action.delta)]:
        path = f"/apps/{call.app}/machines/{machine['id']}?kill=true"
        call.wire.flaps("DELETE", path, nonce=nonces.get(machine["id"], ""))
        _report("Destroyed", machine, action)


def _report(word: str, machine: Machine, action: _Action) -> None:
    kind = size(machine["config"]["guest"])
    say(f"  {word} {machine['id']} group:{action.group} region:{action.region} size:{kind}")


def _with_volume(call: Invocation, action: _Action, free: list[dict[str, Any]]) -> dict[str, Any]:
    """The group's configuration with a volume of its own, an unattached one before a new one."""
    config = copy.deepcopy(action.config)
    if not config.get("mounts"):
        return config
    mount = config["mounts"][0]
    fitting = [
        one
        for one in free
        if one["region"] == action.region and one["name"] == mount.get("name", one["name"])
    ]
    if fitting and not call.switch("with-new-volumes"):
        volume = fitting[0]
        free.remove(volume)
    else:
        wanted = {
            "name": mount.get("name") or "data",
            "region": action.region,
            "size_gb": mount.get("size_gb") or None,
            "encrypted": mount.get("encrypted", True),
            "require_unique_zone": False,
        }
        say(f"  Creating volume {wanted['name']} region:{action.region}")
        volume = call.wire.flaps("POST", f"/apps/{call.app}/volumes", wanted)
    mount["volume"] = volume["id"]
    return config


def _vm(call: Invocation) -> None:
    """At once, without a question, one Machine after the other."""
    name, memory = call.arguments[0], call.number("vm-memory")
    preset(name)
    chosen = call.text("process-group")
    if not chosen:
        names = process_names(call)
        if len(names) > 1:
            raise Failure(
                "scaling an app with multiple process groups requires specifying a group with "
                f"'--process-group <name>'\n * this app has the following process groups: "
                f"{' '.join(names)}"
            )
        chosen = names[0]
    machines = [one for one in active(listed(call)) if (group(one) or "app") == chosen]
    if not machines:
        raise Failure(f"No active machines in process group '{chosen}', check `fly status` output")
    with leased(call, machines) as nonces:
        for machine in machines:
            machine["config"]["guest"] |= preset(name)
            if memory:
                machine["config"]["guest"]["memory_mb"] = memory
            update(call, machine, nonces.get(machine["id"], ""))
    guest = machines[0]["config"]["guest"]
    named = f" for '{chosen}'" if call.text("process-group") else ""
    say(f"Scaled VM Type{named} to '{size(guest)}'")
    say(f"{'CPU Cores':>15}: {guest['cpus']}")
    say(f"{'Memory':>15}: {_memory(int(guest['memory_mb']))}")


def _memory(megabytes: int) -> str:
    return f"{megabytes} MB" if megabytes < 1024 else f"{megabytes // 1024} GB"


def _show(call: Invocation) -> None:
    machines = launched(listed(call))
    groups = sorted({group(one) for one in machines})
    rows = [_group_row(name, [one for one in machines if group(one) == name]) for name in groups]
    if call.json:
        say_json(rows)
        return
    say(f"VM Resources for app: {call.app}")
    say()
    shown = [
        (
            row["Process"],
            row["Count"],
            row["CPUKind"],
            row["CPUs"],
            f"{row['Memory']} MB",
            ",".join(f"{code}({n})" if n > 1 else code for code, n in row["Regions"].items()),
        )
        for row in rows
    ]
    table("Groups", shown, "NAME", "COUNT", "KIND", "CPUS", "MEMORY", "REGIONS")


def _group_row(name: str, members: list[Machine]) -> dict[str, Any]:
    guest = members[0]["config"]["guest"]
    return {
        "Process": name,
        "Count": len(members),
        "CPUKind": guest["cpu_kind"],
        "CPUs": guest["cpus"],
        "Memory": guest["memory_mb"],
        "Regions": dict(sorted(Counter(one["region"] for one in members).items())),
    }


_GROUP = Flag("process-group", "g", aliases=("group",))
COMMANDS = (
    Command(
        ("scale", "count"),
        _count,
        "Change how many Machines an app has",
        (
            *OF_APP,
            YES,
            REGION,
            _GROUP,
            Flag("max-per-region", kind="whole"),
            Flag("with-new-volumes", kind="switch"),
        ),
        least=1,
    ),
    Command(
        ("scale", "vm"),
        _vm,
        "Change the size of an app's Machines",
        (*OF_APP, _GROUP, Flag("vm-memory", kind="whole", aliases=("memory",))),
        least=1,
        most=1,
    ),
    Command(("scale", "show"), _show, "Show sizes and counts", (*OF_APP, JSON), most=0),
)
