"""Facts of the checkout flytui runs in, and of what its owners declared."""

from flytui.facts.fact import Ask, Needs, fact
from flytui.repo import Checkout
from flytui.settings import Preferences


@fact("the checkout", needs=Needs.NOTHING)
async def checkout(ask: Ask) -> Checkout:
    """fly.toml, workflows and dependency manifests of the folder flytui was started in."""
    return ask.checkout


@fact("flytui's configuration", needs=Needs.NOTHING)
async def preferences(ask: Ask) -> Preferences:
    """What was declared about the app, and the thresholds in force."""
    return ask.preferences
