"""What takes a secret back that was set from here."""

from decimal import Decimal

from flytui.remedy import Inverse


def unset_again(app: str, key: str, *flags: str) -> Inverse:
    """Only for a secret that was not there before: nobody can bring a former value back."""
    restart = "no Machine restarts" if "--stage" in flags else "the Machines restart without it"
    return Inverse(
        argv=("fly", "secrets", "unset", key, *flags, "-a", app),
        title=f"Unset the secret {key}",
        changes=f"{app} has no secret {key} any more; {restart}.",
        reversible=False,
        undo="no: nobody can read the value any more",
        cost_per_month_usd=Decimal(0),
    )
