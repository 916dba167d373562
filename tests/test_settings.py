"""The product starts bare, and is strict where it is told that it serves the public."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from mlarch.secret_key import kept_secret_key

PRODUCTION = {
    "ALLOWED_HOSTS": "mlarch.example.org",
    "SECRET_KEY": "b7f0d1c94e8a42d6b3a5f1e29c7d80a6b7f0d1c94e8a42d6b3a5f1e29c7d80a6",
    "DATABASE_URL": "postgres://mlarch:secret@db.example.org:5432/mlarch",
}
NAMES = (
    "ALLOWED_HOSTS",
    "SECRET_KEY",
    "DATABASE_URL",
    "DEBUG",
    "EMAIL_URL",
    "EMAIL_VERIFICATION",
    "TRUSTED_PROXY_COUNT",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if name not in NAMES}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env={**bare, "DJANGO_SETTINGS_MODULE": "mlarch.settings", **environment},
        capture_output=True,
        text=True,
    )


def value_of(expression: str, **environment: str) -> str:
    code = f"from django.conf import settings; print({expression})"
    return run("-c", code, **environment).stdout.strip()


def test_a_production_server_passes_the_deployment_checks() -> None:
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr


def test_https_is_asked_for_only_where_hosts_are_named() -> None:
    expression = "settings.SECURE_SSL_REDIRECT, settings.SESSION_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS > 0"
    assert value_of(expression, SECRET_KEY="bare") == "False False False"
    assert value_of(expression, **PRODUCTION) == "True True True"


def test_one_variable_moves_to_postgresql() -> None:
    expression = "settings.DATABASES['default']['ENGINE'], settings.DATABASES['default']['CONN_MAX_AGE']"
    assert value_of(expression, **PRODUCTION) == "django.db.backends.postgresql 60"


def test_addresses_are_confirmed_only_where_a_server_sends_the_mail() -> None:
    expression, server = (
        "settings.ACCOUNT_EMAIL_VERIFICATION",
        {"EMAIL_URL": "smtp+tls://me:secret@mail.example.org:587"},
    )
    assert value_of(expression, SECRET_KEY="bare") == "none"
    assert value_of(expression, SECRET_KEY="bare", **server) == "optional"
    assert value_of(expression, SECRET_KEY="bare", EMAIL_VERIFICATION="mandatory") == "mandatory"


def test_forwarded_headers_are_believed_only_behind_a_named_proxy() -> None:
    assert value_of("settings.SECURE_PROXY_SSL_HEADER", **PRODUCTION) == "None"
    assert "https" in value_of("settings.SECURE_PROXY_SSL_HEADER", **PRODUCTION, TRUSTED_PROXY_COUNT="1")


def test_a_secret_key_is_made_once_and_kept_from_other_users(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret-key"
    made = kept_secret_key(path)
    assert len(made) >= 50
    assert kept_secret_key(path) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret-key"]


def test_of_two_workers_starting_together_the_first_key_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret-key"
    path.write_text("made by the other")
    monkeypatch.setattr(Path, "exists", lambda self: False)
    assert kept_secret_key(path) == "made by the other"


def test_the_kept_secret_is_never_committed() -> None:
    assert "/var/" in (Path(settings.BASE_DIR) / ".gitignore").read_text().splitlines()
