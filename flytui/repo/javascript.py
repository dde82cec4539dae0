"""Whether the app that runs on Fly.io is JavaScript; a package.json alone does not make it so."""

import re
from collections.abc import Iterable
from pathlib import Path

from flytui.repo.checkout import Checkout, LocalConfig, Manifest
from flytui.repo.files import inside
from flytui.repo.parsing import Unreadable, text_of
from flytui.repo.shell import join

_RUNTIME = re.compile(r"(?:^|/)(?:node|bun|deno|denoland|oven)(?:[/:@-]|$)|nodejs", re.IGNORECASE)
_OTHER_RUNTIME = re.compile(
    r"(?:^|[/:-])(?:python|ruby|golang|go|elixir|erlang|gleam|swift|rust|php|openjdk|java|temurin"
    r"|dotnet|aspnet|sdk|perl|crystal|haskell|clojure|nginx|caddy|postgres|mysql|mongo|redis"
    r"|fullstaq-ruby|hexpm|uv)(?:[/:@-]|$)",
    re.IGNORECASE,
)
_COMMAND = re.compile(
    r"""["'\s/\[](?:node|bun|deno|npm|npx|yarn|pnpm|next|tsx|ts-node|pm2)["'\s,]"""
)
_ENVIRONMENT = re.compile(r"NODE_ENV|NODE_OPTIONS|(?:NEXT|NUXT|EXPO)_PUBLIC_\w+|BUN_ENV")
_OTHER_COMMAND = re.compile(
    r"gunicorn|uvicorn|python|bundle|rails|puma|mix |/server\b.*start|java |dotnet |php"
)


def app_is_javascript(checkout: Checkout, config: LocalConfig | None = None) -> bool | None:
    """Whether this configuration's app is; without one, whether any app of the checkout is."""
    every = (checkout.config, *checkout.other_configs)
    configs = [config] if config else [c for c in every if isinstance(c, LocalConfig)]
    places = [(c.path.rpartition("/")[0], c.dockerfile) for c in configs] or [("", None)]
    verdicts = [
        runs_javascript(checkout.root, folder, dockerfile, checkout.manifests)
        for folder, dockerfile in places
    ]
    if not any(verdict is not None for verdict in verdicts):
        return True if any(map(_ENVIRONMENT.fullmatch, _keys(configs))) else None
    return True if True in verdicts else False if False in verdicts else None


def _keys(configs: Iterable[LocalConfig]) -> list[str]:
    return [key for config in configs for key in config.env]


def runs_javascript(
    root: Path, folder: str, dockerfile: str | None, manifests: Iterable[Manifest]
) -> bool | None:
    """For a configuration in `folder`: its Dockerfile decides, then the nearest manifests.

    None when there is neither.
    """
    known = list(manifests)
    for path in _dockerfiles(folder, dockerfile):
        verdict = _dockerfile_verdict(root, path)
        if verdict is not None:
            return verdict
    for place in _upwards(folder):
        near = {m.language for m in known if m.path.rpartition("/")[0] == place}
        if near:
            return near == {"javascript"}
    return None


def _upwards(folder: str) -> list[str]:
    """The folder and those above it, up to the checkout itself."""
    parts = folder.split("/") if folder else []
    return ["/".join(parts[:length]) for length in range(len(parts), -1, -1)]


def _dockerfiles(folder: str, named: str | None) -> list[str]:
    if named:
        return [join(folder, named), join("", named)]
    return [join(place, "Dockerfile") for place in _upwards(folder)]


def _dockerfile_verdict(root: Path, path: str) -> bool | None:
    """By its last command, else by the image of the last stage that tells a language."""
    file = inside(root, path)
    try:
        text = text_of(file) if file else ""
    except Unreadable:
        return None
    last_command = (re.findall(r"^\s*(?:CMD|ENTRYPOINT)\s.*", text, re.MULTILINE) or [""])[-1]
    verdicts = [
        _verdict(last_command, _COMMAND, _OTHER_COMMAND),
        *(_verdict(image, _RUNTIME, _OTHER_RUNTIME) for image in reversed(_stages(text))),
    ]
    return next((verdict for verdict in verdicts if verdict is not None), None)


def _verdict(text: str, ours: re.Pattern[str], theirs: re.Pattern[str]) -> bool | None:
    if theirs.search(text):
        return False
    return True if ours.search(f"{text} ") else None


def _stages(text: str) -> list[str]:
    """The image each stage begins with, in order; stages that build on others name theirs."""
    arguments = dict(re.findall(r"^\s*ARG\s+(\w+)=\"?([^\s\"]+)", text, re.MULTILINE))
    names: dict[str, str] = {}
    found = []
    pattern = r"^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?"
    for image, name in re.findall(pattern, text, re.MULTILINE | re.IGNORECASE):
        base = names.get(image.lower(), image)
        for _ in range(3):
            base = re.sub(
                r"\$\{?(\w+)(?::?-([^}]*))?\}?",
                lambda match: str(arguments.get(match[1], match[2] or "")),
                base,
            )
        names[name.lower()] = base
        found.append(base)
    return found
