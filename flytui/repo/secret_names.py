"""Which environment entries look like secrets, told without ever repeating a value."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Why an environment entry looks like a secret."""

    reason: str
    """A clause that names the key's word or the value's shape, never the value."""
    certain: bool
    """The value itself has the shape of a credential; otherwise only the name speaks."""


def looks_secret(key: str, value: str) -> str | None:
    """The reason to take this entry for a secret, free of its value; None when there is none."""
    found = suspicion(key, value)
    return found.reason if found else None


def suspicion(key: str, value: str) -> Suspicion | None:
    """A credential's shape counts under any name; a name counts unless its value clears it."""
    text = value.strip()[:_LONGEST]
    if key.upper() in _PLATFORM or not text:
        return None
    if shape := _shape(text):
        return Suspicion(f"the value looks like {shape}", certain=True)
    if _PUBLIC_KEY.search(key) or _POINTER_KEY.search(key) or _harmless(text):
        return None
    return _less_plain(key, text)


_LONGEST = 8192
"""Characters of a value that are looked at."""


def _less_plain(key: str, text: str) -> Suspicion | None:
    if _JWT.fullmatch(text):
        return Suspicion("the value looks like a JSON Web Token", certain=True)
    if (name := _KEY.search(key)) and not _is_setting(key, text):
        return Suspicion(f"its name contains {name.group(0).upper().strip('_')}", certain=False)
    if _opaque(key, text):
        return Suspicion("the value is long and looks random", certain=True)
    return None


_PLATFORM = frozenset(
    {
        "FLY_PROCESS_GROUP",
        "FLY_RESTORED_FROM",
        "FLY_SCALE_TO_ZERO",
        "FLY_STANDBY_FOR",
        "OLDPWD",
        "PORT",
        "PRIMARY_REGION",
        "PWD",
    }
)
_KEY = re.compile(
    r"PASSWORD|PASSWD|(?<![A-Z0-9])PWD(?![A-Z0-9])|SECRET|TOKEN(?!IZ)|API[_-]?KEY|ACCESS[_-]?KEY"
    r"|PRIVATE[_-]?KEY|SIGNING_KEY|CREDENTIAL|PASSPHRASE|(?:^|_)DSN$|DATABASE_URL|REDIS_URL"
    r"|MONGO(?:DB)?_UR[IL]|AMQP_URL|POSTGRES(?:QL)?_UR[IL]|CONNECTION_STRING|COOKIE"
    r"|(?<![A-Z0-9])SALT(?![A-Z0-9])|ENCRYPTION_KEY|MASTER_KEY",
    re.IGNORECASE,
)
_PUBLIC_KEY = re.compile(
    r"^(?:NEXT_PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|VITE|REACT_APP|GATSBY|PUBLIC)_"
    r"|PUBLIC_?KEY|PUBLISHABLE|_ANON_KEY$",
    re.IGNORECASE,
)
_POINTER_KEY = re.compile(r"_(?:FILE|PATH|DIR|DIRECTORY)$", re.IGNORECASE)
_SETTING_KEY = re.compile(
    r"_(?:TTL|AGE|EXPIRY|EXPIRATION|EXPIRES|EXPIRES_IN|LENGTH|LIMIT|SIZE|COUNT|ROUNDS|TIMEOUT"
    r"|SECONDS|MINUTES|HOURS|DAYS|MS|ENABLED|DISABLED|REQUIRED|SECURE|SAMESITE|HTTPONLY|ALGORITHM"
    r"|ALG|VERSION|POLICY)$|^MAX_|_MAX_|_MIN_",
    re.IGNORECASE,
)
_SHAPES = (
    (re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"), "a private key"),
    (re.compile(r"(?:^|\s|,)(?:FlyV1\s|fm[12][ar]?_|fo1_)\S{8,}"), "a Fly.io token"),
    (re.compile(r"\b(?:gh[pousr]_|github_pat_)\w{16,}"), "a GitHub token"),
    (re.compile(r"\b[rs]k_(?:live|test)_\w{10,}"), "a Stripe secret key"),
    (re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"), "an AWS access key"),
    (re.compile(r"\bxox[abeoprs]-[\w-]{10,}"), "a Slack token"),
    (re.compile(r"\bglpat-[\w-]{16,}"), "a GitLab token"),
    (re.compile(r"\bsk-(?:ant-|proj-)?[\w-]{20,}"), "an API key"),
    (re.compile(r"\bSG\.[\w-]{16,}\.[\w-]{16,}"), "a SendGrid key"),
    (re.compile(r"//hooks\.slack\.com/services/\w+/"), "a Slack webhook"),
    (re.compile(r"//(?:\w+\.)?discord(?:app)?\.com/api/webhooks/\d+/"), "a Discord webhook"),
)
_URL_PASSWORD = re.compile(r"\b[a-z][a-z0-9+.-]{0,30}://[^\s/?#@:]*:([^\s/?#@]+)@", re.IGNORECASE)
_JWT = re.compile(r"eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*")
_PLACEHOLDER = re.compile(
    r"\$\{[^}]*\}|\$\(\w+\)|\$\w+|\{\{[^}]*\}\}|<[^>]*>|%\w+%|\*+|x{3,}", re.IGNORECASE
)
_WORD_VALUE = re.compile(r"true|false|yes|no|on|off|null|none", re.IGNORECASE)
_PLAIN_URL = re.compile(r"(?:https?|wss?)://[^\s@]*", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?[a-z]{0,4}", re.IGNORECASE)
_CLEAR_KEY = re.compile(
    r"SHA|COMMIT|REVISION|DIGEST|HASH|VERSION|CHECKSUM|FINGERPRINT|(?:^|_)U?U?ID$"
    r"|IMAGE|CLASS|BUCKET|CLIENT_ID",
    re.IGNORECASE,
)
_OPAQUE = re.compile(r"[A-Za-z0-9+/_=-]{32,}")


def _shape(text: str) -> str | None:
    for pattern, name in _SHAPES:
        if pattern.search(text):
            return name
    passwords = (match.group(1) for match in _URL_PASSWORD.finditer(text))
    if any(not _PLACEHOLDER.fullmatch(password) for password in passwords):
        return "a URL with a password in it"
    return None


def _harmless(text: str) -> bool:
    return any(p.fullmatch(text) for p in (_WORD_VALUE, _PLACEHOLDER, _PLAIN_URL))


def _is_setting(key: str, text: str) -> bool:
    """`TOKEN_TTL=3600` and `MAX_TOKENS=4096` set a limit; `PASSWORD=1234` is a password."""
    return bool(_SETTING_KEY.search(key) and (_NUMBER.fullmatch(text) or text.isalpha()))


def _opaque(key: str, text: str) -> bool:
    if _CLEAR_KEY.search(key) or not _OPAQUE.fullmatch(text) or text.startswith("/"):
        return False
    kinds = (str.isupper, str.islower, str.isdigit)
    mixed = all(any(test(letter) for letter in text) for test in kinds)
    return mixed and sum(letter.isdigit() for letter in text) >= 4
