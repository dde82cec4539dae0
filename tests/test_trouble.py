"""Each kind of trouble says what is the matter and which ways lead out of it."""

from pathlib import Path

import pytest

from flytui.exit_code import ExitCode
from flytui.fly.errors import FlyError, Refused, Unreachable
from flytui.opening import no_token
from flytui.outage import Outage
from flytui.review_file import ReviewFileError
from flytui.settings.error import Named, NoApp, NoOrganization, SettingsError, SeveralApps
from flytui.target import app_name
from flytui.trouble import Trouble, Way, astray, beginning, blind, no_fly

CHOICES = (Named("fly.staging.toml", "shop-staging"), Named("fly.toml.old", "shop"))
LINE = "fly tokens create deploy -a shop -x 24h"


def outage(kind: str, cure: str = "Sign in again with `fly auth login`.") -> Outage:
    return Outage(kind, "Nothing of shop could be seen.", "api.fly.io answered.", cure)


def keys(what: Trouble, *, fly: bool = True, demo: bool = True, look: bool = True) -> str:
    return " ".join(way.key for way in what.ways(fly=fly, demo=demo, look=look))


@pytest.mark.parametrize(
    ("what", "ways", "code"),
    [
        (beginning(no_token()), "l t d escape q", ExitCode.USAGE),
        (beginning(NoApp("No app.", "Name it.")), "t d escape q", ExitCode.USAGE),
        (beginning(SeveralApps("Two.", "", CHOICES)), "t d escape q", ExitCode.USAGE),
        (beginning(NoOrganization("acme", ("shop",))), "l t d c escape q", ExitCode.USAGE),
        (astray(SettingsError("Not of acme.", "Leave it out.")), "t d escape q", ExitCode.USAGE),
        (beginning(SettingsError("No.", "Correct it.")), "t d escape q", ExitCode.USAGE),
        (beginning(ReviewFileError("No.")), "t d escape q", ExitCode.USAGE),
        (beginning(Refused("No.", "Sign in.", accepted=False)), "l t d escape q", ExitCode.USAGE),
        (beginning(Unreachable("No.", "Look.")), "t d escape q", ExitCode.UNSEEN),
        (blind(outage("not accepted"), "shop"), "l t d escape q", ExitCode.USAGE),
        (blind(outage("refused", f"One: `{LINE}`."), "shop"), "l t d c escape q", ExitCode.USAGE),
        (blind(outage("missing"), "shop"), "t d c escape q", ExitCode.USAGE),
        (blind(outage("unreachable", "Wait."), "shop"), "t d escape q", ExitCode.UNSEEN),
        (no_fly(), "t d escape q", ExitCode.USAGE),
    ],
)
def test_the_ways_out_are_those_that_help(what: Trouble, ways: str, code: ExitCode) -> None:
    assert keys(what) == ways
    assert what.code is code
    assert what.headline.endswith((".", "?"))


def test_from_a_page_above_another_one_escape_goes_back_to_that() -> None:
    assert Way.BACK in no_fly().ways(fly=False, demo=False, look=False, back=True)
    assert Way.LOOK not in no_fly().ways(fly=False, demo=False, look=True, back=True)


def test_a_token_of_the_environment_is_named_where_there_is_none() -> None:
    assert "set FLY_ACCESS_TOKEN" in beginning(no_token()).cure


def test_a_way_that_leads_nowhere_is_not_offered() -> None:
    assert keys(beginning(no_token()), fly=False, demo=False, look=False) == "t q"


def test_the_line_that_makes_a_better_token_can_be_copied() -> None:
    assert blind(outage("refused", f"One that may: `{LINE}`."), "shop").commands == (LINE,)
    assert blind(outage("missing", "Check the name."), "shop").commands == (LINE,)


def test_an_app_that_is_not_there_offers_those_with_names_like_it() -> None:
    what = blind(outage("missing"), "shp").meaning(("shop", "ship"))
    assert [choice.app for choice in what.choices] == ["shop", "ship"]


def test_a_login_older_than_fly_allows_is_told_where_a_login_helps() -> None:
    old = "fly refuses a login that is older than 30 days."
    assert old in blind(outage("not accepted"), "shop", old).cure
    assert old not in blind(outage("unreachable"), "shop", old).cure


def test_a_file_that_is_broken_is_named_with_its_line() -> None:
    path = Path("/shop/.flytui/config.toml")
    told = beginning(SettingsError("It is not TOML.", "Correct it.", path=path, line=3)).headline
    assert told == "config.toml, line 3 has to be corrected first."


@pytest.mark.parametrize("error", [FlyError("No.", "Yes."), SettingsError("No.", "Yes.")])
def test_cause_and_cure_are_told_as_they_came(error: FlyError | SettingsError) -> None:
    told = beginning(error)
    assert (told.cause, told.cure) == ("No.", "Yes.")


def several(folder: Path, **files: str) -> SeveralApps:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text)
    with pytest.raises(SeveralApps) as caught:
        app_name(None, {}, folder)
    return caught.value


def test_where_only_other_configurations_name_apps_the_choice_is_the_person_s(
    tmp_path: Path,
) -> None:
    told = several(
        tmp_path,
        fly_staging_toml='app = "shop-staging"\n',
        fly_production_toml='app = "shop"\nprimary_region = "fra"\n',
        fly_hostile_toml='app = "../../etc"\n',
        fly_broken_toml="[[[",
        fly_other_toml='[tool]\nname = "x"\n',
    )
    assert told.choices == (
        Named("fly.production.toml", "shop"),
        Named("fly.staging.toml", "shop-staging"),
    )
    assert "--app shop" in told.cure


def test_the_folder_s_own_fly_toml_is_no_question(tmp_path: Path) -> None:
    (tmp_path / "fly.toml").write_text('app = "shop"\n')
    (tmp_path / "fly.staging.toml").write_text('app = "shop-staging"\n')
    assert app_name(None, {}, tmp_path) == "shop"


def test_a_broken_fly_toml_comes_before_any_choice(tmp_path: Path) -> None:
    (tmp_path / "fly.toml").write_text("[http_service\n")
    (tmp_path / "fly.staging.toml").write_text('app = "shop-staging"\n')
    with pytest.raises(SettingsError, match="line 1") as caught:
        app_name(None, {}, tmp_path)
    assert not isinstance(caught.value, NoApp)
