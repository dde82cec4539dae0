"""The ways a request can fail, each with what happened and a cure a person can follow."""


class FlyError(Exception):
    """A request to Fly.io that did not give an answer we can use.

    `cause` is one sentence without any credential; `cure` says what to do about it.
    """

    kind = "error"

    def __init__(self, cause: str, cure: str, *, status: int | None = None) -> None:
        super().__init__(cause)
        self.cause = cause
        self.cure = cure
        self.status = status
        """The HTTP status, where there was one."""


class Refused(FlyError):  # noqa: N818  (named for what happened)
    """The token may not do this, or is not accepted at all."""

    kind = "refused"

    def __init__(
        self, cause: str, cure: str, *, status: int | None = None, accepted: bool = True
    ) -> None:
        super().__init__(cause, cure, status=status)
        if status == 401 or not accepted:
            self.kind = "not accepted"
            """The token has ended, was revoked, or never was one: nobody would be told more."""


class Missing(FlyError):  # noqa: N818  (named for what happened)
    """What was asked for does not exist, as far as this token can see."""

    kind = "missing"


class Unreachable(FlyError):  # noqa: N818  (named for what happened)
    """No answer: no connection, a timeout, too many requests, or an outage on the other side."""

    kind = "unreachable"


class Unexpected(FlyError):  # noqa: N818  (named for what happened)
    """An answer that is not what Fly.io documents: a missing field, another type, not JSON."""

    kind = "unexpected"
