"""Where flytui looks and as whom: flags, then environment, then fly.toml, then Fly's config.yml."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Limits that are ours, not Fly.io's, each with its unit."""

    certificate_action_days: int = 7
    certificate_advice_days: int = 21
    custom_certificate_advice_days: int = 30
    far_region_km: int = 3000
    far_region_share: float = 0.10
    """Share of requests entering farther away than `far_region_km` that is worth a region."""
    small_memory_mb: int = 512
    """Up to here, swap is worth suggesting."""
    stale_review_app_days: int = 14
    long_token_days: int = 365


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the owners declared about one app, and the thresholds in force."""

    private: bool | None = None
    """True: must not be reachable from the internet. False: meant for it. None: nobody said."""
    thresholds: Thresholds = field(default_factory=Thresholds)
