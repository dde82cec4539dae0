"""A rehearsal runs on a copy, tells what flips, and leaves the app as it is."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from flytui.demo.changes.certificates import challenge_target
from flytui.demo.copying import copy
from flytui.demo.state import Address, IssuedCertificate
from flytui.finding import Status
from flytui.rehearsal import rehearse
from flytui.rehearsed import Rehearsal
from flytui.remedy import Command
from flytui.report.rehearsal import render
from flytui.running import offered
from flytui.session import Session
from tests.simulated import Simulated, found, simulated


async def rehearsed(session: Session, item: str, verb: str) -> Rehearsal:
    await found(session)
    command = next(c for c in offered(session.assessments[item].finding) if verb in c.argv)
    return await rehearse(session, session.plan(item, command))


@pytest.fixture
def world(tmp_path: Path) -> Simulated:
    return simulated("storefront", tmp_path)


async def test_releasing_the_last_ipv4_address_takes_the_custom_domain_along(
    world: Simulated,
) -> None:
    app, now = world.scenario.world.apps["storefront"], world.scenario.world.now
    app.addresses.append(Address("ip_six", "2001:db8::6", "v6", now))
    shop = app.certificates["shop.example.com"]
    shop.issued = [IssuedCertificate("ecdsa", now + timedelta(days=80))]
    shop.dns.acme_challenge_cname = challenge_target(app, shop)
    session = world.session()
    told = await rehearsed(session, "exposure", "203.0.113.7")
    assert told.code == 0, told
    worse = {change.item: (change.before, change.after) for change in told.changes if change.worse}
    assert worse == {"custom-domain": (Status.OK, Status.ADVICE)}
    assert "203.0.113.7" in {one.address for one in app.addresses}
    await session.close()


async def test_the_copy_holds_no_value_of_the_environment(world: Simulated) -> None:
    session = world.session()
    made = await copy(session.parts.store)
    values = [
        value
        for machine in world.scenario.world.apps["storefront"].machines.values()
        for value in machine.config["env"].values()
        if not value.isdecimal() and len(value) > 6
    ]
    assert values
    assert not [v for v in values if v in str(made.world.apps["storefront"].machines)]
    await session.close()


async def test_nobody_else_on_the_machine_can_guess_what_opens_the_copy(world: Simulated) -> None:
    session = world.session()
    first, second = [await copy(session.parts.store) for _ in range(2)]
    await session.close()
    opening = [{token.value for token in made.world.tokens()} for made in (first, second)]
    known = {token.value for token in world.scenario.world.tokens()}
    assert len(opening[0]) > 2
    assert opening[0] & opening[1] == set()
    assert (opening[0] | opening[1]) & known == set()


async def test_it_says_what_the_copy_does_not_hold(world: Simulated) -> None:
    session = world.session()
    told = await rehearsed(session, "exposure", "release")
    assert any("measurements" in phrase for phrase in told.left_out)
    assert {change.item for change in told.unlike} <= {
        *("secrets", "metrics", "test-backups", "export-logs", "autoscale-by-metric"),
        *("fine-tune-app", "machine-sizing", "production-grade-postgres", "add-regions"),
        *("least-privilege", "isolation", "sso"),
    }
    await session.close()


async def test_the_report_says_what_flips_and_that_nothing_was_sent(world: Simulated) -> None:
    session = world.session()
    told = await rehearsed(session, "exposure", "release")
    text = render("exposure", told, "text")
    assert "nothing was sent to Fly.io: fly ips release 203.0.113.7 -a storefront" in text
    assert "Make sure private services are not exposed: action → ok" in text
    document = json.loads(render("exposure", told, "json"))
    assert document["exit"] == 0
    assert {one["item"] for one in document["changes"]} >= {"exposure", "flycast"}
    await session.close()


async def test_every_step_can_be_rehearsed_before_it_is_its_turn(tmp_path: Path) -> None:
    session = simulated("private-api", tmp_path).session()
    await found(session)
    (steps,) = session.assessments["exposure"].finding.steps
    commands = [s.remedy for s in steps.steps if isinstance(s.remedy, Command)]
    assert "first a Flycast address" in steps.blocked(commands[-1])
    told = [await rehearse(session, session.plan("exposure", one)) for one in commands[:2]]
    assert [one.code for one in told] == [0, 0]
    flips = {change.item: change.after for change in told[0].changes if change.flips}
    assert flips["flycast"] is Status.ADVICE
    await session.close()


async def test_what_only_measurements_offer_is_rehearsed_all_the_same(world: Simulated) -> None:
    session = world.session()
    told = await rehearsed(session, "machine-sizing", "shared-cpu-2x")
    assert (told.code, told.declined) == (0, "")
    await session.close()


async def test_a_machine_of_the_copy_can_be_cloned(world: Simulated) -> None:
    session = world.session()
    told = await rehearsed(session, "multiple-machines", "clone")
    assert told.code == 0, told.output
    await session.close()


async def test_what_is_about_another_app_is_not_rehearsed_and_says_so(world: Simulated) -> None:
    session = world.session()
    await found(session)
    every = offered(session.assessments["isolation"].finding)
    offer = next(command for command in every if "move" in command.argv)
    told = await rehearse(session, session.plan("isolation", offer, {"organization": "other"}))
    assert told.code is None
    assert "only this one app is copied" in told.declined
    await session.close()
