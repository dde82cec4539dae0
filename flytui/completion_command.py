"""`flytui completion`: prints what makes a shell complete flytui's words. No network."""

from flytui import checklist
from flytui.arguments import parser
from flytui.completion import commands, script
from flytui.demo.scenario import names
from flytui.exit_code import ExitCode
from flytui.streams import Streams


def tell(shell: str, streams: Streams) -> ExitCode:
    """Print the shell's script."""
    items = checklist.load()
    known = {
        "item": tuple(item.id for item in items),
        "section": tuple(section.id for section in items.sections),
        "scenario": names(),
    }
    streams.write(script(shell, tuple(commands(parser(), known))))
    return ExitCode.DONE
