"""Networking: a domain of one's own, a dedicated IPv4 address, Flycast."""

from flytui.checks.custom_domain import custom_domain
from flytui.checks.flycast import flycast
from flytui.checks.ipv4 import ipv4

__all__ = ["custom_domain", "flycast", "ipv4"]
