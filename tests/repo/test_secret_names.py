"""An environment entry is suspected by its name or its value, and its value is never repeated."""

import pytest

from flytui.repo.secret_names import looks_secret, suspicion


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("DB_PASSWORD", "hunter2"),
        ("SECRET_KEY_BASE", "abc"),
        ("STRIPE_API_KEY", "abc"),
        ("RAILS_MASTER_KEY", "abc"),
        ("DATABASE_URL", "file:/data/app.db"),
        ("REDIS_URL", "redis://default:${PASSWORD}@host:6379"),
        ("SENTRY_DSN", "https://abc@o1.ingest.example/1"),
        ("DB_CONNECTION_STRING", "/data/app.db"),
        ("SESSION_COOKIE_NAME", "shop"),
        ("api-key", "abc"),
        ("PASSWORD", "1234"),
    ],
)
def test_a_name_is_enough_for_a_suspicion_and_not_for_certainty(key: str, value: str) -> None:
    found = suspicion(key, value)
    assert found is not None
    assert not found.certain


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("CACHE", "redis://default:hunter2@host:6379"),
        ("THING", "-----BEGIN RSA PRIVATE KEY-----\nxyz"),
        ("THING", "fm2_lJPECAAAAAAAAAAAA"),
        ("THING", "FlyV1 fm2_lJPECAAAAAAAAAAAA"),
        ("THING", "ghp_abcdefghijklmnopqrstuvwxyz0123456789"),
        ("THING", "sk_live_abcdefghijklmnop"),
        ("THING", "AKIAABCDEFGHIJKLMNOP"),
        ("THING", "xoxb-123456789012-abcdef"),
        ("THING", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"),
        ("HOOK", "https://hooks.slack.com/services/T000/B000/XXXX"),
        ("THING", "Zm9vYmFyMTIzNDU2Nzg5MEFCQ0RFRkdISUpLTE1OT1A9"),
        ("NEXT_PUBLIC_KEY", "sk_live_abcdefghijklmnop"),
    ],
)
def test_a_credentials_shape_is_certain_under_any_name(key: str, value: str) -> None:
    found = suspicion(key, value)
    assert found is not None
    assert found.certain
    assert value not in found.reason


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("PORT", "8080"),
        ("PRIMARY_REGION", "ams"),
        ("PWD", "/app"),
        ("NODE_ENV", "production"),
        ("API_TOKEN", ""),
        ("API_TOKEN", "${TOKEN}"),
        ("USE_SECRETS", "true"),
        ("TOKEN_URL", "https://login.example.org/token"),
        ("SECRET_KEY_FILE", "/run/secrets/key"),
        ("NEXT_PUBLIC_API_KEY", "abc"),
        ("STRIPE_PUBLISHABLE_KEY", "pk_live_abc"),
        ("VAPID_PUBLIC_KEY", "BAbc"),
        ("TOKEN_TTL", "3600"),
        ("MAX_TOKENS", "4096"),
        ("COOKIE_SECURE", "strict"),
        ("TOKENIZERS_PARALLELISM", "4"),
        ("GIT_SHA", "Zm9vYmFyMTIzNDU2Nzg5MEFCQ0RFRkdISUpLTE1OT1A9"),
        ("COMMIT", "0123456789abcdef0123456789abcdef01234567"),
        ("DATA_DIR", "/app/data/with/a/long/path/to/somewhere/1234"),
        ("BASALT", "rock"),
        ("METRICS_ENDPOINT", "https://example.org/v1/metrics"),
    ],
)
def test_ordinary_settings_are_not_suspected(key: str, value: str) -> None:
    assert looks_secret(key, value) is None


def test_a_huge_value_is_judged_at_once() -> None:
    assert looks_secret("THING", "a:" * 200_000) is None
