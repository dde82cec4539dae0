"""`logs --no-tail`: the newest lines."""

import time
from typing import Any
from urllib.parse import urlencode

from flytui.demo.stand_in.command import OF_APP, Command, Invocation, say, say_json, warn
from flytui.demo.stand_in.flags import JSON, REGION, Flag
from flytui.demo.stand_in.wire import Failure

_TRIES = 5
_PAUSE = 0.128
_SHOWN = ("level", "instance", "message", "region", "timestamp")


def _logs(call: Invocation) -> None:
    """One page of lines. Where there is none fly asks for ever; this stops after a few times."""
    if not call.switch("no-tail"):
        raise Failure("the demo cannot follow logs", "Ask for the newest with --no-tail.")
    for _ in range(_TRIES):
        lines = _page(call)
        if lines:
            for line in lines:
                _show(call, line["attributes"])
            return
        time.sleep(_PAUSE)  # as fly does between two looks
    warn(f"{call.app} has logged nothing")


def _page(call: Invocation) -> list[dict[str, Any]]:
    asked = {"next_token": ""}
    asked |= {"instance": call.text("machine")} if call.text("machine") else {}
    asked |= {"region": call.text("region")} if call.text("region") else {}
    answer = call.wire.api(f"/api/v1/apps/{call.app}/logs?{urlencode(asked)}")
    return list(answer["data"])


def _show(call: Invocation, line: dict[str, Any]) -> None:
    if call.json:
        say_json({key: line[key] for key in _SHOWN})
        return
    place = f"app[{line['instance']}] {line['region']}"
    say(f"{line['timestamp']} {place} [{line['level']}] {line['message']}")


COMMANDS = (
    Command(
        ("logs",),
        _logs,
        "Show an app's newest log lines",
        (
            *OF_APP,
            JSON,
            REGION,
            Flag("machine", "m", aliases=("instance",)),
            Flag("no-tail", "n", "switch"),
        ),
        most=0,
    ),
)
