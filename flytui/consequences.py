"""What a person must know before a command runs, a row each: the card's words. Pure."""

from flytui.commands import Behaviour, behaviour
from flytui.remedy import NOTHING_TO_UNDO, Command, money


def rows(command: Command) -> tuple[tuple[str, str], ...]:
    """Label and words, the gravest first. A label may come several times, one after the other."""
    known = behaviour(command.argv)
    dependents = command.dependents or ("nobody that flytui can see",)
    told = [
        ("what changes", command.changes),
        ("undo", _undo(command)),
        ("fly will ask", command.fly_asks),
        *(("who depends", sentence) for sentence in dependents),
        ("costs", _cost(command, known)),
    ]
    if known is not None:
        told.append(("visible", known.visible))
    if command.typed is not None:
        told.append(("reads", _reads(command.stdin)))
    if command.interactive:
        told.append(("runs", "in the terminal itself, as fly asks questions"))
    if command.prints_secret:
        told.append(("prints", "a credential, once: it is shown and not kept"))
    return tuple(told)


def _cost(command: Command, known: Behaviour | None) -> str:
    """The change of the bill, and where a price that is not zero was read, and when."""
    told = money(command.cost_per_month_usd, command.cost_note)
    if known is None or (command.cost_per_month_usd == 0 and not command.cost_note):
        return told
    return f"{told} ({known.price.words})"


def _reads(template: str) -> str:
    """What goes to standard input, with the secrets left as blanks."""
    return f"{template.strip()} on standard input; what was typed is kept nowhere"


def _undo(command: Command) -> str:
    if command.undo == NOTHING_TO_UNDO:
        return "there is nothing to undo"
    answer = "yes" if command.reversible else "no"
    if not command.undo or command.undo.startswith(answer):
        return command.undo or answer
    return f"{answer}: {command.undo}"
