"""What all models share: frozen, only the fields we use, text made harmless on the way in."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic.alias_generators import to_camel

from flytui.text import plain

Text = Annotated[str, AfterValidator(plain)]
"""A string from outside, without terminal sequences."""


def _zoned(value: datetime) -> datetime:
    """Fly.io's times are UTC; some come without a zone."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)


Time = Annotated[datetime, AfterValidator(_zoned)]


def _listed(value: object) -> object:
    return [] if value is None else value


def _mapped(value: object) -> object:
    return {} if value is None else value


NullAsEmpty = BeforeValidator(_listed)
"""Go serialises an empty list as null; a *missing* key still fails where it is needed."""
NullAsEmptyMap = BeforeValidator(_mapped)
"""The same for a map."""


class Model(BaseModel):
    """REST: field names as they are. A field we need and miss is an error, never a default."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)


class GraphModel(Model):
    """GraphQL: camelCase on the wire."""

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        defer_build=True,
        alias_generator=to_camel,
        populate_by_name=True,
    )
