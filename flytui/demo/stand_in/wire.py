"""Requests to the simulated Fly.io, in the form fly makes them; to loopback and nowhere else."""

import ipaddress
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any

_MACAROONS = ("fm1r_", "fm1a_", "fm2_")
_SECONDS = 30
_PAUSES = (0.1, 0.2, 0.4)
"""Between tries after 502 and 503, in seconds."""
_CLIENT = "flytui-demo-stand-in/0"


class Failure(Exception):  # noqa: N818 - what the command ends with, shown after `Error:`
    """The command cannot go on. `hint` follows on its own line."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Refusal(Failure):
    """An answer that is no success."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Wire:
    """The three APIs a command speaks to, each with its own address and header."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._api = _loopback(environment, "FLY_API_BASE_URL")
        self._flaps = _origin(_loopback(environment, "FLY_FLAPS_BASE_URL"))
        self._uiex = _loopback(environment, "FLY_UIEX_BASE_URL")
        self._tokens = _tokens(environment)
        # Proxies of the environment are for the internet, which this program never speaks to.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    @property
    def token(self) -> str:
        """As `fly auth token` prints it: macaroons before others, no scheme."""
        return ",".join(self._tokens)

    @property
    def has_macaroon(self) -> bool:
        return any(token.startswith(_MACAROONS) for token in self._tokens)

    def graphql(
        self, document: str, variables: Mapping[str, Any], operation: str | None = None
    ) -> Any:
        """The answer's `data`; `Failure` with the first error's message otherwise."""
        query = document if operation else " ".join(document.split())
        body: dict[str, Any] = {"query": query, "variables": dict(variables)}
        if operation:
            body["operationName"] = operation
        status, answer = self._send(
            "POST", f"{self._api}/graphql", body, {"Authorization": self._header()}
        )
        if status != 200:
            raise Failure(f"server returned a non-200 status code: {status}")
        errors = answer.get("errors")
        if errors:
            message = errors[0]["message"]
            raise Failure(f"input: {message}" if operation else f"failed to run {query}: {message}")
        return answer["data"]

    def flaps(self, method: str, path: str, body: Any = None, *, nonce: str = "") -> Any:
        """The Machines API: macaroons alone where there are any."""
        headers = {"Authorization": self._header(macaroons_only=True)}
        if nonce:
            headers["fly-machine-lease-nonce"] = nonce
        status, answer = self._send(method, f"{self._flaps}/v1{path}", body, headers)
        if status > 299:
            raise Refusal(status, _flaps_words(status, answer))
        return answer

    def uiex(self, method: str, path: str, body: Any = None) -> Any:
        """`/api/v1`: always `Bearer`, every token, and a content type even without content."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        status, answer = self._send(method, f"{self._uiex}/api/v1{path}", body, headers)
        if status > 299:
            raise Refusal(status, f"(status {status}): {json.dumps(answer)}")
        return answer

    def api(self, path: str) -> Any:
        """A reading of the API beside GraphQL, with GraphQL's header."""
        headers = {"Authorization": self._header()}
        status, answer = self._send("GET", f"{self._api}{path}", None, headers)
        if status > 299:
            raise Refusal(status, f"server returned a non-200 status code: {status}")
        return answer

    def _header(self, *, macaroons_only: bool = False) -> str:
        macaroons = [token for token in self._tokens if token.startswith(_MACAROONS)]
        if not macaroons:
            return f"Bearer {self.token}"
        return f"FlyV1 {','.join(macaroons if macaroons_only else self._tokens)}"

    def _send(self, method: str, url: str, body: Any, headers: dict[str, str]) -> tuple[int, Any]:
        """As often as fly does where Fly.io's edge is at fault, any method."""
        for pause in _PAUSES:
            status, answer = self._send_once(method, url, body, headers)
            if status not in {502, 503}:
                return status, answer
            time.sleep(pause)
        return self._send_once(method, url, body, headers)

    def _send_once(
        self, method: str, url: str, body: Any, headers: dict[str, str]
    ) -> tuple[int, Any]:
        headers = {"User-Agent": _CLIENT, **headers}
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers.setdefault("Content-Type", "application/json")
        request = urllib.request.Request(url, data, headers, method=method)  # noqa: S310 - loopback
        try:
            with self._opener.open(request, timeout=_SECONDS) as response:
                return response.status, _decoded(response.read())
        except urllib.error.HTTPError as error:
            with error:
                return error.code, _decoded(error.read())
        except (urllib.error.URLError, HTTPException, OSError) as error:
            place = f"{method} {urllib.parse.urlsplit(url).path}"
            raise Failure(f"{place}: {getattr(error, 'reason', error)}") from error


def _loopback(environment: Mapping[str, str], name: str) -> str:
    """An address of the simulator; anything else is refused before a byte is sent."""
    url = environment.get(name, "")
    host = urllib.parse.urlsplit(url).hostname or ""
    if not _local(host):
        raise Failure(
            f"{name} does not lead to this computer",
            "This is the stand-in fly of flytui's demo: it speaks to the demo's own server alone.",
        )
    return url.rstrip("/")


def _local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _origin(url: str) -> str:
    """Without its path, which fly drops for the Machines API."""
    parts = urllib.parse.urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _tokens(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The first of the two variables that is present, without its scheme, macaroons first."""
    for name in ("FLY_ACCESS_TOKEN", "FLY_API_TOKEN"):
        if name in environment:
            text = environment[name]
            break
    else:
        text = ""
    while text.partition(" ")[0].lower() in {"bearer", "flyv1"}:
        text = text.partition(" ")[2]
    tokens = [token.strip() for token in text.split(",") if token.strip()]
    if not tokens:
        raise Failure("no access token available. Please login with 'flyctl auth login'")
    return tuple(sorted(tokens, key=lambda token: not token.startswith(_MACAROONS)))


def _decoded(raw: bytes) -> Any:
    """The JSON of an answer; its text where it is none, None where it is empty."""
    try:
        return json.loads(raw) if raw else None
    except ValueError:
        return raw.decode("utf-8", "replace")


def _flaps_words(status: int, answer: Any) -> str:
    if not isinstance(answer, dict):
        return f"request returned non-2xx status: {status}: {answer}"
    return str(answer.get("message") or answer.get("error") or "")
