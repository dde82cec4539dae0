"""A login session's fresh tokens, from `fly auth token --json`, which renews them on the way."""

import asyncio
import contextlib
import json
import os
import signal
from collections.abc import Mapping

from flytui import programs

_MISLEADING = {
    "FLY_ACCESS_TOKEN",
    "FLY_API_TOKEN",
    "FLY_APP",
    "FLY_JSON",
    "FLY_ORG",
    "FLY_ORGANIZATION",
    "FLY_REGION",
    "FLY_VERBOSE",
    "LOG_LEVEL",
}
"""Would make `fly` answer for something else than the session, or say more than the token."""
_LARGEST = 64 * 1024


async def session_token(fly: str, environ: Mapping[str, str], deadline: float = 20.0) -> str | None:
    """The session's tokens, renewed; None when `fly` gives none. The answer is kept nowhere."""
    environment = {name: value for name, value in environ.items() if name not in _MISLEADING}
    environment |= {"FLY_NO_UPDATE_CHECK": "1", "NO_COLOR": "1"}
    try:
        process = await asyncio.create_subprocess_exec(
            fly,
            "auth",
            "token",
            "--json",
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=programs.without_checkout(environment),
            cwd="/",  # nothing of the checkout counts
            start_new_session=True,
            limit=_LARGEST,
        )
    except OSError:
        return None
    try:
        async with asyncio.timeout(deadline):
            printed, _ = await process.communicate()
    except TimeoutError:
        return None
    finally:
        await _end(process)
    return _token(printed) if process.returncode == 0 else None


async def _end(process: asyncio.subprocess.Process) -> None:
    """Nothing of the command outlives us, its children included."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await asyncio.shield(process.wait())


def _token(printed: bytes) -> str | None:
    try:
        answer = json.loads(printed)
    except (ValueError, RecursionError):
        return None
    token = answer.get("token") if isinstance(answer, dict) else None
    return token if isinstance(token, str) and token.strip() else None
