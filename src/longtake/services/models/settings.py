"""Which model is plugged in, as the environment tells; by default none."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from longtake.services.models.errors import ModelSettingError

URL = "LONGTAKE_MODEL_URL"
KEY = "LONGTAKE_MODEL_KEY"
NAME = "LONGTAKE_MODEL_NAME"
EMBEDDING = "LONGTAKE_EMBEDDING_NAME"
TIMEOUT = "LONGTAKE_MODEL_TIMEOUT"
ALLOWED = "LONGTAKE_MODEL_ALLOW_HOST"
DEFAULT_TIMEOUT = 30.0
LONGEST_TIMEOUT = 600.0
_LONGEST_NAME = 200


class Secret:
    """A key that no print, log or traceback shows.

    Examples:
        >>> Secret("sk-1"), f"{Secret('sk-1')}", bool(Secret(""))
        (Secret(set), 'Secret(set)', False)
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the key, for the one header that carries it."""
        return self._value

    def __bool__(self) -> bool:
        """Whether there is one."""
        return bool(self._value)

    def __repr__(self) -> str:
        """Say whether there is one."""
        return f"Secret({'set' if self._value else 'empty'})"

    def __reduce__(self) -> str | tuple[object, ...]:
        """Refuse to be copied into a file or another process.

        Raises:
            TypeError: Always.
        """
        raise TypeError("a key is not written down")


@dataclass(frozen=True, slots=True)
class Settings:
    """One plugged model.

    Attributes:
        url: Base URL of the server, with or without ``/v1``.
        chat_name: Model that answers ``/v1/chat/completions``; empty when none is named.
        embedding_name: Model that answers ``/v1/embeddings``; empty when none is named.
        key: Sent as a bearer token; may be empty.
        timeout_s: Most seconds one attempt may take, from connecting to the last byte.
        allowed: Host names and addresses, other than this machine, that the operator named.
    """

    url: str
    chat_name: str = ""
    embedding_name: str = ""
    key: Secret = field(default_factory=lambda: Secret(""))
    timeout_s: float = DEFAULT_TIMEOUT
    allowed: frozenset[str] = frozenset()


def configured(environ: Mapping[str, str] | None = None) -> Settings | None:
    """Return the model that the environment names; None when it names none, which is the default.

    Raises:
        ModelSettingError: A value cannot be used; it is not quoted.

    Examples:
        >>> configured({}) is None
        True
        >>> configured({"LONGTAKE_MODEL_URL": "http://127.0.0.1:8000/v1"}).timeout_s
        30.0
    """
    env = os.environ if environ is None else environ
    url = env.get(URL, "").strip()
    if not url:
        return None
    return Settings(
        url=url,
        chat_name=_name(env, NAME),
        embedding_name=_name(env, EMBEDDING),
        key=_key(env),
        timeout_s=_timeout(env),
        allowed=frozenset(part.strip().lower() for part in env.get(ALLOWED, "").split(",") if part.strip()),
    )


def required(environ: Mapping[str, str] | None = None) -> Settings:
    """Return the model that the environment names.

    Raises:
        ModelSettingError: It names none, or a value cannot be used.
    """
    settings = configured(environ)
    if settings is None:
        raise ModelSettingError(
            URL, "is not set, so no model is plugged in", fix=f"Set it, and {NAME}, then run this again."
        )
    return settings


def _name(env: Mapping[str, str], variable: str) -> str:
    name = env.get(variable, "").strip()
    if len(name) > _LONGEST_NAME or not name.isprintable():
        raise ModelSettingError(variable, "is no model name", fix="Give the name your server lists.")
    return name


def _key(env: Mapping[str, str]) -> Secret:
    key = env.get(KEY, "").strip()
    if not all("!" <= character <= "~" for character in key):
        raise ModelSettingError(KEY, "holds a character that no key has", fix="Copy it anew, on one line.")
    return Secret(key)


def _timeout(env: Mapping[str, str]) -> float:
    text = env.get(TIMEOUT, "").strip()
    try:
        seconds = float(text) if text else DEFAULT_TIMEOUT
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= LONGEST_TIMEOUT:
        raise ModelSettingError(
            TIMEOUT,
            f"is no number of seconds up to {LONGEST_TIMEOUT:.0f}",
            fix=f"Leave it out for {DEFAULT_TIMEOUT:.0f}.",
        )
    return seconds
