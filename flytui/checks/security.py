"""Security: sign-in, isolation, tokens, secrets, exposure, application security."""

from flytui.checks.arcjet import arcjet
from flytui.checks.exposure import exposure
from flytui.checks.isolation import isolation
from flytui.checks.least_privilege import least_privilege
from flytui.checks.secrets import secrets
from flytui.checks.sso import sso

__all__ = ["arcjet", "exposure", "isolation", "least_privilege", "secrets", "sso"]
