"""The checkout flytui runs in, read only: fly.toml, workflows, dependency manifests."""

from flytui.repo.checkout import (
    BrokenFile,
    Checkout,
    DeployStep,
    LocalConfig,
    LocalService,
    LocalVm,
    Manifest,
    ReviewStep,
    Workflow,
)

__all__ = [
    "BrokenFile",
    "Checkout",
    "DeployStep",
    "LocalConfig",
    "LocalService",
    "LocalVm",
    "Manifest",
    "ReviewStep",
    "Workflow",
]
