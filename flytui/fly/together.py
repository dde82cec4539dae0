"""Queries asked for in the same moment, sent as one request; each fails by itself."""

import asyncio
from dataclasses import dataclass
from typing import Any, TypeAlias, assert_never

from flytui.fly import failures, parse
from flytui.fly.call import Call
from flytui.fly.document import Document, Lane
from flytui.fly.errors import FlyError, Refused, Unreachable
from flytui.fly.http import Failure, Http
from flytui.fly.shares import Data, Denied, Open, Share, combined, errors_of, shares

MOST = 12
"""Queries in one request; Fly.io may weigh a request by what it could return."""
_TURNS = 4
"""Of the event loop: facts that waited for the same answer ask within a turn or two."""

_Outcome: TypeAlias = Data | FlyError | Open


@dataclass(frozen=True, slots=True)
class _Asked:
    call: Call
    query: Document


@dataclass(frozen=True, slots=True)
class _Batch:
    """A request that others may still join, and the outcome of each who did."""

    asked: list[_Asked]
    task: asyncio.Task[list[_Outcome]]


class Together:
    """Sends queries, those of one lane and one moment in one request.

    Invariant: an error counts only for the query it names. Where one of several may have spoiled
    the answer for all, each is asked again, once, alone. Where no answer came in time, none is
    asked again now. In both cases each travels alone until it has been answered.
    """

    def __init__(self, http: Http) -> None:
        self._http = http
        self._boarding: dict[Lane, _Batch] = {}
        self._apart: set[str] = set()
        """Names of the queries that travel alone for now."""
        self._under_way: set[asyncio.Task[list[_Outcome]]] = set()

    async def aclose(self) -> None:
        """Give up what is under way."""
        tasks = list(self._under_way)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def data(self, call: Call) -> dict[str, Any]:
        """The `data` of an answer without errors. Raises FlyError."""
        query = call.document
        if query is None or query.name in self._apart:
            return await self._alone(call)
        batch, place = self._joined(_Asked(call, query))
        # Who gives up waiting must not take the request away from the others.
        outcome = (await asyncio.shield(batch.task))[place]
        match outcome:
            case Data():
                return outcome.fields
            case FlyError():
                raise outcome
            case Open():
                return await self._alone(call)
            case _:
                assert_never(outcome)

    def _joined(self, asked: _Asked) -> tuple[_Batch, int]:
        """The request that leaves next in the query's lane, and the query's place in it."""
        lane = asked.query.lane
        batch = self._boarding.get(lane) or self._begun(lane)
        batch.asked.append(asked)
        if len(batch.asked) == MOST:
            del self._boarding[lane]
        return batch, len(batch.asked) - 1

    def _begun(self, lane: Lane) -> _Batch:
        asked: list[_Asked] = []
        task = asyncio.create_task(self._sent(lane, asked), name=f"{lane} queries")
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        self._boarding[lane] = _Batch(asked, task)
        return self._boarding[lane]

    async def _sent(self, lane: Lane, asked: list[_Asked]) -> list[_Outcome]:
        """The outcomes, in the order of asking."""
        for _ in range(_TURNS):
            await asyncio.sleep(0)
        batch = self._boarding.get(lane)
        if batch and batch.asked is asked:
            del self._boarding[lane]
        if len(asked) == 1:
            return [await self._outcome(asked[0].call)]
        outcomes = await self._outcomes(asked)
        if any(isinstance(outcome, Open) for outcome in outcomes):
            self._part(asked)
        return outcomes

    def _part(self, asked: list[_Asked]) -> None:
        self._apart.update(each.query.name for each in asked)

    async def _outcome(self, call: Call) -> _Outcome:
        """That of a query nobody joined, sent as it was written."""
        try:
            return Data(await self._alone(call))
        except FlyError as error:
            return error

    async def _outcomes(self, asked: list[_Asked]) -> list[_Outcome]:
        """Those of several queries in one request."""
        queries = [each.query for each in asked]
        query, aliases = combined(queries)
        call = _combined(asked, query, aliases)
        try:
            answer = await self._http.ask(call)
        except Refused as refused:
            return [refused for _ in asked]
        if isinstance(answer, Failure):
            failed = [answer.meaning(each.call) for each in asked]
            if isinstance(failed[0], Unreachable) and failed[0].status is None:
                # One slow query may have kept the others waiting: not the next time.
                self._part(asked)
            return [error if _spoils_all(error) else Open() for error in failed]
        got = shares(parse.tree_or_none(answer), aliases, queries)
        return [self._read(each.call, share) for each, share in zip(asked, got, strict=True)]

    def _read(self, call: Call, share: Share) -> _Outcome:
        if isinstance(share, Denied):
            return self._http.meaning(call, share.error)
        return share

    async def _alone(self, call: Call) -> dict[str, Any]:
        answer = parse.tree(call, await self._http.read(call))
        if not isinstance(answer, dict):
            raise failures.shape(call, "the answer", "it is not an object")
        errors = errors_of(answer)
        if errors:
            raise self._http.meaning(call, errors[0])
        data = answer.get("data")
        if not isinstance(data, dict):
            raise failures.shape(call, "data", "it is not an object")
        if call.document:
            self._apart.discard(call.document.name)
        return data


def _combined(asked: list[_Asked], query: Document, aliases: tuple[str, ...]) -> Call:
    """One call for all; what is wrong with it is told for each of them in their own words."""
    variables = {
        f"{alias}_{name}": value
        for alias, each in zip(aliases, asked, strict=True)
        for name, value in each.call.variables.items()
    }
    first = asked[0].call
    return Call(first.service, first.url, "several things", document=query, variables=variables)


def _spoils_all(error: FlyError) -> bool:
    """Whether it is about the token or the way to Fly.io, not about anything asked for.

    A 500 may well be one field that Fly.io stumbles over; a gateway's error is not.
    """
    match error:
        case Unreachable():
            return error.status != 500
        case Refused():
            return error.status != 403
        case _:
            return error.status is not None and 300 <= error.status < 400
