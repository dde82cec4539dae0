"""Every command the stand-in knows."""

from flytui.demo.stand_in.command import Command
from flytui.demo.stand_in.commands import (
    accounts,
    addresses,
    apps,
    certificates,
    cordons,
    databases,
    extensions,
    logs,
    machines,
    organizations,
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
    *databases.COMMANDS,
    *extensions.COMMANDS,
    *logs.COMMANDS,
    *machines.COMMANDS,
    *organizations.COMMANDS,
    *postgres.COMMANDS,
    *scaling.COMMANDS,
    *secrets.COMMANDS,
    *tokens.COMMANDS,
)
