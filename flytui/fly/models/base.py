"""What all models share: frozen, only the fields we use, text made harmless on the way in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic.alias_generators import to_camel
from pydantic_core import core_schema

from flytui.text import unbroken

Text = Annotated[str, AfterValidator(unbroken)]
"""A string from outside, on one line and without terminal sequences."""


def _zoned(value: datetime) -> datetime:
    """Fly.io's times are UTC; some come without a zone."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)


Time = Annotated[datetime, AfterValidator(_zoned)]


@dataclass(frozen=True, slots=True)
class _NullAs:
    """Takes null for an empty value and hands anything else on as it came."""

    empty: Callable[[], object]

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        # Not a validator that goes before: after one, strict models refuse JSON's lists and times.
        return core_schema.no_info_after_validator_function(
            lambda value: self.empty() if value is None else value,
            core_schema.nullable_schema(handler(source)),
        )


NullAsEmpty = _NullAs(tuple)
"""Go serialises an empty list as null; a *missing* key still fails where it is needed."""
NullAsEmptyMap = _NullAs(dict)
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
