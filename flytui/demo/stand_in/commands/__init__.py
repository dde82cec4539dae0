"""Every command the stand-in knows."""

from flytui.demo.stand_in.command import Command
from flytui.demo.stand_in.commands import (
    accounts,
    addresses,
    apps,
    certificates,
    cordons,
    logs,
    machines,
    postgres,
    scaling,
    secrets,
    tokens,
)

COMMANDS: tuple[Command, ...] = (
    *accounts.COMMANDS,
    *addresses.COMMANDS,
    *apps.COMMANDS,
    *certificates.COMMANDS,
    *cordons.COMMANDS,
    *logs.COMMANDS,
    *machines.COMMANDS,
    *postgres.COMMANDS,
    *scaling.COMMANDS,
    *secrets.COMMANDS,
    *tokens.COMMANDS,
)
