"""Machines as a deployment of the app's fly.toml left them, with what a scenario changed since."""

import copy

from flytui.demo import deploying
from flytui.demo.building.people import at
from flytui.demo.changes import addresses, machines
from flytui.demo.state import App, Json, Machine, Series
from flytui.demo.world import World

_KILLED = {"exit_event": {"exit_code": 137, "oom_killed": True, "requested_stop": False}}


def deployed_image(app_table: Json, version: int) -> str:
    name = app_table["name"]
    return str(app_table.get("image") or f"registry.fly.io/{name}:deployment-{version:02d}")


def build_machine(world: World, app: App, table: Json, app_table: Json) -> Machine:
    image = deployed_image(app_table, len(app.releases))
    created = at(world, table, "created", "10 days ago")
    machine = Machine(
        id=world.ids.hexadecimal(),
        name=machines.new_name(world),
        region=table.get("region", "iad"),
        config=machines.complete(_config(app, table, image)),
        instance_id=world.ids.ulid(),
        private_ip=addresses.machine_address(world),
        created_at=created,
        updated_at=created,
        host=table.get("host") or world.ids.hexadecimal(4),
        host_status=table.get("host_status", "ok"),
        cordoned=table.get("cordoned", False),
        state=table.get("state", "started"),
        image_ref=machines.image_ref(image) | {"labels": app_table.get("image_labels", {})},
        postgres_role=machines.postgres_role(app),
    )
    _remember(world, machine, table)
    if machine.state == "started":
        machine.checks = machines.passing(machine, created)
        if failing := table.get("failing"):
            machine.checks = [
                one | {"status": "critical", "output": failing} for one in machine.checks
            ]
    world.series += _measured(app, machine, table.get("measured", {}))
    if "mount" in table:
        _mount(app, machine, table["mount"])
    app.machines[machine.id] = machine
    return machine


def _measured(app: App, machine: Machine, told: Json) -> list[Series]:
    """What a scenario says was measured of the Machine: a value, or hourly ones, newest first."""
    labels = labels_of(app, machine)
    every = {metric: v if isinstance(v, list) else [v] for metric, v in told.items()}
    return [
        Series(metric, labels, float(values[0]), values[1:], minutes=60)
        for metric, values in every.items()
    ]


def labels_of(app: App, machine: Machine) -> dict[str, str]:
    """The labels of everything Fly.io measures of a Machine."""
    place = {"region": machine.region, "host": machine.host}
    return {"app": app.name, **place, "instance": machine.id}


def multiply(world: World, app: App, total: int) -> None:
    """Copies the app's Machines in turn until there are `total`, each on a host of its own."""
    models = world.machines_of(app)
    for number in range(total - len(models) if models else 0):
        model = models[number % len(models)]
        config = copy.deepcopy(model.config) | {"mounts": []}
        twin = machines.launch(world, app, config, region=model.region)
        twin.image_ref = dict(model.image_ref)
        twin.state = model.state


def _config(app: App, table: Json, image: str) -> Json:
    """What the release's fly.toml gives the group, then the scenario's own `settings`."""
    group, release = table.get("group", "app"), app.release
    if release is None or release.definition is None:
        config: Json = {"image": image, "metadata": {}}
    else:
        config = deploying.machine_config(release.definition, group, image, release)
    if table.get("standby"):
        config["standbys"] = [one.id for one in app.machines.values() if one.group == group][:1]
    config.update(copy.deepcopy(table.get("settings", {})))
    return config


def _remember(world: World, machine: Machine, table: Json) -> None:
    """Events since its creation, newest first; a death for want of memory where one is told."""
    created = machine.created_at
    told: list[Json] = [
        machines.event(world, "launch", "created", "user", created),
        machines.event(world, "start", "started", "flyd", created),
    ]
    if "out_of_memory" in table:
        died = at(world, table, "out_of_memory", "now")
        told += [
            machines.event(world, "exit", "stopped", "flyd", died) | {"request": _KILLED},
            machines.event(world, "start", "started", "flyd", died),
        ]
    machine.events = told[::-1]


def _mount(app: App, machine: Machine, path: str) -> None:
    """Takes the app's first free volume of the Machine's region."""
    volume = next(
        one
        for one in app.volumes.values()
        if one.attached_machine_id is None and one.region == machine.region
    )
    volume.attached_machine_id = machine.id
    mount: Json = {"volume": volume.id, "name": volume.name, "path": path, "encrypted": True}
    machine.config["mounts"] = [mount | {"size_gb": volume.size_gb}]
