"""What a failed request means: which of the four errors, its cause and its cure in words."""

import json
import shlex
from collections.abc import Callable
from typing import Any

from flytui.expiry import LOOKING
from flytui.fly.auth import Tokens
from flytui.fly.call import Call
from flytui.fly.errors import FlyError, Missing, Refused, Unexpected, Unreachable
from flytui.text import one_line

_LATER = "Look at https://status.flyio.net and look again in a while."
_REPORT = "Refresh; if it stays, report it with the output of `flytui --version`."
_ADDRESSES = "Check FLY_API_BASE_URL, FLY_FLAPS_BASE_URL and FLY_UIEX_BASE_URL."
_LONGEST = 200


def by_status(call: Call, status: int, body: bytes, tokens: Tokens) -> FlyError:
    """The error an HTTP status other than 200 stands for."""
    said = _said(body, tokens)
    answer = f"{status} ({said})" if said else str(status)
    redirect = 300 <= status < 400
    note = ", a redirect, which was not followed" if redirect else ""
    kind, cure = _by_status(call, status, tokens)
    return kind(f"{_asked(call)} answered {answer}{note}.", cure, status=status)


def _by_status(call: Call, status: int, tokens: Tokens) -> tuple[type[FlyError], str]:
    plain: dict[int, tuple[type[FlyError], str]] = {
        401: (Refused, _sign_in(call, tokens)),
        403: (Refused, _other_token(call)),
        404: (Missing, _look_again(call)),
        407: (Unreachable, "Put the proxy's user and password into HTTPS_PROXY."),
        408: (Unreachable, _LATER),
        429: (Unreachable, "Fly.io limits how often it may be asked; look again in a minute."),
    }
    if status in plain:
        return plain[status]
    if 300 <= status < 400:
        return Unexpected, _ADDRESSES
    return (Unreachable, _LATER) if status >= 500 else (Unexpected, _REPORT)


def by_graphql(call: Call, error: Any, tokens: Tokens) -> FlyError:
    """The error an entry of GraphQL's `errors` stands for."""
    entry = error if isinstance(error, dict) else {}
    extensions = entry.get("extensions")
    code = extensions.get("code") if isinstance(extensions, dict) else None
    said = _clean(str(entry.get("message") or code or "an error without words"), tokens)
    cause = f"{_asked(call)} answered: {said.rstrip('.')}."
    return _of_graphql(str(code or ""), said.lower())(call, cause, tokens)


_Maker = Callable[[Call, str, Tokens], FlyError]


def _of_graphql(code: str, said: str) -> _Maker:
    if code in {"UNAUTHORIZED", "FORBIDDEN", "UNAUTHENTICATED"}:
        return _refused_by_graphql
    if code == "NOT_FOUND":
        return lambda call, cause, _: Missing(cause, _look_again(call))
    if code in {"MAINTENANCE", "SERVER_ERROR", "INTERNAL_SERVER_ERROR", "SERVICE_UNAVAILABLE"}:
        return lambda _, cause, __: Unreachable(cause, _LATER)
    if not code and "could not find" in said:
        return lambda call, cause, _: Missing(cause, _look_again(call))
    if not code and any(w in said for w in ("authenticated", "authorized", "permission")):
        return _refused_by_graphql
    return lambda _, cause, __: Unexpected(cause, _REPORT)


def _refused_by_graphql(call: Call, cause: str, tokens: Tokens) -> FlyError:
    """One code covers a token that is not accepted and one that may not do this."""
    if "authenticat" in cause.lower():
        return Refused(cause, _sign_in(call, tokens), accepted=False)
    return Refused(cause, _other_token(call))


def missing(call: Call) -> Missing:
    """Nothing of that name came back, and no error said why."""
    return Missing(f"{_asked(call)} knows none that this token can see.", _look_again(call))


def shape(call: Call, where: str, problem: str) -> Unexpected:
    """The answer lacks a field or has it in another type."""
    cause = f"{_asked(call)} answered in another shape: {where}: {problem}."
    return Unexpected(cause, _REPORT)


def not_json(call: Call) -> Unexpected:
    return Unexpected(f"{_asked(call)} answered something that is not JSON.", _REPORT)


def too_large(call: Call, megabytes: int) -> Unexpected:
    return Unexpected(f"{_asked(call)} answered more than {megabytes} MB.", _REPORT)


def too_many_pages(call: Call) -> Unexpected:
    return Unexpected(f"{_asked(call)} went on with pages without an end.", _REPORT)


def no_answer(call: Call, why: str, tokens: Tokens) -> Unreachable:
    """The connection could not be made or broke."""
    cause = f"{_asked(call)} gave no answer: {_clean(why, tokens).rstrip('.')}."
    cure = "Check the connection, the proxy settings and https://status.flyio.net, then look again."
    return Unreachable(cause, cure)


def bad_address(call: Call) -> Unexpected:
    return Unexpected(
        f"{_asked(call)} could not be asked: its address is not one.",
        _ADDRESSES,
    )


def in_clear(call: Call) -> Refused:
    """Our own refusal: the token would have travelled readable by anyone on the way."""
    return Refused(
        f"{_asked(call)} was not asked: its address is not https, and the token would travel in"
        " clear.",
        "Use an https address in FLY_API_BASE_URL, FLY_FLAPS_BASE_URL and FLY_UIEX_BASE_URL.",
    )


def _asked(call: Call) -> str:
    return f"{call.host} ({call.service}), asked for {one_line(call.what, 120)},"


def _said(body: bytes, tokens: Tokens) -> str:
    """The server's own words, where the body is JSON that has some."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(answer, dict):
        return ""
    errors = answer.get("errors")
    detail = errors.get("detail") if isinstance(errors, dict) else None
    words = next((w for w in (answer.get("message"), answer.get("error"), detail) if w), "")
    return _clean(words, tokens) if isinstance(words, str) else ""


def _clean(text: str, tokens: Tokens) -> str:
    return one_line(tokens.redact(text), _LONGEST)


def _sign_in(call: Call, tokens: Tokens) -> str:
    if tokens.session:
        return "Sign in again with `fly auth login`."
    return (
        f"The token from {tokens.origin} is not accepted: it may have ended or been revoked."
        f" Make another with `{_token_command(call)}`, or sign in with `fly auth login` and use"
        " that."
    )


def _other_token(call: Call) -> str:
    return f"This token may not read that. One that may: `{_token_command(call)}`."


def _token_command(call: Call) -> str:
    if call.organization:
        return f"fly tokens create readonly {shlex.quote(call.organization)} -x {LOOKING}"
    if call.app:
        return f"fly tokens create deploy -a {shlex.quote(call.app)} -x {LOOKING}"
    return f"fly tokens create readonly -x {LOOKING}"


def _look_again(call: Call) -> str:
    if call.app:
        return "Check the name: `fly apps list` shows the apps this token can see."
    return "Check the name: `fly orgs list` shows the organisations this token can see."
