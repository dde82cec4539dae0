"""Setting a secret that is not there yet, and what takes that back."""

from decimal import Decimal

from flytui.remedy import Blank, Command, Inverse


def set_now(app: str, key: str, why: str, pattern: str = r"\S+") -> Command:
    """The value goes to standard input; the Machines restart with it."""
    return Command(
        argv=("fly", "secrets", "import", "-a", app),
        title=f"Set the secret {key}",
        why=why,
        changes=f"{app} has the secret {key}, and its Machines restart with it, one by one.",
        alters=frozenset({"secrets", "machines", "releases", "app"}),
        dependents=(f"Requests to {app} meet restarting Machines for some minutes.",),
        cost_per_month_usd=Decimal(0),
        undo=f"fly secrets unset {key} -a {app}",
        inverse=unset_again(app, key),
        target=f"{key} of {app}",
        blanks=(Blank("value", f"Value of {key}", pattern, secret=True),),
        stdin=f"{key}={{value}}\n",
    )


def unset_again(app: str, key: str, *flags: str) -> Inverse:
    """Only for a secret that was not there before: nobody can bring a former value back."""
    restart = "no Machine restarts" if "--stage" in flags else "the Machines restart without it"
    return Inverse(
        argv=("fly", "secrets", "unset", key, *flags, "-a", app),
        title=f"Unset the secret {key}",
        changes=f"{app} has no secret {key} any more; {restart}.",
        reversible=False,
        undo="no: nobody can read the value afterwards",
        cost_per_month_usd=Decimal(0),
    )
