"""Passwords as Argon2 hashes."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password, make_password


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    return str(make_password(password))


def matches(password: str, kept: str) -> bool:
    """Whether a password is the one that was kept."""
    return bool(check_password(password, kept))
