"""Where one was: back and forward again, past what is gone."""

from flytui.ui.board import Place
from flytui.ui.trail import LONGEST, Trail

A, B, C = (Place("security", name) for name in "abc")


def everywhere(place: Place) -> bool:
    del place
    return True


def test_back_goes_to_the_origin_of_the_jump_and_forward_again_to_its_end() -> None:
    trail = Trail().jumped(A, B).jumped(B, C)
    found = trail.earlier(C, everywhere)
    assert found is not None
    place, trail = found
    assert place == B
    again = trail.later(B, everywhere)
    assert again is not None
    assert again[0] == C
    assert again[1].later(C, everywhere) is None


def test_a_place_that_is_gone_is_passed_over() -> None:
    trail = Trail().jumped(A, B).jumped(B, C)
    found = trail.earlier(C, lambda place: place != B)
    assert found is not None
    assert found[0] == A
    assert trail.earlier(C, lambda place: False) is None


def test_a_new_jump_ends_the_way_forward() -> None:
    found = Trail().jumped(A, B).earlier(B, everywhere)
    assert found is not None
    assert found[1].jumped(A, C).later(C, everywhere) is None


def test_a_jump_to_where_one_is_leaves_no_trace() -> None:
    assert Trail().jumped(A, A) == Trail()
    assert Trail().jumped(None, A) == Trail()


def test_going_back_never_stays_where_one_is() -> None:
    assert Trail((A,)).earlier(A, everywhere) is None


def test_the_trail_has_an_end() -> None:
    trail = Trail()
    for n in range(3 * LONGEST):
        trail = trail.jumped(Place("s", str(n)), Place("s", str(n + 1)))
    assert len(trail.past) == LONGEST
