"""Labels beside values: as long as there is room for them, and never at the values' cost."""

from textual.content import Content

from flytui.ui.pages.lines import table, text

LONG = "Members without two factors"
VALUE = "ana@example.com, bo@example.com and nobody else of the organisation"


def rows(width: int) -> list[str]:
    return [row.plain for line in table([(LONG, Content(VALUE))]) for row in line.laid(width)]


def test_a_label_is_whole_where_there_is_room() -> None:
    assert rows(120)[0].startswith(f"  {LONG}  ana@")
    assert all(len(row) <= 120 for row in rows(120))


def test_a_value_keeps_half_of_the_width() -> None:
    label = "x" * 60
    first, *rest = (row.plain for line in table([(label, Content(VALUE))]) for row in line.laid(80))
    assert 80 - first.index("ana@") >= 40
    assert all(row.startswith(" " * first.index("ana@")) for row in rest)


def test_beside_a_tree_of_half_the_screen_no_label_of_ours_is_cut() -> None:
    assert "Members without two factors" in rows(62)[0]


def test_on_a_narrow_page_a_long_value_goes_below_its_label() -> None:
    first, *below = rows(44)
    assert first == f"  {LONG}"
    assert below[0].startswith("    ana@example.com")
    assert all(len(row) <= 44 for row in below)


def test_on_a_narrow_page_a_short_value_stays_beside_its_label_which_is_cut() -> None:
    first, *below = table([(LONG, Content("3 of 5 members"))])[0].laid(44)
    assert first.plain == "  Members without two fac…  3 of 5 members"
    assert not below


def test_all_of_a_line_can_be_found_and_read() -> None:
    line = table([("kind", Content("dedicated IPv4"))])[0]
    assert line.everything.plain == "kind  dedicated IPv4"
    assert line.highlighted(["KIND"]).laid(80)[0].spans


def test_every_row_of_a_value_begins_in_its_column() -> None:
    record = f"_acme-challenge.{'shop.' * 9}example.com CNAME {'a' * 40}.flydns.net"
    for width in range(34, 60):
        first, *below = table([("DNS record to set", text(record))])[0].laid(width)
        assert first.plain.startswith("  DNS record to set")
        starts = {len(row.plain) - len(row.plain.lstrip(" ")) for row in below}
        assert starts == {4 if width < 45 else 21}, width
