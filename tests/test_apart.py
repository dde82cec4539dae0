"""What goes through many things never keeps the loop from its turn."""

import threading

import pytest

from flytui.apart import MANY, apart


@pytest.mark.parametrize(("things", "beside"), [(MANY, False), (MANY + 1, True)])
async def test_only_long_work_gets_a_thread_of_its_own(things: int, beside: bool) -> None:
    where = await apart(threading.current_thread, [None, tuple(range(things))])
    assert (where is not threading.current_thread()) is beside


async def test_what_goes_wrong_apart_is_told_where_it_was_asked_for() -> None:
    with pytest.raises(ZeroDivisionError):
        await apart(lambda: 1 // 0, [tuple(range(MANY + 1))])
