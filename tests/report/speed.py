"""How long a check takes beside the requests it waits for: `python -m tests.report.speed [MS]`.

Starts the demo with this latency (100 ms if not given), runs `flytui check` on storefront five
times, each in a process of its own, and prints for each: seconds from start to exit, seconds during
which at least one request was under way, the ratio of the two, and in brackets the requests, how
many of them waited for each other in a row, the exit code, and whether Textual was imported.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from flytui.demo.process import start

RUNS = 5
INNER = """
import sys, time
spans = []
from flytui.fly.http import Http
ask = Http.ask
async def timed(self, call):
    begun = time.time()
    answer = await ask(self, call)
    spans.append((begun, time.time()))
    return answer
Http.ask = timed
from flytui.cli import main
code = main(["check", "--format", "json", "--output", sys.argv[2]])
ended, waited, until = time.time(), 0.0, 0.0
for begun, done in sorted(spans):
    waited += max(0.0, done - max(begun, until))
    until = max(until, done)
deep = []
for begun, done in sorted(spans):
    deep.append((done, 1 + max((depth for end, depth in deep if end <= begun), default=0)))
depth = max(depth for _, depth in deep)
print(ended - float(sys.argv[1]), waited, len(spans), depth, code, "textual" in sys.modules)
"""


def once(environ: dict[str, str], folder: Path, file: Path) -> tuple[float, float, str]:
    """Seconds in all, seconds of waiting, and the rest of what it noted."""
    ended = subprocess.run(
        [sys.executable, "-c", INNER, str(time.time()), str(file)],
        env=environ,
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    total, waited, *rest = ended.stdout.split()
    return float(total), float(waited), " ".join(rest)


def main() -> None:
    latency = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with (
        tempfile.TemporaryDirectory() as place,
        start("storefront", latency=latency / 1000) as demo,
    ):
        own = {name: value for name, value in os.environ.items() if not name.startswith("FLY")}
        for _ in range(RUNS):
            file = Path(place) / "out.json"
            total, waited, rest = once(own | dict(demo.environment), demo.checkout, file)
            ratio = total / waited
            told = f"{total:.2f} s in all, {waited:.2f} s of waiting, ratio {ratio:.2f} ({rest})"
            sys.stdout.write(f"{told}\n")


if __name__ == "__main__":
    main()
