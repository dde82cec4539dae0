"""Records of the world as the JSON documents of Fly.io's REST APIs."""

from datetime import UTC, datetime


def moment(value: datetime) -> str:
    """RFC 3339 in UTC with a zone, the one form Go accepts everywhere."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").replace(".000000Z", "Z")
