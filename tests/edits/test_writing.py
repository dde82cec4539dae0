"""A file is written only as it was shown, whole, inside the checkout, and never over another."""

import os
from pathlib import Path

import pytest

from flytui.editing import Refused, plan, write
from flytui.edits.operations import Put, Table
from flytui.remedy import Edit

FLY_TOML = b"# mine\napp = 'shop'\r\n"


def an_edit(path: str = "fly.toml", *, creates: bool = False) -> Edit:
    return Edit(
        path,
        "Enable swap",
        "why",
        "swap",
        operations=(Put(Table(), ("swap_size_mb",), 512),),
        creates=creates,
    )


def a_new_file(path: str = ".github/workflows/fly-deploy.yml") -> Edit:
    return Edit(path, "Deploy", "why", "name: deploy\n", creates=True)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "checkout"
    root.mkdir()
    (root / "fly.toml").write_bytes(FLY_TOML)
    return root


def test_the_difference_shown_is_what_is_written(checkout: Path) -> None:
    planned = plan(checkout, an_edit())
    assert [x for x in planned.difference if x[:1] in "+-"] == [
        "--- a/fly.toml",
        "+++ b/fly.toml",
        "+swap_size_mb = 512",
    ]
    assert (checkout / "fly.toml").read_bytes() == FLY_TOML
    write(planned)
    assert (checkout / "fly.toml").read_bytes() == FLY_TOML + b"swap_size_mb = 512\r\n"
    assert [file.name for file in checkout.iterdir()] == ["fly.toml"]


def test_permissions_are_kept(checkout: Path) -> None:
    (checkout / "fly.toml").chmod(0o640)
    write(plan(checkout, an_edit()))
    assert (checkout / "fly.toml").stat().st_mode & 0o777 == 0o640


def test_a_file_that_changed_meanwhile_is_left_as_it_is(checkout: Path) -> None:
    planned = plan(checkout, an_edit())
    (checkout / "fly.toml").write_bytes(b"app = 'other'\n")
    with pytest.raises(Refused, match="has changed since"):
        write(planned)
    assert (checkout / "fly.toml").read_bytes() == b"app = 'other'\n"
    assert [file.name for file in checkout.iterdir()] == ["fly.toml"]


def test_an_edit_already_made_is_not_made_again(checkout: Path) -> None:
    write(plan(checkout, an_edit()))
    with pytest.raises(Refused, match="already"):
        plan(checkout, an_edit())


def test_a_new_file_never_overwrites(checkout: Path) -> None:
    planned = plan(checkout, a_new_file())
    write(planned)
    assert (checkout / ".github/workflows/fly-deploy.yml").read_text() == "name: deploy\n"
    with pytest.raises(Refused, match="meanwhile"):
        write(planned)
    with pytest.raises(Refused, match="not overwritten"):
        plan(checkout, a_new_file())


@pytest.mark.parametrize("path", ["../fly.toml", "/etc/fly.toml", "out/fly.toml", ".git/fly.toml"])
def test_nothing_outside_the_checkout_is_touched(checkout: Path, path: str) -> None:
    (checkout.parent / "fly.toml").write_bytes(FLY_TOML)
    (checkout / "out").symlink_to(checkout.parent)
    with pytest.raises(Refused, match="checkout"):
        plan(checkout, an_edit(path, creates=True))


def test_a_folder_that_became_a_link_meanwhile_is_not_followed(checkout: Path) -> None:
    (checkout / ".github").mkdir()
    planned = plan(checkout, a_new_file())
    (checkout / ".github").rmdir()
    (checkout / ".github").symlink_to(checkout.parent)
    with pytest.raises(Refused, match="out of the checkout"):
        write(planned)
    assert not (checkout.parent / "workflows").exists()


def test_a_link_within_the_checkout_stays_a_link(checkout: Path) -> None:
    (checkout / "deploy.toml").symlink_to("fly.toml")
    write(plan(checkout, an_edit("deploy.toml")))
    assert (checkout / "deploy.toml").is_symlink()
    assert b"swap_size_mb" in (checkout / "fly.toml").read_bytes()


def test_what_fly_would_refuse_is_not_written(checkout: Path) -> None:
    edit = Edit("fly.toml", "t", "w", "s", operations=(Put(Table(), ("swap_size_mb",), "much"),))
    with pytest.raises(Refused, match="fly would refuse"):
        plan(checkout, edit)


def test_other_formats_are_for_a_person(checkout: Path) -> None:
    (checkout / "fly.json").write_text('{"app": "shop"}')
    with pytest.raises(Refused, match="not TOML"):
        plan(checkout, an_edit("fly.json"))


def test_a_pipe_is_not_waited_for(checkout: Path) -> None:
    (checkout / "fly.toml").unlink()
    os.mkfifo(checkout / "fly.toml")
    with pytest.raises(Refused, match="plain file"):
        plan(checkout, an_edit())
