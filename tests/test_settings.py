import subprocess
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flytui.secret import Secret
from flytui.settings import (
    Flags,
    Preferences,
    Settings,
    SettingsError,
    Thresholds,
    preferences,
    resolve,
    who,
)

FILE = ("fm2_file,fo1_file", "config.yml", True)
TWO = {"FLY_ACCESS_TOKEN": "fo1_a", "FLY_API_TOKEN": "fo1_b"}


def session(home: Path, text: str = "access_token: fm2_file,fo1_file\n") -> Path:
    """The home of somebody who has signed in with `fly`."""
    folder = home / ".fly"
    folder.mkdir(exist_ok=True)
    (folder / "config.yml").write_text(text)
    return home


def settings(
    home: Path,
    environ: Mapping[str, str] | None = None,
    *,
    flags: Flags | None = None,
    local_app: str | None = None,
) -> Settings:
    return resolve(flags or Flags(), environ or {}, home, local_app)


def revealed(of: Settings) -> str | None:
    return of.token.reveal() if of.token else None


@pytest.mark.parametrize(
    ("flag", "environ", "expected"),
    [
        ("fo1_flag", {"FLY_ACCESS_TOKEN": "fo1_a"}, ("fo1_flag", "--access-token", False)),
        (None, TWO, ("fo1_a", "FLY_ACCESS_TOKEN", False)),
        (None, {"FLY_API_TOKEN": "FlyV1 fm2_b"}, ("FlyV1 fm2_b", "FLY_API_TOKEN", False)),
        (None, {"FLY_API_TOKEN": " fo1_b\n"}, ("fo1_b", "FLY_API_TOKEN", False)),
        (None, {"FLY_ACCESS_TOKEN": "", "FLY_API_TOKEN": "fo1_b"}, FILE),
        (None, {"FLY_API_TOKEN": ""}, FILE),
        (None, {}, FILE),
        ("", {}, FILE),
    ],
)
def test_the_token_comes_from_where_fly_would_take_it(
    tmp_path: Path,
    flag: str | None,
    environ: dict[str, str],
    expected: tuple[str, str, bool],
) -> None:
    found = settings(session(tmp_path), environ, flags=Flags(token=flag))
    assert (revealed(found), found.token_origin, found.token_is_session) == expected


def test_flys_folder_may_be_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    elsewhere = session(tmp_path / "a") / ".fly"
    found = settings(tmp_path, {"FLY_CONFIG_DIR": str(elsewhere)})
    assert (revealed(found), found.fly_config) == ("fm2_file,fo1_file", elsewhere)


def test_an_empty_folder_variable_means_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(session(tmp_path) / ".fly")
    assert revealed(settings(Path("/nowhere"), {"FLY_CONFIG_DIR": ""})) == "fm2_file,fo1_file"


@pytest.mark.parametrize("text", ["", "# nothing\n", "access_token: ''\n", "auto_update: true\n"])
def test_without_a_session_there_is_no_token(tmp_path: Path, text: str) -> None:
    found = settings(session(tmp_path, text))
    assert (found.token, found.token_is_session) == (None, False)


def test_who_never_signed_in_has_no_token(tmp_path: Path) -> None:
    assert settings(tmp_path).token is None


BROKEN = [
    "access_token: 'fo1_half",
    "access_token: [fo1_a, fo1_b]\n",
    "access_token: 7\n",
    "fo1_bare",
    "- fo1_listed\n",
    "a: &a [fo1_x\n",
    "last_login: 2026-99-99\naccess_token: fo1_a\n",
    "access_token: fo1_\x01\n",
]


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_session_file_is_an_error_with_a_cure_and_without_the_token(
    tmp_path: Path, text: str
) -> None:
    with pytest.raises(SettingsError) as raised:
        settings(session(tmp_path, text))
    error = raised.value
    assert error.path == tmp_path / ".fly" / "config.yml"
    assert "fly auth login" in error.cure
    assert (error.__cause__, error.__context__) == (None, None)
    assert "fo1_" not in error.cause + error.cure


def test_a_session_file_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    (session(tmp_path) / ".fly" / "config.yml").write_bytes(b"access_token: \xff\xfe")
    with pytest.raises(SettingsError):
        settings(tmp_path)


@pytest.mark.parametrize("text", BROKEN)
def test_flys_file_is_not_read_when_a_token_was_given(tmp_path: Path, text: str) -> None:
    assert revealed(settings(session(tmp_path, text), {"FLY_API_TOKEN": "fo1_a"})) == "fo1_a"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-08-01T10:00:00Z", datetime(2026, 8, 1, 10, tzinfo=UTC)),
        ("'2026-08-01T10:00:00Z'", datetime(2026, 8, 1, 10, tzinfo=UTC)),
        ("2026-08-01T12:00:00.123456789+02:00", datetime(2026, 8, 1, 10, 0, 0, 123456, UTC)),
        ("2026-08-01", datetime(2026, 8, 1, tzinfo=UTC)),
        ("yesterday", None),
        ("7", None),
        ("", None),
    ],
)
def test_the_last_login_is_read_where_fly_noted_it(
    tmp_path: Path, written: str, read: datetime | None
) -> None:
    home = session(tmp_path, f"access_token: fo1_a\nlast_login: {written}\n")
    assert settings(home).last_login == read


@pytest.mark.parametrize(
    ("flag", "environ", "local", "expected"),
    [
        ("a", {"FLY_APP": "b"}, "c", ("a", "-a")),
        (None, {"FLY_APP": "b"}, "c", ("b", "FLY_APP")),
        (None, {"FLY_APP": ""}, "c", ("c", "fly.toml")),
        (None, {}, "c", ("c", "fly.toml")),
        (None, {}, None, (None, "")),
    ],
)
def test_the_app_comes_from_flag_environment_or_folder(
    tmp_path: Path,
    flag: str | None,
    environ: dict[str, str],
    local: str | None,
    expected: tuple[str | None, str],
) -> None:
    found = settings(tmp_path, environ, flags=Flags(app=flag), local_app=local)
    assert (found.app, found.app_origin) == expected


@pytest.mark.parametrize(
    ("flag", "environ", "organization"),
    [
        ("a", {"FLY_ORG": "b"}, "a"),
        (None, {"FLY_ORG": "b", "FLY_ORGANIZATION": "c"}, "b"),
        (None, {"FLY_ORG": "", "FLY_ORGANIZATION": "c"}, "c"),
        (None, {}, None),
    ],
)
def test_the_organisation_comes_from_flag_or_environment(
    tmp_path: Path, flag: str | None, environ: dict[str, str], organization: str | None
) -> None:
    found = settings(tmp_path, environ, flags=Flags(organization=flag))
    assert found.organization == organization


@pytest.mark.parametrize("value", [None, "", "  "])
def test_addresses_are_fly_ios_unless_set(tmp_path: Path, value: str | None) -> None:
    names = ("FLY_API_BASE_URL", "FLY_FLAPS_BASE_URL", "FLY_UIEX_BASE_URL")
    found = settings(tmp_path, {} if value is None else dict.fromkeys(names, value))
    assert (found.api_url, found.machines_url, found.uiex_url) == (
        "https://api.fly.io",
        "https://api.machines.dev",
        "https://api.fly.io",
    )


def test_each_address_can_be_set(tmp_path: Path) -> None:
    environ = {
        "FLY_API_BASE_URL": "http://127.0.0.1:1/",
        "FLY_FLAPS_BASE_URL": "http://127.0.0.1:2",
        "FLY_UIEX_BASE_URL": "http://127.0.0.1:3//",
    }
    found = settings(tmp_path, environ)
    assert (found.api_url, found.machines_url, found.uiex_url) == (
        "http://127.0.0.1:1",
        "http://127.0.0.1:2",
        "http://127.0.0.1:3",
    )


def test_no_text_form_of_settings_shows_the_token(tmp_path: Path) -> None:
    found = settings(session(tmp_path))
    assert "fo1_file" not in f"{found} {found!r} {found.token} {found.token!r}"
    try:
        raise RuntimeError(str(found))
    except RuntimeError as error:
        report = traceback.TracebackException.from_exception(error, capture_locals=True)
    assert "fo1_file" not in "".join(report.format())


def test_tokens_are_equal_when_what_they_hide_is() -> None:
    assert Secret("a") == Secret("a") != Secret("b")
    assert len({Secret("a"), Secret("a")}) == 1


def config(root: Path, text: str) -> Path:
    (root / ".flytui").mkdir()
    (root / ".flytui" / "config.toml").write_text(text)
    return root


def test_without_a_file_nobody_declared_anything(tmp_path: Path) -> None:
    assert preferences("shop", tmp_path) == Preferences()


@pytest.mark.parametrize(("app", "private"), [("shop", True), ("site", False), ("other", None)])
def test_an_app_is_private_or_public_as_declared(
    tmp_path: Path, app: str, private: bool | None
) -> None:
    text = "[apps.shop]\nprivate = true\n[apps.site]\nprivate = false\n"
    assert preferences(app, config(tmp_path, text)).private is private


def test_thresholds_replace_the_defaults_one_by_one(tmp_path: Path) -> None:
    text = "[thresholds]\nfar_region_km = 100\nfar_region_share = 1\n"
    found = preferences("shop", config(tmp_path, text)).thresholds
    assert found == Thresholds(far_region_km=100, far_region_share=1)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[threshold]\n", "threshold"),
        ("[apps.shop]\nprivat = true\n", "apps.shop.privat"),
        ("[apps.shop]\nprivate = 'yes'\n", "apps.shop.private"),
        ("[apps.shop]\nprivate = 1\n", "apps.shop.private"),
        ("[apps.other]\nprivate = 1\n", "apps.other.private"),
        ("[apps]\nshop = true\n", "apps.shop"),
        ("apps = []\n", "apps"),
        ("thresholds = 1\n", "thresholds"),
        ("[thresholds]\nfar_region = 1\n", "thresholds.far_region"),
        ("[thresholds]\nfar_region_km = '9'\n", "thresholds.far_region_km"),
        ("[thresholds]\nfar_region_km = 1.5\n", "thresholds.far_region_km"),
        ("[thresholds]\nfar_region_km = true\n", "thresholds.far_region_km"),
        ("[thresholds]\nfar_region_km = -1\n", "thresholds.far_region_km"),
        ("[thresholds]\nfar_region_share = nan\n", "thresholds.far_region_share"),
        ("[thresholds]\nfar_region_share = inf\n", "thresholds.far_region_share"),
    ],
)
def test_what_flytui_does_not_know_is_an_error_that_names_it(
    tmp_path: Path, text: str, named: str
) -> None:
    with pytest.raises(SettingsError) as raised:
        preferences("shop", config(tmp_path, text))
    assert f" {named}" in raised.value.cause
    assert raised.value.path == tmp_path / ".flytui" / "config.toml"


def test_a_file_that_is_not_toml_is_an_error_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as raised:
        preferences("shop", config(tmp_path, "[thresholds]\n\nfar_region_km =\n"))
    assert (raised.value.line, "line 3" in raised.value.cause) == (3, True)


def test_a_preferences_file_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    (config(tmp_path, "") / ".flytui" / "config.toml").write_bytes(b"\xff")
    with pytest.raises(SettingsError, match="cannot be read"):
        preferences("shop", tmp_path)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("LOGNAME", "login")
    for name in ("XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL", "GIT_DIR"):
        monkeypatch.delenv(name, raising=False)
    subprocess.run(("git", "init", "-q", str(tmp_path)), check=True)
    return tmp_path


@pytest.mark.parametrize(
    ("set_to", "person"),
    [
        ({"user.name": "Ann\x1b[2J Lee", "user.email": "ann@example.com"}, "Ann Lee"),
        ({"user.email": "ann@example.com"}, "ann@example.com"),
        ({}, "login"),
    ],
)
def test_a_reviewer_is_who_git_says(repository: Path, set_to: dict[str, str], person: str) -> None:
    for key, value in set_to.items():
        subprocess.run(("git", "config", key, value), cwd=repository, check=True)
    assert who(repository) == person


def test_without_git_a_reviewer_is_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("LOGNAME", "login")
    assert who(tmp_path) == "login"


def test_settings_load_nothing_the_first_frame_does_not_need() -> None:
    heavy = {"httpx", "pydantic", "yaml", "asyncio", "textual"}
    script = f"import sys, flytui.settings; print(*({heavy!r} & set(sys.modules)))"
    run = subprocess.run((sys.executable, "-c", script), capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
