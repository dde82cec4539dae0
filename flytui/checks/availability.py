"""Availability, resiliency and costs: spare Machines, regions, autostop, autoscaling."""

from flytui.checks.check import check
from flytui.checks.deployed import deployed, primary_region
from flytui.checks.groups import Group, faceless, groups
from flytui.checks.machine_rows import Surroundings
from flytui.checks.reach import Map, reach
from flytui.checks.redundancy import redundancy
from flytui.checks.scaling import Scaling, scaling, served
from flytui.checks.stopping import Plan, stopping
from flytui.checks.verdict import conclude, firm, kept_apart, nothing_to_look_at
from flytui.checks.words import count
from flytui.facts import app as app_facts
from flytui.facts import machines as machine_facts
from flytui.facts import metrics, neighbours, network, project
from flytui.facts.fact import Unseen, optional
from flytui.finding import Evidence, Finding, Resource, Status, evidence
from flytui.fly.models import (
    Address,
    App,
    HostIssue,
    Machine,
    OrganizationMachines,
    Placement,
    Region,
    Sample,
    VmSize,
    Volume,
)
from flytui.remedy import Link
from flytui.repo import Checkout
from flytui.settings import Preferences


@check(
    "multiple-machines",
    app_facts.app,
    machine_facts.machines,
    optional(machine_facts.placement),
    optional(machine_facts.volumes),
    optional(app_facts.host_issues),
    optional(app_facts.vm_sizes),
)
def multiple_machines(  # noqa: PLR0913, PLR0917  (one parameter a fact)
    app: App,
    machines: tuple[Machine, ...],
    placement: Placement | Unseen,
    volumes: tuple[Volume, ...] | Unseen,
    host_issues: tuple[HostIssue, ...] | Unseen,
    vm_sizes: tuple[VmSize, ...] | Unseen,
) -> Finding:
    """Every process group goes on when one host fails.

    A group with services has 2 Machines on 2 hosts, 2 of them in the primary region; a worker has
    a second one running or a standby; data in volumes is on 2 of them. One Machine too few is
    decided without knowing hosts; a good verdict needs them.
    Follows https://fly.io/docs/blueprints/resilient-apps-multiple-machines/.
    """
    if apart := kept_apart(app):
        return apart
    counted = tuple(m for m in machines if m.counts)
    around = Surroundings(
        app=app.name,
        alive=frozenset(m.id for m in machines if m.alive),
        regions=tuple(m.region for m in counted),
        primary=primary_region(app, machines),
        placement=placement,
        volumes=volumes,
        prices=vm_sizes,
    )
    found = groups(machines, deployed(app))
    if not counted and not found:
        return _never_deployed(app)
    verdicts = [redundancy(group, around) for group in found]
    well = f"{count(len(found), 'process group')} can lose a host and go on."
    lost = tuple(_lost(m) for m in counted if faceless(m))
    issues = _host_trouble(host_issues)
    return firm(conclude(verdicts, well, resources=(*lost, *issues)), machines)


def _never_deployed(app: App) -> Finding:
    page = Link(
        "https://fly.io/docs/launch/deploy/",
        "Read how to deploy",
        "The first deploy creates 2 Machines for a group with services.",
    )
    return Finding(
        Status.ACTION, f"{app.name} has 0 Machines: it was never deployed.", remedies=(page,)
    )


def _lost(machine: Machine) -> Resource:
    summary = f"Machine {machine.id} is on a host that does not answer; its group is unknown."
    return Resource("Machine", machine.id, Status.ADVICE, summary)


def _host_trouble(issues: tuple[HostIssue, ...] | Unseen) -> tuple[Resource, ...]:
    if isinstance(issues, Unseen):
        return ()
    return tuple(
        Resource(
            "host issue",
            issue.internal_id,
            Status.ADVICE,
            f"Fly.io reports 1 host in trouble: {issue.message or 'no details given'}",
            (
                evidence(
                    "Reported", f"{issue.created_at:%Y-%m-%d %H:%M} UTC", app_facts.host_issues
                ),
            ),
        )
        for issue in issues
        if issue.resolved_at is None
    )


@check(
    "add-regions",
    app_facts.app,
    machine_facts.machines,
    project.preferences,
    optional(machine_facts.regions),
    optional(metrics.edge_traffic),
    optional(network.addresses),
    optional(app_facts.vm_sizes),
)
def add_regions(  # noqa: PLR0913, PLR0917  (one parameter a fact)
    app: App,
    machines: tuple[Machine, ...],
    preferences: Preferences,
    regions: tuple[Region, ...] | Unseen,
    edge_traffic: tuple[Sample, ...] | Unseen,
    addresses: tuple[Address, ...] | Unseen,
    vm_sizes: tuple[VmSize, ...] | Unseen,
) -> Finding:
    """Machines are in more than one region, and near where requests come from.

    One region is a legitimate answer, so it is advice. Apps without services, private apps and
    groups with volumes, whose data has one writer, are left out.
    Follows https://fly.io/docs/launch/scale-count/#scale-an-apps-regions.
    """
    if apart := kept_apart(app):
        return apart
    if not any(m.counts for m in machines):
        return nothing_to_look_at(app)
    found = groups(machines, deployed(app))
    serving = [g for g in found if g.serves is not False and g.members]
    if not serving and any(faceless(m) for m in machines):
        return nothing_to_look_at(app, machines)
    if reason := _stays_put(app, serving, private=_private(preferences, addresses)):
        return _not_applicable(reason)
    movable = [g for g in serving if not g.mounted]
    map_ = Map(app.name, regions, edge_traffic, preferences.thresholds, vm_sizes)
    number = len({m.region for g in movable for m in g.sound})
    well = f"Machines that serve requests are in {count(number, 'region')}."
    unseen = _traffic_unseen(edge_traffic, regions)
    return firm(conclude([reach(g, map_) for g in movable], well, evidence=unseen), machines)


def _stays_put(app: App, serving: list[Group], *, private: bool) -> str | None:
    """Why further regions are no question for this app; None when they are."""
    if not serving:
        return f"{app.name} has 0 services, so nobody waits for it over a distance."
    if private:
        return f"{app.name} is declared private: it is meant for users inside Fly.io, not far away."
    if all(g.mounted for g in serving):
        keep = "keeps" if len(serving) == 1 else "keep"
        return f"{count(len(serving), 'process group')} {keep} data in volumes, which stay put."
    return None


def _not_applicable(reason: str) -> Finding:
    return Finding(Status.NOT_APPLICABLE, reason)


def _private(preferences: Preferences, addresses: tuple[Address, ...] | Unseen) -> bool:
    """Declared so, or, where nothing is declared, reachable only by Flycast."""
    if preferences.private is not None:
        return preferences.private
    if isinstance(addresses, Unseen):
        return False
    return bool(addresses) and not any(a.public for a in addresses)


def _traffic_unseen(
    traffic: tuple[Sample, ...] | Unseen, regions: tuple[Region, ...] | Unseen
) -> tuple[Evidence, ...]:
    """A line for what would have told where requests come from."""
    missing = [
        (fact, value.cause)
        for fact, value in ((metrics.edge_traffic, traffic), (machine_facts.regions, regions))
        if isinstance(value, Unseen)
    ]
    return tuple(evidence("Not seen", cause, fact, moves=True) for fact, cause in missing)


@check(
    "autostop-autostart",
    app_facts.app,
    machine_facts.machines,
    optional(project.checkout),
)
def autostop_autostart(
    app: App, machines: tuple[Machine, ...], checkout: Checkout | Unseen
) -> Finding:
    """Autostop and autostart are both on, so that idle Machines stop and requests start them.

    A Machine that is stopped and never started is to be acted on; one that always runs is a cost
    to consider. Suspending needs at most 2 GB of memory and no swap.
    Follows https://fly.io/docs/launch/autostop-autostart/.
    """
    if apart := kept_apart(app):
        return apart
    if not any(m.counts for m in machines):
        return nothing_to_look_at(app)
    config = deployed(app)
    local = None if isinstance(checkout, Unseen) else checkout.config_for(app.name)
    serving = [g for g in groups(machines, config) if g.serves is not False and g.members]
    if not serving and any(faceless(m) for m in machines):
        return nothing_to_look_at(app, machines)
    if not serving:
        return _not_applicable(f"{app.name} has 0 services by which Machines could be started.")
    plan = Plan(
        app=app.name,
        config=config,
        path=local.path if local else "fly.toml",
        primary=primary_region(app, machines),
        production=app.production,
        local=local,
    )
    number = sum(len(g.own) for g in serving)
    stop, start = ("stops", "starts") if number == 1 else ("stop", "start")
    well = f"{count(number, 'Machine')} with services {stop} when idle and {start} on request."
    return firm(conclude([stopping(g, plan) for g in serving], well), machines)


@check(
    "autoscale-by-metric",
    app_facts.app,
    machine_facts.machines,
    optional(neighbours.organization_machines),
    optional(neighbours.autoscaler_machines),
)
def autoscale_by_metric(
    app: App,
    machines: tuple[Machine, ...],
    organization: OrganizationMachines | Unseen,
    autoscaler: tuple[Machine, ...] | Unseen,
) -> Finding:
    """Workers whose load varies have an autoscaler, which runs, knows them and has a bound.

    Groups with services are left to Fly Proxy, and a single worker has nothing to scale. The
    autoscaler is recognised by its image or its FAS_ variables in the organisation's Machines;
    whether the load of workers without one varies, only a person can tell.
    Follows https://fly.io/docs/launch/autoscale-by-metric/.
    """
    if apart := kept_apart(app):
        return apart
    found = tuple(g for g in groups(machines, deployed(app)) if g.members)
    if not found or any(faceless(m) for m in machines):
        return nothing_to_look_at(app, machines)
    if all(served(g) for g in found):
        return _not_applicable(
            f"{count(len(found), 'process group')} of {len(found)}"
            f" {'has' if len(found) == 1 else 'have'} services: Fly Proxy starts and stops"
            " the Machines."
        )
    return firm(scaling(Scaling(app, found, organization, autoscaler)), machines)
