from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from flytui.checks.custom_domain import custom_domain
from flytui.checks.exposure import exposure
from flytui.checks.flycast import flycast as check_flycast
from flytui.checks.ipv4 import ipv4
from flytui.checks.secrets import secrets
from flytui.checks.sentry import sentry
from flytui.facts.fact import Unseen
from flytui.finding import Finding, Status
from flytui.fly.models import Address, Machine
from tests.checks.builders import (
    NOW,
    address,
    ago,
    app,
    certificate,
    checkout,
    flycast,
    ipv6,
    machine,
    port,
    preferences,
    raw_service,
    release,
    secret,
    service,
    shared_ipv4,
    summary,
)

UNSEEN = Unseen("It could not be looked at.", "Look again.")
RELEASED = app(definition={"env": {}})

machines = st.lists(
    st.sampled_from(
        [
            machine(services=(service(),)),
            machine(services=(service(port(80, "http")),)),
            machine(services=(raw_service(5432, "pg_tls"),)),
            machine(services=(raw_service(25565),)),
            machine(services=(service(),), image="library/redis"),
            machine(env={"DB_PASSWORD": "hunter2"}),
            machine(env={"SENTRY_DSN": "https://k@sentry.io/1"}),
            machine(env={"HONEYBADGER_API_KEY": "hunter2"}),
            machine(),
        ]
    ),
    min_size=1,
    max_size=3,
).map(tuple)
addresses = st.lists(
    st.sampled_from([address(), ipv6(), shared_ipv4(), flycast()]), max_size=3, unique=True
).map(tuple)
declared = st.sampled_from([None, True, False])
held = st.lists(
    st.sampled_from([secret("SENTRY_DSN"), secret("API_KEY", updated_at=ago(hours=3))]), unique=True
).map(tuple)


def hidden(machine: Machine) -> Machine:
    """The same Machine while its host does not answer: no configuration and no image."""
    lost = {"config": None, "incomplete_config": None, "host_status": "unreachable"}
    return machine.model_copy(update={**lost, "image_ref": None})


Look = Callable[[tuple[Machine, ...]], Finding]


def looks(addresses: tuple[Address, ...], private: bool | None) -> list[Look]:
    said = preferences(private=private)
    return [
        lambda seen: exposure(app(), addresses, seen, said, ()),
        lambda seen: check_flycast(app(), addresses, seen, said, ()),
        lambda seen: ipv4(app(), addresses, seen, said, ()),
        lambda seen: custom_domain(
            app(), (summary(),), (certificate(),), addresses, seen, NOW, said
        ),
        lambda seen: secrets(RELEASED, seen, (secret(),), (release(),), checkout()),
        lambda seen: sentry(RELEASED, seen, (), (), (release(),), checkout()),
    ]


@settings(max_examples=150, deadline=None)
@given(machines, addresses, declared, st.data())
def test_a_machine_that_cannot_be_read_never_turns_an_item_green(
    seen: tuple[Machine, ...],
    addresses: tuple[Address, ...],
    private: bool | None,
    data: st.DataObject,
) -> None:
    lost = data.draw(st.integers(0, len(seen) - 1))
    partial = (*seen[:lost], hidden(seen[lost]), *seen[lost + 1 :])
    for look in looks(addresses, private):
        before, after = look(seen).status, look(partial).status
        assert before is after or after not in {Status.OK, Status.NOT_APPLICABLE}


@settings(max_examples=100, deadline=None)
@given(machines, held)
def test_unseen_secrets_or_releases_never_turn_an_item_green(
    seen: tuple[Machine, ...], held: tuple[object, ...]
) -> None:
    names = tuple(secret(s.name, updated_at=s.updated_at) for s in held)  # type: ignore[attr-defined]  # sampled secrets
    full = (
        secrets(RELEASED, seen, names, (release(),), checkout()),
        sentry(RELEASED, seen, names, (), (release(),), checkout()),
    )
    partial = (
        (
            secrets(RELEASED, seen, UNSEEN, (release(),), UNSEEN),
            sentry(RELEASED, seen, UNSEEN, UNSEEN, (release(),), UNSEEN),
        ),
        (
            secrets(RELEASED, seen, names, UNSEEN, UNSEEN),
            sentry(RELEASED, seen, names, UNSEEN, UNSEEN, UNSEEN),
        ),
    )
    for befores, afters in ((full, p) for p in partial):
        for before, after in zip(befores, afters, strict=True):
            assert after.status is not Status.OK or before.status is Status.OK
