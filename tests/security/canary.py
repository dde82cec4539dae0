"""Canaries: a token and secrets found nowhere else, put where such things live, and looked for."""

import base64
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx

from tests.simulated import Simulated, simulated

TOKEN = "CanaryTokenWithoutAnyPrefixOfFlyIo"
"""Only its own text gives it away: no pattern for Fly.io's tokens knows it."""
FOREIGN = "fm2_CanaryOfAnotherPersonsToken"
"""A token of somebody else's, in a server's words or in a program's output."""
VALUES = tuple(f"Canary{number}SecretValue{number * 7919}" for number in range(20))
"""Secrets that flytui reads and has to keep to itself."""

ENVIRONMENT = {
    "DB_PASSWORD": VALUES[0],
    "GREETING": VALUES[1],
    "DATABASE_URL": f"postgres://shop:{VALUES[2]}@db.internal:5432/shop?sslpassword={VALUES[3]}",
    "SENTRY_DSN": f"https://{VALUES[4]}@o1.ingest.sentry.io/1",
    "PRIVATE_KEY": f"-----BEGIN PRIVATE KEY-----\n{VALUES[5]}\n-----END PRIVATE KEY-----",
    "STRIPE": f"sk_live_{VALUES[6]}",
}
FILES = {
    "Dockerfile": f"FROM node:22\nARG NPM_TOKEN={VALUES[7]}\nENV API_KEY={VALUES[8]}\n",
    ".env": f"SECRET={VALUES[9]}\n",
    "package.json": json.dumps({"scripts": {"deploy": f"TOKEN={VALUES[10]} fly deploy"}}),
    ".github/workflows/release.yml": f"""
on: push
env:
  API_KEY: {VALUES[11]}
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: fly deploy --build-secret key={VALUES[12]} -t {FOREIGN}
        env:
          FLY_API_TOKEN: {FOREIGN}
          PASSWORD: {VALUES[13]}
""",
}
FLY_ENV = f"""[env]
  ADMIN_PASSWORD = "{VALUES[14]}"
  COLOUR = "{VALUES[15]}"
"""
FLY_TOML = f"""
[build.args]
  NPM_TOKEN = "{VALUES[16]}"
"""
RELEASE = "node dist/migrate.js"
NOSY = f"""#!{sys.executable} -ISu
import json, os, sys
from pathlib import Path
told = Path(__file__).parent.parent / "told"
seen = dict(os.environ)
for folder in Path("/proc").glob("[0-9]*"):
    try:
        seen[str(folder)] = (folder / "cmdline").read_bytes().decode(errors="replace")
    except OSError:
        pass
name = Path(sys.argv[0]).name
text = "" if sys.stdin is None or sys.stdin.isatty() or name == "editor" else sys.stdin.read()
record = json.dumps([sys.argv, text, seen])
(told / f"{{name}}-{{os.getpid()}}").write_text(record)
token = os.environ.get("FLY_ACCESS_TOKEN", "")
print("Canary", name, token, "{FOREIGN}", "https://me:{FOREIGN}@example.com")
print(token, file=sys.stderr)
"""
"""A program that notes all it is given and can see, and prints the token it was given."""
PROGRAMS = ("fly", "git", "editor", "xclip", "xdg-open")


class Quoting(httpx.AsyncBaseTransport):
    """Answers with errors that quote what they were sent, once it is told to."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self.inner = inner
        self.spoiled = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self.inner.handle_async_request(request)
        if not self.spoiled:
            return answer
        shown = request.headers["Authorization"]
        said = f"bad token {shown}, try {FOREIGN} at https://me:{FOREIGN}@example.com"
        if request.url.path == "/graphql":
            return httpx.Response(200, json={"errors": [{"message": said}], "data": None})
        return httpx.Response(403, json={"error": said})


@dataclass
class Nest:
    """A simulated world with canaries in it, and the places in which none may turn up."""

    world: Simulated
    bin: Path
    told: Path
    """What programs were given; the only place outside of the checkout that may hold anything."""
    quoting: Quoting
    said: list[str] = field(default_factory=list)
    """Whatever was shown, printed or handed out."""

    @property
    def environ(self) -> dict[str, str]:
        given = {n: v for n, v in self.world.environ.items() if n != "FLY_ACCESS_TOKEN"}
        return {**given, "PATH": str(self.bin), "FLY_API_TOKEN": TOKEN, "COPY_OF_IT": TOKEN}

    @property
    def written(self) -> Iterator[tuple[str, str]]:
        """Every file but those in which we put canaries."""
        spared = (self.told, self.bin, self.world.folder / "checkout")
        for path in self.world.folder.rglob("*"):
            if path.is_file() and not any(path.is_relative_to(place) for place in spared):
                yield str(path), path.read_text(errors="replace")

    def given(self, program: str) -> list[tuple[list[str], str, dict[str, str]]]:
        """Words, input and surroundings of each run of the program."""
        return [json.loads(path.read_text()) for path in self.told.glob(f"{program}-*")]


def nest(folder: Path) -> Nest:
    """The storefront, with canaries in its Machines and in its checkout."""
    world = simulated("storefront", folder)
    state = world.scenario.world
    state.sessions.append(replace(state.sessions[1], id="canary", value=TOKEN))
    for machine in state.apps["storefront"].machines.values():
        _tell(machine.config)
    checkout = folder / "checkout"
    for name, text in FILES.items():
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).write_text(text)
    before = (checkout / "fly.toml").read_text()
    after = before.replace("[env]\n", FLY_ENV).replace(RELEASE, f"{RELEASE} -p {VALUES[17]}")
    assert VALUES[14] in after
    assert VALUES[17] in after
    (checkout / "fly.toml").write_text(after + FLY_TOML)
    for name in ("bin", "told", "tmp"):
        (folder / name).mkdir()
    for name in PROGRAMS:
        (folder / "bin" / name).write_text(NOSY)
        (folder / "bin" / name).chmod(0o755)
    world.transport.inner = quoting = Quoting(world.transport.inner)
    return Nest(world, folder / "bin", folder / "told", quoting)


def _tell(config: dict[str, Any]) -> None:
    config["env"] = {**config.get("env", {}), **ENVIRONMENT}
    config["init"] = {"cmd": ["serve", f"--password={VALUES[18]}"]}
    raw = base64.b64encode(VALUES[19].encode()).decode()
    config["files"] = [{"guest_path": "/etc/key.pem", "raw_value": raw}]


def sightings(texts: Iterable[tuple[str, str]]) -> list[str]:
    """Where a canary was seen: the place and the canary."""
    forms = {
        form: canary
        for canary in (TOKEN, FOREIGN.removeprefix("fm2_"), *VALUES)
        for form in (canary, base64.b64encode(canary.encode()).decode()[:16], canary[::-1])
    }
    return [f"{place}: {forms[form]}" for place, text in texts for form in forms if form in text]
