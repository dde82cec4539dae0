"""What may change around an app, done to the simulated Fly.io or to the checkout."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from flytui.checklist import load
from flytui.demo.changes import (
    addresses,
    apps,
    certificates,
    machines,
    postgres,
    secrets,
    tokens,
    volumes,
)
from flytui.demo.state import App, Machine, Member, Organization, User
from flytui.demo.world import World
from flytui.finding import Finding
from flytui.opening import Surroundings, open_session
from flytui.settings import Flags, resolve
from tests.simulated import Simulated

Change = Callable[["There"], None]


class There:
    """A simulated organisation, its app and its checkout, at a time that only moves when told."""

    def __init__(self, simulated: Simulated) -> None:
        self.simulated = simulated
        self.now: datetime = simulated.scenario.world.now
        self.world.clock = lambda: self.now

    @property
    def world(self) -> World:
        return self.simulated.scenario.world

    @property
    def app(self) -> App:
        return self.world.app(self.simulated.scenario.app)

    @property
    def organization(self) -> Organization:
        return self.world.organization(self.app.organization)

    @property
    def machines(self) -> list[Machine]:
        return self.world.machines_of(self.app)

    async def look(self, *items: str) -> dict[str, Finding]:
        """What flytui finds now, started anew; all items by default."""
        there, checklist = self.simulated, load()
        settings = resolve(Flags(app=there.scenario.app), there.environ, there.folder)
        around = Surroundings(
            environ=there.environ,
            checkout=there.folder / "checkout",
            data=there.folder / "data",
            state=there.folder / "state",
            demo=True,
            transport=there.transport,
            now=lambda: self.now,
            plugins=False,
        )
        session = open_session(settings, checklist, around)
        wanted = items or tuple(item.id for item in checklist)
        found = {item: (await session.look(item)).finding for item in wanted}
        await session.close()
        return found

    def write(self, path: str, text: str) -> None:
        file = self.simulated.folder / "checkout" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def rewrite(self, path: str, old: str, new: str) -> None:
        text = (self.simulated.folder / "checkout" / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new))


# What happens all the time and is nobody's decision.


def an_hour(there: There) -> None:
    there.now += timedelta(hours=1)


def another_order(there: There) -> None:
    """Fly.io's answers come in an order of their own."""
    world = there.world
    for app in world.apps.values():
        app.addresses.reverse()
        app.tokens.reverse()
        app.machines = dict(reversed(app.machines.items()))
        app.certificates = dict(reversed(app.certificates.items()))
        app.secrets = dict(reversed(app.secrets.items()))
        app.volumes = dict(reversed(app.volumes.items()))
    for organization in world.organizations.values():
        organization.members.reverse()
        organization.tokens.reverse()
    world.apps = dict(reversed(world.apps.items()))
    world.clusters = dict(reversed(world.clusters.items()))
    world.add_ons.reverse()
    world.regions.reverse()
    world.series.reverse()


def other_measurements(there: There) -> None:
    for series in there.world.series:
        series.value *= 1.01


def a_backup(there: There) -> None:
    for cluster in there.world.clusters.values():
        postgres.back_up(there.world, cluster)
    for app in there.world.apps.values():
        for volume in app.volumes.values():
            volumes.snapshot(there.world, volume)


def a_day_with_a_backup(there: There) -> None:
    there.now += timedelta(days=1)
    a_backup(there)


def a_release(there: There) -> None:
    """The same configuration once more: another number on the app and on every Machine."""
    last = there.app.releases[-1]
    version = last.version + 1
    there.app.releases.append(
        replace(last, id=f"rel-{version}", version=version, created_at=there.now)
    )
    for machine in there.machines:
        machine.config.setdefault("metadata", {})["fly_release_version"] = str(version)
        machine.updated_at = there.now


def a_rest(there: There) -> None:
    """Fly Proxy stops a Machine that nobody needs, and would start it again."""
    for machine in [each for each in there.machines if each.config.get("services")][:1]:
        machines.stop(there.world, machine)
        machine.state = "stopped"


def a_renewed_certificate(there: There) -> None:
    for certificate in there.app.certificates.values():
        for issued in certificate.issued:
            issued.expires_at += timedelta(days=20)


# What somebody did.


def a_public_address(there: There) -> None:
    addresses.allocate(there.world, there.app, "v6")


def a_dedicated_address(there: There) -> None:
    addresses.allocate(there.world, there.app, "v4")


def a_flycast_address(there: There) -> None:
    addresses.allocate(there.world, there.app, "private_v6")


def one_public_address_less(there: There) -> None:
    public = next(a for a in there.app.addresses if a.type == "v4")
    addresses.release(there.app, ip=public.address)


def declared_otherwise(there: There) -> None:
    there.rewrite(".flytui/config.toml", "private = true", "private = false")


def another_port(there: There) -> None:
    for machine in there.machines:
        for service in machine.config.get("services", []):
            service["ports"] = [{"port": 5432, "handlers": []}]
            service["internal_port"] = 5432


def a_password_in_clear(there: There) -> None:
    for machine in there.machines:
        machine.config.setdefault("env", {})["DB_PASSWORD"] = "hunter2hunter2hunter2"


def a_staged_secret(there: There) -> None:
    secrets.change(there.world, there.app, {"NEW_API_KEY": "value"})


def secret_gone(name: str) -> Change:
    def change(there: There) -> None:
        secrets.change(there.world, there.app, {name: None})

    return change


def a_secret(name: str) -> Change:
    def change(there: There) -> None:
        secrets.change(there.world, there.app, {name: "value"})
        there.app.secrets[name].updated_at -= timedelta(days=50)

    return change


def a_hostname(there: There) -> None:
    certificates.add(there.world, there.app, "new.example.com")


def a_hostname_less(there: There) -> None:
    certificates.remove(there.app, next(iter(there.app.certificates)))


def dns_that_leads_elsewhere(there: There) -> None:
    for certificate in there.app.certificates.values():
        certificate.dns.a, certificate.dns.aaaa, certificate.dns.cname = ["192.0.2.1"], [], []


def an_uploaded_certificate(there: There) -> None:
    certificate = next(iter(there.app.certificates.values()))
    certificate.custom, certificate.acme_requested = True, False


def a_machine_less(there: There) -> None:
    machines.destroy(there.world, there.app, there.machines[0], force=True)


def a_machine_more(there: There) -> None:
    new = machines.launch(there.world, there.app, there.machines[0].config, region="ams")
    new.state = "started"


def a_machine_elsewhere(there: There) -> None:
    there.machines[0].region = "syd"


def all_on_one_host(there: There) -> None:
    for machine in there.machines:
        machine.host = "7c1e"


def other_autostop(there: There) -> None:
    for machine in there.machines:
        for service in machine.config.get("services", []):
            service["min_machines_running"] = 0
            service["autostart"] = not service.get("autostart")


def less_memory(there: There) -> None:
    for machine in there.machines:
        machine.config["guest"] = {"cpu_kind": "shared", "cpus": 1, "memory_mb": 256}


def other_limits(there: There) -> None:
    for machine in there.machines:
        for service in machine.config.get("services", []):
            service["concurrency"] = {"type": "connections", "soft_limit": 5, "hard_limit": 7}


def no_health_checks(there: There) -> None:
    for machine in there.machines:
        for service in machine.config.get("services", []):
            service["checks"] = []


def no_metrics_endpoint(there: There) -> None:
    for machine in there.machines:
        machine.config.pop("metrics", None)


def no_log_shipper(there: There) -> None:
    for name in [name for name in there.world.apps if name.endswith("-logs")]:
        apps.destroy(there.world, there.world.apps[name])


def a_workflow_less(path: str) -> Change:
    def change(there: There) -> None:
        (there.simulated.folder / "checkout" / path).unlink()

    return change


def rewritten(path: str, old: str, new: str) -> Change:
    return lambda there: there.rewrite(path, old, new)


def a_member(there: There) -> None:
    user = User("user-new", "new@example.com", "New", two_factor=False)
    there.organization.members.append(Member(user, "ADMIN", there.now))


def a_member_less(there: There) -> None:
    there.organization.members.pop()


def a_token(there: There) -> None:
    user = there.organization.members[0].user
    params = {"app_id": there.app.id}
    tokens.create(there.world, user, there.organization, name="somebody's", profile_params=params)


def a_token_revoked(there: There) -> None:
    there.app.tokens[0].revoked_at = there.now


def a_staging_app(there: There) -> None:
    apps.create(there.world, there.organization, "everything-staging")


def a_cluster_less(there: There) -> None:
    for cluster in there.world.clusters.values():
        postgres.destroy(cluster)


def a_smaller_plan(there: There) -> None:
    for cluster in there.world.clusters.values():
        cluster.plan, cluster.replicas = "basic", 0


def backups_that_failed(there: There) -> None:
    for cluster in there.world.clusters.values():
        for backup in cluster.backups:
            backup.status = "failed"


def an_extension_less(there: There) -> None:
    there.world.add_ons.clear()


def no_support(there: There) -> None:
    there.organization.support_email = None


def an_account_in_arrears(there: There) -> None:
    there.organization.billing_status = "DELINQUENT"


def another_app_of_the_organization(there: There) -> None:
    apps.create(there.world, there.organization, "newsletter")
