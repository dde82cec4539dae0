"""The section modules, imported for what they register."""

from flytui.checks import (  # noqa: F401  (importing them registers their checks)
    availability,
    cicd,
    databases,
    monitoring,
    networking,
    performance,
    security,
    support,
)
