"""The environment that points `fly`, and flytui, at the demo and at nothing else."""

import shlex
from collections.abc import Mapping

_NOBODY_LISTENS = "http://127.0.0.1:9"
"""The discard port: a proxy that refuses, for whatever would leave this machine."""


def environment(url: str, token: str, config_folder: str) -> dict[str, str]:
    """Every variable `fly` needs for a run that reaches nothing but the demo."""
    return {
        "FLY_API_BASE_URL": url,
        "FLY_FLAPS_BASE_URL": url,
        "FLY_UIEX_BASE_URL": url,
        "FLY_ACCESS_TOKEN": token,
        "FLY_CONFIG_DIR": config_folder,
        "FLY_SEND_METRICS": "0",
        "FLY_METRICS_BASE_URL": url,
        "FLY_SYNTHETICS_AGENT": "0",
        "FLY_SYNTHETICS_BASE_URL": url,
        "FLY_NO_UPDATE_CHECK": "1",
        "FLY_NO_INCIDENTS_CHECK": "1",
        "HTTP_PROXY": _NOBODY_LISTENS,
        "HTTPS_PROXY": _NOBODY_LISTENS,
        "FLYCTL_STATUSLOGGER_NO_ERROR": "1",
        "NO_COLOR": "1",
    }


def exports(variables: Mapping[str, str]) -> str:
    """Shell lines ready for `eval`."""
    return "".join(f"export {name}={shlex.quote(value)}\n" for name, value in variables.items())
