"""A launch record holds what stood when it was made, and says what changed since."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from flytui.arguments import parse
from flytui.demo.changes.addresses import release as release_address
from flytui.demo.faults import Fault
from flytui.exit_code import ExitCode
from flytui.finding import Finding, Status
from flytui.headless import Streams, Subject
from flytui.opening import Surroundings
from flytui.report import Report, record
from flytui.review import Standing
from flytui.seal import Broken, Seal, SealedRelease, digest_of, document, verify
from flytui.seal_command import seal
from flytui.seal_command import verify as verify_command
from flytui.settings import Flags
from tests.report.builders import address, assessment, finding, report
from tests.simulated import Simulated, simulated

RELEASE = SealedRelease(
    version=41, status="complete", image="registry.fly.io/storefront:41", digests=("sha256:aa",)
)
LATER = RELEASE.model_copy(update={"version": 43, "digests": ("sha256:bb",)})


def sealed(of: Report) -> Seal:
    written = document(of, RELEASE, "Ana")
    return Seal.model_validate_json(record.as_json(written))


def one(found: Finding, standing: Standing | None = None) -> Report:
    return report(assessment(found=found, standing=standing))


ACTION = finding(Status.ACTION, "1 public address.", address())
TWO = finding(Status.ACTION, "2 public addresses.", address(), address(name="203.0.113.8"))
UNSEEN = finding(Status.UNKNOWN)


def test_it_holds_the_release_the_verdicts_and_the_decisions() -> None:
    written = document(one(ACTION, Standing.HOLDS), RELEASE, "Ana")
    assert written["release"]["version"] == 41
    assert written["release"]["digests"] == ["sha256:aa"]
    (item,) = written["items"]
    assert (item["status"], item["ruling"]) == ("action", "waived")
    assert item["review"]["by"] == "Ana"
    assert len(item["evidence_digest"]) == 64
    assert written["seal"] == digest_of(written)


@pytest.mark.parametrize(
    ("then", "now", "differences", "unseen"),
    [
        (one(ACTION), one(TWO), ("203.0.113.8 was added",), False),
        (one(TWO), one(ACTION), ("203.0.113.8 is gone",), False),
        (one(ACTION), one(UNSEEN), (UNSEEN.summary,), True),
        (
            one(ACTION, Standing.HOLDS),
            one(ACTION, Standing.EXPIRED),
            ("was settled, is open again",),
            False,
        ),
    ],
)
def test_each_change_is_told_item_by_item(
    then: Report, now: Report, differences: tuple[str, ...], unseen: bool
) -> None:
    title = "Make sure private services are not exposed"
    assert verify(sealed(then), now) == (Broken("exposure", title, differences, unseen=unseen),)


@pytest.mark.parametrize("same", [ACTION, UNSEEN, finding(Status.OK)])
def test_what_is_as_it_was_is_not_told(same: Finding) -> None:
    assert verify(sealed(one(same)), one(same)) == ()


def test_an_item_that_came_or_went_is_told() -> None:
    told = verify(sealed(report(assessment("secrets"))), report(assessment("exposure")))
    assert [(b.id, b.differences[0].split()[0]) for b in told] == [
        ("secrets", "is"),
        ("exposure", "was"),
    ]


@pytest.mark.parametrize(
    ("then", "now", "deployed", "headline"),
    [
        (one(ACTION), one(ACTION), RELEASE, "sealed at v41, still v41: nothing changed"),
        (one(ACTION), one(ACTION), LATER, "sealed at v41, now v43: nothing changed"),
        (one(ACTION), one(TWO), LATER, "sealed at v41, now v43: 1 item changed"),
        (
            one(ACTION),
            one(UNSEEN),
            LATER,
            "sealed at v41, now v43: nothing changed, 1 could not be seen",
        ),
    ],
)
def test_the_first_line_says_it_all(
    then: Report, now: Report, deployed: SealedRelease, headline: str
) -> None:
    known = sealed(then)
    told = record.verdict(known, deployed, verify(known, now))
    assert told.splitlines()[0] == f"storefront: {headline}"


def test_another_image_is_named() -> None:
    told = record.verdict(sealed(one(ACTION)), LATER, ())
    assert "The image is another: sha256:bb, was sha256:aa." in told


def test_people_read_the_same_as_programs() -> None:
    told = one(ACTION, Standing.HOLDS)
    written = document(told, RELEASE, "Ana")
    text = record.as_markdown(told, RELEASE, written)
    assert "- Release: v41" in text
    assert "sha256:aa" in text
    assert f"`{written['items'][0]['evidence_digest'][:12]}`" in text
    assert f"`{written['seal']}`" in text
    assert "Reviewed on 2026-03-12 by Ana" in text


class Place:
    """A simulated app, and a folder for its records."""

    def __init__(self, demo: Simulated) -> None:
        self.demo = demo
        self.folder = demo.folder / "records"
        self.folder.mkdir()
        self.out, self.err = "", ""

    def seal(self) -> ExitCode:
        return self._told(seal, self.folder)

    def verify(self, file: Path) -> ExitCode:
        return self._told(verify_command, file)

    @property
    def file(self) -> Path:
        (only,) = self.folder.glob("*.json")
        return only

    def _told(self, act: Any, path: Path) -> ExitCode:
        demo = self.demo
        around = Surroundings(
            environ=demo.environ,
            checkout=demo.folder / "checkout",
            data=demo.folder / "data",
            state=demo.folder / "state",
            transport=demo.transport,
        )
        out, err = io.StringIO(), io.StringIO()
        code = act(Subject(Flags("storefront")), path, around, demo.folder, Streams(out, err))
        assert isinstance(code, ExitCode)
        self.out, self.err = out.getvalue(), err.getvalue()
        return code


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(simulated("storefront", tmp_path))


def test_two_files_named_for_the_release_are_written_and_told(place: Place) -> None:
    assert place.seal() is ExitCode.DONE
    names = sorted(path.name for path in place.folder.iterdir())
    assert names == ["launch-storefront-v3.json", "launch-storefront-v3.md"]
    assert place.out.split() == [str(place.folder / name) for name in names]


def test_a_record_is_never_written_over(place: Place) -> None:
    place.seal()
    before = place.file.read_bytes()
    assert place.seal() is ExitCode.USAGE
    assert "a launch record is not written over" in place.err
    assert place.file.read_bytes() == before


def test_what_is_as_it_was_sealed_verifies(place: Place) -> None:
    place.seal()
    assert place.verify(place.file) is ExitCode.DONE
    assert place.out == "storefront: sealed at v3, still v3: nothing changed\n"


def test_a_folder_stands_for_the_record_of_the_latest_release(place: Place) -> None:
    place.seal()
    for other in ("launch-storefront-v2", "launch-storefront-unreleased", "launch-storefront-a-v9"):
        (place.folder / f"{other}.json").write_text("{}", encoding="utf-8")
    assert place.verify(place.folder) is ExitCode.DONE
    (place.folder / "launch-storefront-v10.json").write_text("{}", encoding="utf-8")
    assert place.verify(place.folder) is ExitCode.USAGE
    assert "launch-storefront-v10.json is not a launch record" in place.err


def test_a_folder_without_a_record_of_the_app_says_how_to_write_one(place: Place) -> None:
    (place.folder / "launch-storefront-a-v9.json").write_text("{}", encoding="utf-8")
    assert place.verify(place.folder) is ExitCode.USAGE
    assert "There is no launch record of storefront" in place.err
    assert "`flytui seal`" in place.err


def test_without_a_file_the_records_of_this_folder_are_meant() -> None:
    assert parse(["seal"]).verify is None
    assert parse(["seal", "--verify"]).verify == Path()
    assert parse(["seal", "--verify", "x.json"]).verify == Path("x.json")


def test_what_changed_on_fly_io_is_told_and_fails(place: Place) -> None:
    place.seal()
    release_address(place.demo.scenario.world.apps["storefront"], ip="203.0.113.7")
    assert place.verify(place.file) is ExitCode.ACTION
    assert "203.0.113.7 is gone" in place.out


def test_what_cannot_be_looked_at_is_not_called_the_same(place: Place) -> None:
    place.seal()
    place.demo.faults.add(Fault("500"))
    assert place.verify(place.file) is not ExitCode.DONE
    assert "23 could not be seen" in place.out


def test_a_changed_record_is_refused(place: Place) -> None:
    place.seal()
    text = place.file.read_text()
    place.file.write_text(text.replace('"status": "action"', '"status": "ok"', 1))
    assert place.verify(place.file) is ExitCode.USAGE
    assert "was changed after it was sealed" in place.err


@pytest.mark.parametrize("text", ["", "{}", '{"schema": 1}', "[]"])
def test_what_is_no_record_is_refused(place: Place, text: str) -> None:
    file = place.folder / "x.json"
    file.write_text(text)
    assert place.verify(file) is ExitCode.USAGE
    assert "is not a launch record" in place.err


def test_a_record_of_another_app_is_refused(place: Place) -> None:
    place.seal()
    content = json.loads(place.file.read_text())
    content["app"]["name"] = "other"
    place.file.write_text(json.dumps({**content, "seal": digest_of(content)}))
    assert place.verify(place.file) is ExitCode.USAGE
    assert "is the record of other, not of storefront" in place.err
