"""Tokens that stand in links: long, random, kept only as a digest."""

from __future__ import annotations

import hashlib
import secrets

BYTES = 24


def fresh() -> tuple[str, str]:
    """Return a new token and its digest."""
    token = secrets.token_urlsafe(BYTES)
    return token, digest(token)


def digest(token: str) -> str:
    """Return what is kept of a token.

    Examples:
        >>> len(digest("x")), digest("x") == digest("y")
        (64, False)
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
