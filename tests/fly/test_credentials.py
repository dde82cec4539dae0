import asyncio
from datetime import datetime, timedelta

from flytui.fly.auth import Service, Tokens
from flytui.fly.credentials import Credentials
from tests.fly.wire import NOW, ending, macaroon

FRESH = ending(NOW + timedelta(minutes=10))
ENDED = ending(NOW - timedelta(minutes=10))


class Fresh:
    """Stands for `fly auth token`: hands out one answer and counts."""

    def __init__(self, answer: str | None) -> None:
        self.answer = answer
        self.times = 0

    async def __call__(self) -> str | None:
        self.times += 1
        await asyncio.sleep(0)
        return self.answer


def credentials(
    token: str, fresh: Fresh, *, session: bool = True, now: datetime = NOW
) -> Credentials:
    return Credentials(Tokens.parse(token, session=session), lambda: now, fresh)


async def header(of: Credentials) -> str:
    return (await of.current()).header(Service.GRAPHQL)


async def test_a_stale_session_is_renewed_once_for_all_who_ask() -> None:
    fresh = Fresh(f"{FRESH},fo1_x")
    ours = credentials(f"{ENDED},fo1_x", fresh)
    headers = await asyncio.gather(*(header(ours) for _ in range(5)))
    assert set(headers) == {f"FlyV1 {FRESH},fo1_x"}
    assert fresh.times == 1


async def test_a_session_that_cannot_be_renewed_falls_back_to_its_oauth_token() -> None:
    assert await header(credentials(f"{ENDED},fo1_x", Fresh(None))) == "Bearer fo1_x"


async def test_a_failed_renewal_is_not_tried_again_at_once() -> None:
    fresh = Fresh(None)
    ours = credentials(f"{ENDED},fo1_x", fresh)
    await ours.current()
    await ours.current()
    assert fresh.times == 1


async def test_a_session_that_is_still_good_is_left_alone() -> None:
    fresh = Fresh("fo1_other")
    assert await header(credentials(f"{FRESH},fo1_x", fresh)) == f"FlyV1 {FRESH},fo1_x"
    assert fresh.times == 0


async def test_tokens_from_the_environment_are_never_topped_up() -> None:
    fresh = Fresh("fo1_other")
    given = credentials(f"{ENDED},fo1_x", fresh, session=False)
    assert await header(given) == f"FlyV1 {ENDED},fo1_x"
    assert fresh.times == 0


async def test_a_session_without_an_oauth_token_is_sent_as_it_is() -> None:
    assert await header(credentials(ENDED, Fresh(None))) == f"FlyV1 {ENDED}"


async def test_a_renewed_bundle_serves_though_one_organisation_has_not_agreed() -> None:
    other = macaroon(11, ["https://auth.fly.io", b"v", b"ticket"])
    bundle = f"{FRESH},{other},fo1_x"
    assert (await header(credentials(f"{ENDED},fo1_x", Fresh(bundle)))).startswith("FlyV1 ")
