"""The app itself, its organisation, and what GraphQL tells about it."""

from typing import Annotated, Any, Literal

from pydantic import AliasChoices, AliasPath, BeforeValidator, Field

from flytui.fly.models.base import GraphModel, Model, Text, Time


def _number(value: object) -> object:
    """GraphQL's `BigInt` comes as text."""
    return int(value) if isinstance(value, str) and value.isdecimal() else value


class Organization(GraphModel):
    """The organisation an app belongs to."""

    id: Text
    slug: Text
    """`personal` for a personal organisation, whatever its real slug."""
    raw_slug: Text
    name: Text
    type: Literal["PERSONAL", "SHARED"]
    internal_numeric_id: Annotated[int | None, BeforeValidator(_number)] = None
    """By which macaroons and Fly.io's Grafana name it."""

    @property
    def personal(self) -> bool:
        return self.type == "PERSONAL"


class Release(GraphModel):
    """The current release, with the fly.toml it was deployed from as Fly.io keeps it."""

    id: Text
    version: int
    status: Text
    created_at: Time
    image_ref: Text | None = None
    deployment_strategy: Text | None = None
    config_definition: dict[str, Any] | None = None
    """fly.toml as an object; None when Fly.io has none (Machines API apps)."""


class Role(GraphModel):
    name: Text


class App(GraphModel):
    """GraphQL `app(name)`, the part every item may rely on."""

    id: Text
    name: Text
    internal_numeric_id: int
    hostname: Text | None
    status: Text
    """`deployed`, `suspended`, `pending`."""
    deployed: bool
    platform_version: Text | None
    network: Text | None
    cname_target: Text | None
    organization: Organization
    role: Role | None
    current_release: Release | None
    """None: never deployed."""

    @property
    def production(self) -> bool:
        """Whether its name or its organisation's says production."""
        words = set(
            f"{self.name} {self.organization.slug}".lower()
            .replace("-", " ")
            .replace("_", " ")
            .split()
        )
        return bool(words & {"prod", "production", "prd", "live"})


class Owner(GraphModel):
    """An organisation, by name alone."""

    slug: Text
    raw_slug: Text


class Deployment(GraphModel):
    """When a release was made."""

    created_at: Time


class ListedApp(GraphModel):
    """An app among all that the token sees."""

    name: Text
    status: Text
    organization: Owner
    role: Role | None
    current_release: Deployment | None
    """None: never deployed."""


class Viewer(GraphModel):
    """Who the token belongs to: a person, or (as `Macaroon`) nobody in particular."""

    kind: Text = Field(validation_alias=AliasChoices("__typename", "kind"))
    """`User` or `Macaroon`."""
    email: Text


class HostIssue(GraphModel):
    """A host of Fly.io's in trouble that this app has Machines on."""

    internal_id: Text
    message: Text | None
    created_at: Time
    resolved_at: Time | None


class AddOn(GraphModel):
    """An extension provisioned through Fly.io."""

    id: Text
    name: Text | None
    status: Text | None
    error_message: Text | None = None


class DeploymentSource(GraphModel):
    """Fly.io's own GitHub integration, where the app uses it."""

    provider: Text
    repository_url: Text
    ref: Text
    connected: bool


class LimitedAccessToken(GraphModel):
    """A token of the app or organisation; its value is never asked for."""

    id: Text
    name: Text
    profile: Text
    created_at: Time
    expires_at: Time
    revoked_at: Time | None
    user_email: Text = Field(validation_alias=AliasPath("user", "email"))


class OrganizationApp(Model):
    """An app in a listing of an organisation (Machines API)."""

    name: Text
    status: Text
    network: Text
    app_role: Text | None = None
    """`postgres_cluster`, `remote-docker-builder`; none for all others."""


class ReleaseRecord(Model):
    """One entry of the releases of `/api/v1` (ui-ex)."""

    id: Text
    version: int
    status: Text
    created_at: Time
    user: Text | None = None
