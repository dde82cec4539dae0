import pytest

from flytui.checks.sentry import sentry
from flytui.facts.fact import Unseen
from flytui.finding import Finding, Status
from flytui.fly.models import AddOn, App, Machine, ReleaseRecord, Secret
from flytui.remedy import Command, Link
from flytui.repo import Manifest
from tests.checks.builders import ago, app, checkout, machine, manifest, release, secret

RELEASES = (release(),)
UNSEEN = Unseen("The token may not read it.", "Use another token.")
PROJECT = AddOn(id="1", name="storefront-sentry", status="ready")


def judged(
    *names: str | Secret,
    unseen: bool = False,
    machines: tuple[Machine, ...] = (machine(),),
    add_ons: tuple[AddOn, ...] | Unseen = (),
    releases: tuple[ReleaseRecord, ...] | Unseen = RELEASES,
    manifests: tuple[Manifest, ...] = (),
    of: App | None = None,
) -> Finding:
    held = tuple(name if isinstance(name, Secret) else secret(name) for name in names)
    return sentry(
        of or app(), machines, UNSEEN if unseen else held, add_ons, releases, checkout(*manifests)
    )


ROWS = [
    ("the secret", judged("SENTRY_DSN"), Status.OK),
    ("another name of it", judged("BACKEND_SENTRY_DSN"), Status.OK),
    (
        "in clear",
        judged(machines=(machine(env={"SENTRY_DSN": "https://k@sentry.io/1"}),)),
        Status.OK,
    ),
    ("nothing", judged("DATABASE_URL"), Status.ADVICE),
    ("a project without the secret", judged(add_ons=(PROJECT,)), Status.ADVICE),
    ("a library without the secret", judged(manifests=(manifest("@sentry/node"),)), Status.ADVICE),
    ("another tracker", judged("HONEYBADGER_API_KEY"), Status.MANUAL),
    ("staged", judged(secret("SENTRY_DSN", updated_at=ago(days=1))), Status.ADVICE),
    (
        "staged for all anyone knows",
        judged(secret("SENTRY_DSN", updated_at=ago(days=1)), releases=UNSEEN),
        Status.UNKNOWN,
    ),
    ("no Machines yet", judged("SENTRY_DSN", machines=()), Status.OK),
    ("secrets unseen", judged(unseen=True), Status.UNKNOWN),
    (
        "secrets unseen, but in clear",
        judged(unseen=True, machines=(machine(env={"SENTRY_DSN": "https://k@sentry.io/1"}),)),
        Status.OK,
    ),
    (
        "a host that does not answer",
        judged(machines=(machine(host_status="unreachable", unreadable=True),)),
        Status.UNKNOWN,
    ),
    ("a builder", judged(of=app("fly-builder-calm-sea-1")), Status.NOT_APPLICABLE),
]


@pytest.mark.parametrize(
    ("found", "status"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_the_key_of_an_error_tracker_decides(found: Finding, status: Status) -> None:
    assert found.status is status


def test_unseen_projects_do_not_hide_the_secret() -> None:
    assert judged("SENTRY_DSN", add_ons=UNSEEN).status is Status.OK


def test_no_command_creates_a_project_as_fly_no_longer_can() -> None:
    remedies = judged().remedies
    assert remedies
    commands = [remedy for remedy in remedies if isinstance(remedy, Command)]
    assert [command.argv[:3] for command in commands] == [("fly", "secrets", "import")]
    assert any("ext sentry create is retired" in r.why for r in remedies if isinstance(r, Link))


@pytest.mark.parametrize(
    ("dependency", "counts"),
    [
        ("@sentry/browser", True),
        ("sentry-sdk", True),
        ("sentry-ruby", True),
        ("sentry_sdk", True),
        ("sentry", True),
        ("github.com/getsentry/sentry-go", True),
        ("sentry/sentry-laravel", True),
        ("consentry", False),
        ("express", False),
    ],
)
def test_sentry_libraries_of_many_languages_are_known(dependency: str, counts: bool) -> None:
    found = judged(manifests=(manifest(dependency),))
    assert any(e.label == "dependency" for e in found.evidence) is counts


def test_a_dsn_in_clear_never_shows_its_value() -> None:
    found = judged(machines=(machine(env={"SENTRY_DSN": "https://k@sentry.io/1"}),))
    assert "sentry.io/1" not in repr(found)
