"""The reading agrees with what is known of public projects, when their corpus is at hand."""

import pytest

from tests.repo.corpus import CORPUS, Score, score

ARGUED = {
    # It holds one file and no package.json, so nothing in it tells the language.
    ("js_app", "codeday__showcase-shorturl"),
    ("js_app", "abwii__monrepo"),
    ("js_app", "nypublicradio__radiolab-vue"),
    # The file has a host_dedication_id in its first [[vm]], which the table leaves out.
    ("vm", "flyctl__testdata/full-reference.toml"),
}
"""(column, project) where we hold to our reading."""


@pytest.fixture(scope="module")
def result() -> Score:
    if not (CORPUS / "TRUTH.csv").is_file():
        pytest.skip("no corpus beside the repository")
    return score(CORPUS)


def test_every_cell_agrees_but_for_the_argued_ones(result: Score) -> None:
    wrong = [one for one in result.disagreements if (one.column, one.project) not in ARGUED]
    assert wrong == []


def test_all_columns_are_scored(result: Score) -> None:
    assert len(result.total) == 22
    assert all(result.total.values())
