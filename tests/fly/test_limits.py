import pytest

from flytui.fly.limits import GET_MACHINE, Limiter
from tests.fly.wire import Time


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def limiter(time: Time) -> Limiter:
    return Limiter(lambda: time.seconds, time.sleep)


async def test_three_requests_may_come_at_once_and_then_one_a_second(
    limiter: Limiter, time: Time
) -> None:
    for _ in range(5):
        await limiter.wait(("machines", "shop"))
    assert time.slept == [1.0, 1.0]


async def test_other_actions_and_other_apps_have_their_own_limit(
    limiter: Limiter, time: Time
) -> None:
    for key in (("machines", "shop"), ("volumes", "shop"), ("machines", "other")):
        for _ in range(3):
            await limiter.wait(key)
    assert time.slept == []


async def test_a_rest_gives_the_burst_back(limiter: Limiter, time: Time) -> None:
    for _ in range(3):
        await limiter.wait(("machines", "shop"))
    time.seconds += 3
    for _ in range(3):
        await limiter.wait(("machines", "shop"))
    assert time.slept == []


async def test_one_machine_may_be_read_five_times_a_second(limiter: Limiter, time: Time) -> None:
    for _ in range(11):
        await limiter.wait(("machine", "e784"), GET_MACHINE)
    assert time.slept == [pytest.approx(0.2)]
