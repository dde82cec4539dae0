"""Facts of the checkout flytui runs in, and of what its owners declared."""

from flytui.facts.fact import Ask, Needs, fact
from flytui.fly.errors import Unexpected
from flytui.repo import Checkout
from flytui.settings import Preferences


@fact("the checkout", needs=Needs.NOTHING)
async def checkout(ask: Ask) -> Checkout:
    """fly.toml, workflows and dependency manifests of the folder flytui was started in."""
    if ask.checkout.stranger:
        raise Unexpected(
            f"The folder flytui runs in does not name {ask.app}, so nothing in it was taken for"
            " this app's.",
            f"Start flytui in the folder of {ask.app}'s fly.toml.",
        )
    return ask.checkout


@fact(".flytui/config.toml", needs=Needs.NOTHING)
async def preferences(ask: Ask) -> Preferences:
    """What was declared about the app, and the thresholds in force."""
    return ask.preferences
