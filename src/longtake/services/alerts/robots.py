"""What the group bots of WeCom and DingTalk need beyond what Apprise does for them.

Both answer a refusal with status 200 and an ``errcode``, which would pass for a success. DingTalk wants its
signature encoded once (open.dingtalk.com, custom robot security settings); handed over encoded, it would be
encoded twice and never match.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any
from urllib.parse import unquote

BOTS = ("wecombot", "dingtalk")


def ready(scheme: str, plugin: Any) -> None:
    """Make a plugin of one of the bots tell a refusal, and sign once; nothing happens to any other."""
    if scheme not in BOTS:
        return
    module: Any = import_module(f"apprise.plugins.{scheme}")
    if not isinstance(module.requests, _Listening):
        module.requests = _Listening(module.requests)
    if scheme == "dingtalk" and plugin.secret:
        signature = plugin.get_signature

        def once() -> tuple[str, str]:
            timestamp, signed = signature()
            return timestamp, unquote(signed)

        plugin.get_signature = once


def refusal(answer: Any) -> int:
    """Return the ``errcode`` of a bot's answer; 0 when it holds none."""
    try:
        said = answer.json()
    except ValueError:
        return 0
    code = said.get("errcode", 0) if isinstance(said, dict) else 0
    return code if isinstance(code, int) else 0


class _Listening:
    """The ``requests`` library for one plugin, whose posts fail where the bot says that they did."""

    def __init__(self, library: Any) -> None:
        self._library = library

    def __getattr__(self, name: str) -> Any:
        """Return everything else as it is."""
        return getattr(self._library, name)

    def post(self, *args: Any, **named: Any) -> Any:
        """Post, and raise where the answer holds an error code."""
        answer = self._library.post(*args, **named)
        code = refusal(answer)
        if code:
            logging.getLogger("apprise").warning("the bot refused: error=%s", code)
            raise self._library.RequestException(f"errcode {code}")
        return answer
