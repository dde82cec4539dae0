"""A stand-in for `fly` in the demo: the commands the remedies use, spoken to loopback alone."""

import shlex
import sys
from pathlib import Path

_SCRIPT = """\
#!/bin/sh
# The stand-in for fly of flytui's demo: it speaks to the demo's own server and nothing else.
PYTHONPATH={root} exec {python} -P -m flytui.demo.stand_in "$@"
"""


def install(folder: Path) -> Path:
    """Writes an executable `fly` into the folder, which then belongs in front of PATH."""
    root = Path(__file__).parents[3]
    script = folder / "fly"
    script.write_text(
        _SCRIPT.format(root=shlex.quote(str(root)), python=shlex.quote(sys.executable)), "utf-8"
    )
    script.chmod(0o755)
    return script
