from pathlib import Path
from typing import Any

import pytest

from flytui.checks.secrets import secrets
from flytui.facts.fact import Unseen
from flytui.finding import Finding, Status
from flytui.fly.models import App, Machine, ReleaseRecord, Secret
from flytui.remedy import Command, Edit
from flytui.repo import LocalConfig
from tests.checks.builders import ago, app, checkout, machine, release, secret

RELEASES = (release(),)
UNSEEN = Unseen("The token may not read it.", "Use another token.")
LEAK = "hunter2-correct-horse"


def judged(
    *machines: Machine,
    names: tuple[Secret, ...] | Unseen = (),
    releases: tuple[ReleaseRecord, ...] | Unseen = RELEASES,
    of: App | None = None,
    local: LocalConfig | None = None,
) -> Finding:
    return secrets(of or app(), machines, names, releases, checkout(config=local))


def with_env(**env: str) -> Machine:
    return machine(env=env)


def config(**more: Any) -> LocalConfig:
    known: dict[str, Any] = {
        "path": "fly.toml",
        "app": "storefront",
        "primary_region": None,
        "process_groups": ("app",),
        "services": (),
        "vms": (),
        "swap_size_mb": None,
        "top_level_checks": (),
        "strategy": None,
        "release_command": None,
        "metrics": (),
        "mounts": (),
        "env": {},
        "build_args": {},
    }
    return LocalConfig(**{**known, **more})


LEAKING = [
    ("Machine env", judged(with_env(DB_PASSWORD=LEAK)), "environment variable"),
    (
        "container env",
        judged(machine(containers=[{"name": "web", "env": {"DB_PASSWORD": LEAK}}])),
        "environment variable",
    ),
    (
        "process env",
        judged(machine(processes=[{"env": {"DB_PASSWORD": LEAK}}])),
        "environment variable",
    ),
    (
        "release",
        judged(machine(), of=app(definition={"env": {"DB_PASSWORD": LEAK}})),
        "environment variable",
    ),
    (
        "build arguments of the release",
        judged(machine(), of=app(definition={"build": {"args": {"NPM_TOKEN": LEAK}}})),
        "build argument",
    ),
    (
        "fly.toml",
        judged(machine(), local=config(env={"DB_PASSWORD": LEAK})),
        "environment variable",
    ),
    (
        "build arguments in fly.toml",
        judged(machine(), local=config(build_args={"NPM_TOKEN": LEAK})),
        "build argument",
    ),
    (
        "a key file in clear",
        judged(machine(files=[{"guest_path": "/etc/tls/server.key", "raw_value": "aGk="}])),
        "file",
    ),
    (
        "a key file of a container in clear",
        judged(
            machine(
                containers=[
                    {
                        "name": "web",
                        "files": [{"guest_path": "/etc/tls/server.key", "raw_value": "aGk="}],
                    }
                ]
            )
        ),
        "file",
    ),
    (
        "a start command as exec",
        judged(machine(init={"exec": ["serve", f"--db=postgres://web:{LEAK}@db/web"]})),
        "command",
    ),
    (
        "an entrypoint",
        judged(machine(init={"entrypoint": ["serve", f"--db=postgres://web:{LEAK}@db/web"]})),
        "command",
    ),
    (
        "a start command",
        judged(machine(init={"cmd": ["serve", f"--db=postgres://web:{LEAK}@db/web"]})),
        "command",
    ),
]


@pytest.mark.parametrize(
    ("found", "kind"), [row[1:] for row in LEAKING], ids=[row[0] for row in LEAKING]
)
def test_a_secret_in_clear_is_found_and_its_value_never_shown(found: Finding, kind: str) -> None:
    assert found.status is Status.ACTION
    assert [resource.kind for resource in found.resources] == [kind]
    assert LEAK not in repr(found)
    assert "aGk=" not in repr(found)


HARMLESS = [
    with_env(LOG_LEVEL="info", PRIMARY_REGION="ams", PORT="8080"),
    with_env(TOKEN_TTL="3600", ISSUER_URL="https://login.example.com"),
    machine(files=[{"guest_path": "/etc/nginx/nginx.conf", "raw_value": "aGk="}]),
    machine(files=[{"guest_path": "/etc/tls/server.key", "secret_name": "TLS_KEY"}]),
    machine(init={"cmd": ["serve", "--port=8080"]}),
    machine(env={"DB_PASSWORD": LEAK}, group="fly_app_release_command"),
]


@pytest.mark.parametrize("harmless", HARMLESS)
def test_what_may_stand_in_clear_is_left_alone(harmless: Machine) -> None:
    assert judged(machine("plain"), harmless, names=(secret(),)).status is Status.OK


def test_a_key_is_named_once_with_all_its_places() -> None:
    found = judged(
        with_env(DB_PASSWORD=LEAK),
        machine("b", env={"DB_PASSWORD": LEAK}),
        of=app(definition={"env": {"DB_PASSWORD": LEAK}}),
        local=config(env={"DB_PASSWORD": LEAK}),
    )
    (resource,) = found.resources
    assert [e.value for e in resource.evidence] == ["2 Machines", "release 7", "fly.toml"]
    assert found.summary == "1 value looks like a secret and is in plain text: DB_PASSWORD."


def test_a_variable_that_a_secret_overrides_is_left_over() -> None:
    found = judged(with_env(DATABASE_URL="postgres://a:secret@db/x"), names=(secret(),))
    assert found.status is Status.ADVICE
    (remedy,) = found.remedies
    assert isinstance(remedy, Edit)
    assert "Remove DATABASE_URL" in remedy.snippet


def test_a_build_argument_is_in_clear_whatever_secret_has_its_name() -> None:
    local = config(build_args={"NPM_TOKEN": LEAK})
    found = judged(machine(), local=local, names=(secret("NPM_TOKEN"),))
    assert found.status is Status.ACTION


def test_one_secret_that_nothing_tells_about_is_said_before_one_that_waits() -> None:
    names = (secret("OLD_KEY", updated_at=ago(days=5)), secret("NEW_KEY", updated_at=NEW))
    found = judged(on(3), names=names)
    assert found.status is Status.UNKNOWN
    assert {r.id: r.status for r in found.resources} == {
        "OLD_KEY": Status.UNKNOWN,
        "NEW_KEY": Status.ADVICE,
    }


def test_a_value_is_set_by_hand_and_never_put_in_a_command() -> None:
    secret, remedy = judged(with_env(DB_PASSWORD=LEAK)).remedies
    assert isinstance(secret, Command)
    assert LEAK not in repr(secret)
    assert secret.stdin == "DB_PASSWORD={value}\n"
    assert isinstance(remedy, Edit)
    assert "fly secrets import --stage -a storefront" in remedy.note
    assert "old releases keep its value" in remedy.note


RELEASED = ago(days=2)
OLD, NEW = ago(days=90), ago(days=1)


def on(version: int | None, machine_id: str = "a", **more: Any) -> Machine:
    return machine(machine_id, release=version, **more)


STAGED = [
    ("older than the release", OLD, (on(7),), (release(7),), Status.OK),
    ("set with the release", RELEASED, (on(7),), (release(7),), Status.OK),
    ("newer than the release", NEW, (on(7),), (release(7),), Status.ADVICE),
    (
        "newer than one of two releases",
        ago(days=5),
        (on(7), on(6, "b")),
        (release(7), release(6, created_at=ago(days=9))),
        Status.ADVICE,
    ),
    ("release not among the listed", NEW, (on(9),), (release(7),), Status.UNKNOWN),
    ("release older than all listed", NEW, (on(3),), (release(7),), Status.ADVICE),
    (
        "release and secret older than all listed",
        ago(days=5),
        (on(3),),
        (release(7),),
        Status.UNKNOWN,
    ),
    (
        "one of two Machines names no release",
        ago(days=5),
        (on(7), on(None, "b")),
        (release(7),),
        Status.UNKNOWN,
    ),
    (
        "more Machines than fly itself compares",
        OLD,
        tuple(on(7, str(n)) for n in range(101)),
        (release(7),),
        Status.UNKNOWN,
    ),
    ("no release named by the Machine", NEW, (on(None),), (release(7),), Status.UNKNOWN),
    ("releases unseen", NEW, (on(7),), UNSEEN, Status.UNKNOWN),
    ("releases unseen, Machine is younger", OLD, (on(7),), UNSEEN, Status.OK),
    ("no Machines yet", NEW, (), (release(7),), Status.OK),
]


@pytest.mark.parametrize(
    ("updated", "machines", "releases", "status"),
    [row[1:] for row in STAGED],
    ids=[row[0] for row in STAGED],
)
def test_a_secret_reaches_the_machines_released_after_it(
    updated: Any,
    machines: tuple[Machine, ...],
    releases: tuple[ReleaseRecord, ...] | Unseen,
    status: Status,
) -> None:
    names = (secret("API_KEY", updated_at=updated),)
    of = app(definition={"env": {}})
    assert judged(*machines, names=names, releases=releases, of=of).status is status


def test_machines_that_fly_deploy_does_not_know_are_not_asked() -> None:
    unmanaged = machine("run", release=None, metadata={"fly_platform_version": ""})
    found = judged(on(7), unmanaged, names=(secret(updated_at=ago(days=10)),))
    assert found.status is Status.OK


def test_staged_secrets_are_deployed_by_a_restart_of_all_machines() -> None:
    found = judged(on(7), on(7, "b"), names=(secret("API_KEY", updated_at=NEW),))
    assert found.summary == "1 secret waits for a deploy: API_KEY."
    (remedy,) = found.remedies
    assert isinstance(remedy, Command)
    assert remedy.line == "fly secrets deploy -a storefront"
    assert "2 Machines" in remedy.changes
    assert not remedy.reversible


def test_unseen_secrets_are_never_green() -> None:
    found = judged(machine(), names=UNSEEN)
    assert found.status is Status.UNKNOWN
    assert found.unseen == UNSEEN


def test_what_stands_in_clear_is_said_even_when_the_secrets_are_unseen() -> None:
    assert judged(with_env(DB_PASSWORD=LEAK), names=UNSEEN).status is Status.ACTION


def test_a_machine_whose_host_does_not_answer_may_hide_a_variable() -> None:
    hidden = machine("b", host_status="unreachable", unreadable=True)
    assert judged(machine(), hidden).status is Status.UNKNOWN


def test_without_machines_and_definition_there_was_nothing_to_read() -> None:
    assert judged(of=app(definition=None)).status is Status.UNKNOWN


def test_an_app_that_was_never_deployed_has_nothing_to_protect_yet() -> None:
    assert judged(of=app(released=False)).status is Status.NOT_APPLICABLE


def test_the_file_of_another_app_says_nothing() -> None:
    other = config(app="other", env={"DB_PASSWORD": LEAK}, path=str(Path("other/fly.toml")))
    assert judged(machine(), local=other).status is Status.OK
