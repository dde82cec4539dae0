"""Why the simulated Fly.io refuses; each front puts it into its own shape."""


class Problem(Exception):  # noqa: N818 - a refusal of the simulated service, not a fault of ours
    """Something asked of the world cannot be answered or done."""


class Unauthenticated(Problem):
    """No token, or one nobody knows, expired or revoked (401, `UNAUTHORIZED`)."""


class Refused(Problem):
    """The thing exists and the token may not touch it (403, `UNAUTHORIZED`)."""


class Missing(Problem):
    """There is no such thing (404, `NOT_FOUND`)."""


class Conflict(Problem):
    """Somebody else holds it (409)."""


class Invalid(Problem):
    """The request makes no sense (422, `UNPROCESSABLE`)."""

    def __init__(self, message: str, status: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        """The Machines API's own word for it: `name_taken`, `insufficient_capacity`."""
