"""How the matrix is laid out at every width, and how apps are found by what is typed."""

from pathlib import Path

import pytest
from textual.widgets import Static

from flytui.estate import Listed
from flytui.finding import Status
from flytui.matrix import Cell, Row
from flytui.ui.listing import chosen_from
from flytui.ui.pages.organization import cell_words
from flytui.ui.widgets.matrix import MatrixView, told
from flytui.ui.words import shortened
from tests.ui.test_travelling import travelling


def listed(*names: str) -> list[Listed]:
    return [Listed(name, "acme", "deployed") for name in names]


@pytest.mark.parametrize(
    ("typed", "recent", "first"),
    [
        ("storefront", ("storefront-db",), ["storefront", "storefront-db", "my-storefront"]),
        ("Store", ("storefront-db",), ["storefront-db", "storefront", "my-storefront"]),
        ("front", ("storefront-db",), ["storefront-db", "my-storefront", "storefront"]),
        ("", ("storefront",), ["storefront", "my-storefront", "other", "storefront-db"]),
        ("acme", (), ["my-storefront", "other", "storefront", "storefront-db"]),
    ],
)
def test_the_name_typed_in_full_comes_first_then_those_that_begin_so(
    typed: str, recent: tuple[str, ...], first: list[str]
) -> None:
    rows = listed("my-storefront", "storefront-db", "storefront", "other")
    assert [one.name for one in chosen_from(rows, recent, typed)] == first


def test_where_a_row_s_numbers_have_no_room_its_cells_leave_out_what_is_settled() -> None:
    many = Cell(((Status.ACTION, 399),), settled=200, applicable=1000, heard=1000)
    few = Cell(((Status.ADVICE, 3),), settled=1, applicable=4, heard=4)
    assert [words.strip() for words in told((few, many), 11)] == ["!3", "✗399"]
    assert [words.strip() for words in told((few, few), 11)] == ["!3 1/4", "!3 1/4"]
    assert [words.strip() for words in told((few, many), 4)] == ["!3", "✗…"]


def test_a_cell_in_words_shortens_the_app_and_not_what_is_said() -> None:
    cell = Cell(((Status.ACTION, 1),), applicable=1, heard=1)
    row = Row("a-rather-long-name-of-an-app", (cell,))
    assert cell_words(row, "Databases", cell) == "a-rather-long-name-of-an-app, Databases: 1 action"
    assert cell_words(row, "Databases", cell, 38) == "a-rather…f-an-app, Databases: 1 action"


@pytest.mark.parametrize("width", [120, 80, 50, 40])
async def test_every_cell_of_a_width_has_the_same_form(tmp_path: Path, width: int) -> None:
    async with travelling(tmp_path, size=(width, 24)) as gone:
        await gone.pilot.press("O")
        matrix = await gone.matrix()
        views = list(matrix.query(MatrixView))
        assert views[0].measure == views[1].measure
        column = views[0].measure.column
        cells = [words for v in views for row in v.rows for words in told(row.cells, column)]
        counted = {" " in words.strip() for words in cells if words.strip() not in {"", "-", "–"}}
        assert counted == {column > 8}
        legend = str(matrix.query_one("#legend", Static).content)
        assert ("✗4 1/6:" in legend) == (column > 8)


async def test_columns_without_room_are_told_and_come_with_the_cursor(tmp_path: Path) -> None:
    async with travelling(tmp_path, size=(40, 20)) as gone:
        await gone.pilot.press("O")
        matrix = await gone.matrix()
        heads, legend = (matrix.query_one(id_, Static) for id_ in ("#heads", "#legend"))
        assert "→ 2 more" in str(legend.content)
        assert "Sup" not in str(heads.content)
        labels = [line.text[:11] for line in map(matrix._view.render_line, range(4))]
        assert len(set(labels)) == 4
        await gone.pilot.press("left")
        await gone.until(lambda: "← 2 more" in str(legend.content))
        assert "Sup" in str(heads.content)


@pytest.mark.parametrize(
    ("name", "room", "short"),
    [("storefront-db", 8, "stor…-db"), ("shop", 4, "shop"), ("shops", 4, "sh…s")],
)
def test_a_name_keeps_its_beginning_and_its_end(name: str, room: int, short: str) -> None:
    assert shortened(name, room) == short
