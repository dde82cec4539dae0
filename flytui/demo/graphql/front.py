"""POST /graphql: a document executed over the world, errors in Fly.io's shapes."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Any

from graphql import (
    GraphQLAbstractType,
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    execute_sync,
    parse,
    validate,
)

from flytui.demo.access import authenticate
from flytui.demo.graphql.apps import (
    ADDRESS,
    APP,
    RELEASE,
    RELEASE_UNPROCESSED,
    SECRET,
    TOKEN,
    role_type,
)
from flytui.demo.graphql.certificates import CERTIFICATE
from flytui.demo.graphql.machines import MACHINE, VOLUME, event_type
from flytui.demo.graphql.mutations import MUTATIONS
from flytui.demo.graphql.organizations import (
    ADD_ON,
    INVITATION,
    ORGANIZATION,
    USER,
    principal_type,
)
from flytui.demo.graphql.organizing import ORGANIZING
from flytui.demo.graphql.peers import PEERS
from flytui.demo.graphql.queries import ATTACHMENT, QUERIES, VM_SIZE
from flytui.demo.graphql.resolving import Fields, attribute
from flytui.demo.problems import Missing, Problem, Refused, Unauthenticated
from flytui.demo.state import Json
from flytui.demo.world import World

_FIELDS: dict[str, Fields] = {
    "AddOn": ADD_ON,
    "App": APP,
    "AppCertificate": CERTIFICATE,
    "IPAddress": ADDRESS,
    "LimitedAccessToken": TOKEN,
    "Machine": MACHINE,
    "Mutations": MUTATIONS | ORGANIZING | PEERS,
    "Organization": ORGANIZATION,
    "OrganizationInvitation": INVITATION,
    "PostgresClusterAttachment": ATTACHMENT,
    "Queries": QUERIES,
    "Release": RELEASE,
    "ReleaseUnprocessed": RELEASE_UNPROCESSED,
    "Secret": SECRET,
    "User": USER,
    "VMSize": VM_SIZE,
    "Volume": VOLUME,
}

_KINDS = {"AppRole": role_type, "MachineEvent": event_type, "Principal": principal_type}


def sdl() -> str:
    """The demo's own schema, a part of Fly.io's."""
    return resources.files("flytui.demo").joinpath("schema.graphql").read_text("utf-8")


@cache
def executable() -> GraphQLSchema:
    """The schema with every table of resolvers in its place. Built once, never changed."""
    schema = build_schema(sdl())
    for type_name, fields in _FIELDS.items():
        type_ = schema.type_map[type_name]
        assert isinstance(type_, GraphQLObjectType)  # noqa: S101 - our own SDL; narrows the type
        for name, resolver in fields.items():
            type_.fields[name].resolve = resolver
    for type_name, kind in _KINDS.items():
        _tell_apart(schema, type_name, kind)
    return schema


def _tell_apart(schema: GraphQLSchema, name: str, kind: Any) -> None:
    type_ = schema.type_map[name]
    assert isinstance(type_, GraphQLAbstractType)  # noqa: S101 - our own SDL; narrows the type
    type_.resolve_type = lambda value, _info, _type: kind(value)


def answer(schema: GraphQLSchema, world: World, authorization: str | None, body: Json) -> Json:
    """The body of the reply, always sent with status 200."""
    try:
        access = authenticate(world, authorization)
        document = parse(str(body.get("query") or ""))
    except Unauthenticated as problem:
        return {"data": None, "errors": [_problem(problem)]}
    except GraphQLError as error:
        return {"errors": [_error(error)]}
    if wrong := validate(schema, document):
        return {"errors": [_error(error) for error in wrong]}
    result = execute_sync(
        schema,
        document,
        context_value=access,
        variable_values=body.get("variables") or {},
        operation_name=body.get("operationName") or None,
        field_resolver=attribute,
    )
    errors = _errors(result.errors or ())
    return {"data": _plain(result.data), **({"errors": errors} if errors else {})}


def _plain(value: Any) -> Any:
    """JSON; times in RFC 3339 with a zone, as flyctl's decoder demands."""
    match value:
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case dict():
            return {key: _plain(one) for key, one in value.items()}
        case list():
            return [_plain(one) for one in value]
        case _:
            return value


def _errors(errors: Sequence[GraphQLError]) -> list[Json]:
    """In Fly.io's shape; a fault of the demo itself is raised, not served."""
    for error in errors:
        if error.original_error and not isinstance(error.original_error, Problem | GraphQLError):
            raise error.original_error
    return [_error(error) for error in errors]


def _error(error: GraphQLError) -> Json:
    if isinstance(error.original_error, Problem):
        return _problem(error.original_error, error.path)
    shown: Json = {"message": error.message, "path": error.path or []}
    shown["locations"] = [{"line": at.line, "column": at.column} for at in error.locations or ()]
    return shown | {"extensions": {"code": "INVALID_ARGUMENTS"}}


def _problem(problem: Problem, path: Sequence[str | int] | None = None) -> Json:
    match problem:
        case Unauthenticated():
            code, message = "UNAUTHORIZED", str(problem)
        case Refused():
            code, message = "UNAUTHORIZED", "Not authorized to view this."
        case Missing():
            code, message = "NOT_FOUND", str(problem)
        case _:
            code, message = "UNPROCESSABLE", str(problem)
    return {"message": message, "path": list(path or ()), "extensions": {"code": code}}
