"""A scenario's tables made into the records of a world; what a table leaves out has a default."""

from flytui.demo.building.apps import build_app
from flytui.demo.building.crowd import crowd
from flytui.demo.building.extras import build_add_on, build_cluster, build_series
from flytui.demo.building.people import build_organization

__all__ = ["build_add_on", "build_app", "build_cluster", "build_organization", "build_series"]
__all__ += ["crowd"]
