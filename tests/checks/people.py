"""People, tokens and Postgres with defaults, for the checks that look beyond the app."""

from datetime import datetime
from typing import Any

from flytui.facts.fact import Unseen
from flytui.fly.claims import SIGN_ON, Agreement, Claims, Permission
from flytui.fly.models import LimitedAccessToken, Organization, OrganizationApp, Volume
from flytui.fly.models.people import Billing, Factor, Member, PersonalToken, Replays, ThirdParty
from flytui.fly.models.postgres import AttachedApp, Backup, Cluster, Snapshot
from tests.checks.builders import ago, ahead

UNSEEN = Unseen("It could not be looked at.", "Look again.")
ACME = 7
"""The numeric id of the organisation in `confirmed` and `organization`."""


def member(email: str = "ada@example.com", *, admin: bool = False) -> Member:
    return Member.model_validate(
        {
            "node": {"email": email},
            "role": "ADMIN" if admin else "MEMBER",
            "joined_at": ago(days=400),
        }
    )


def factor(email: str = "ada@example.com", *, on: bool = True) -> Factor:
    return Factor.model_validate({"node": {"email": email, "twoFactorProtection": on}})


def token(
    name: str = "ci", *, days: float = 60, by: str = "ada@example.com", revoked: bool = False
) -> LimitedAccessToken:
    """A token with so many days left."""
    return LimitedAccessToken.model_validate(
        {
            "id": f"id-{name}",
            "name": name,
            "profile": "deploy",
            "created_at": ago(days=30),
            "expires_at": ahead(days=days),
            "revoked_at": ago(days=1) if revoked else None,
            "user": {"email": by},
        }
    )


def personal_token(name: str = "laptop") -> PersonalToken:
    return PersonalToken(id=f"id-{name}", name=name, type="pat", created_at=ago(days=500))


def claims(*permissions: Permission, person: bool = True) -> Claims:
    """A person's login; without permissions, an OAuth token alone."""
    return Claims("FLY_API_TOKEN", person, permissions, 0)


def permission(*identities: str, asked: bool = True, apps: tuple[int, ...] = ()) -> Permission:
    """A macaroon of the organisation `acme` that asks for a sign-on, and what it attests to."""
    agreement = Agreement(SIGN_ON, given=True, identities=identities)
    return Permission((ACME,), apps, None, read_only=False, agreements=(agreement,) * asked)


def organization(slug: str = "acme", *, personal: bool = False) -> Organization:
    return Organization(
        id=f"org-{slug}",
        slug=slug,
        raw_slug=slug,
        name=slug,
        type="PERSONAL" if personal else "SHARED",
        internal_numeric_id=ACME,
    )


def neighbour(name: str, *, network: str = "default", role: str | None = None) -> OrganizationApp:
    return OrganizationApp(name=name, status="deployed", network=network, app_role=role)


def replays(*sources: str, everywhere: bool = False) -> Replays:
    return Replays(
        allow_all_cross_network_replays=everywhere, allowed_replay_source_org_slugs=sources
    )


def third_party(*, level: str = "REQUIRED", caveats: str = '["ConfineGoogleHD"]') -> ThirdParty:
    return ThirdParty(
        id="tp1",
        name="company sign-on",
        location=SIGN_ON,
        flyctl_level=level,
        custom_level="DISABLED",
        uiex_level=level,
        caveats=caveats,
    )


def billing(address: str | None = "acme@support.fly.io", status: str = "CURRENT") -> Billing:
    return Billing(paid_support_email=address, paid_plan=True, billing_status=status)


def cluster(name: str = "acme-pg", *apps: str, **more: Any) -> Cluster:
    """A ready cluster with a replica in `ams`, attached to these apps."""
    known: dict[str, Any] = {
        "version": 2,
        "region": "ams",
        "status": "ready",
        "plan": "launch",
        "replicas": 1,
    }
    attached = tuple(AttachedApp(name=app) for app in apps)
    return Cluster(id=f"id-{name}", name=name, attached_apps=attached, **{**known, **more})


def backup(when: datetime, *, kind: str = "full", status: str = "completed") -> Backup:
    return Backup(id=f"b-{when:%d%H}", status=status, type=kind, start=when, stop=when)


def volume(*, scheduled: bool | None = True, created_at: datetime | None = None) -> Volume:
    return Volume(
        id="vol_1",
        name="data",
        state="created",
        size_gb=10,
        region="ams",
        encrypted=True,
        attached_machine_id="148e001",
        created_at=created_at or ago(days=100),
        snapshot_retention=5,
        auto_backup_enabled=scheduled,
    )


def snapshot(when: datetime, status: str = "created") -> Snapshot:
    return Snapshot(id="vs_1", status=status, created_at=when, retention_days=5)
