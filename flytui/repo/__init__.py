"""The checkout flytui runs in, read only: fly.toml, workflows, dependency manifests."""

from flytui.repo.checkout import BrokenFile, Checkout, LocalConfig, LocalService, Manifest, Workflow

__all__ = ["BrokenFile", "Checkout", "LocalConfig", "LocalService", "Manifest", "Workflow"]
