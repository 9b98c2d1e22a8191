"""A plugged model as two questions: what do you answer to these messages, what are these texts' vectors."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any

from longtake.services.models.errors import ModelAnswerError, ModelSettingError, ModelUnreachableError
from longtake.services.models.settings import EMBEDDING, NAME, Settings
from longtake.services.models.wire.address import Endpoint, Resolve, checked, look_up
from longtake.services.models.wire.transport import Busy, Line

ATTEMPTS = 3
PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
MOST_CHAT_BYTES = 262_144
MOST_EMBEDDING_BYTES = 16_777_216

Message = Mapping[str, str]


class Client:
    """Speaks to one server; may be used by several threads at once.

    The address is checked and pinned when the client is made; making it opens no connection.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        resolve: Resolve = look_up,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Check the address.

        Args:
            settings: The model.
            resolve: Looks the host's name up, once.
            sleep: Waits between attempts.

        Raises:
            ModelAddressError: Comments may not be sent there.
        """
        self.settings = settings
        self.endpoint: Endpoint = checked(settings, resolve=resolve)
        self._sleep = sleep
        self._idle: list[Line] = []
        self._lock = threading.Lock()

    @property
    def chat_name(self) -> str:
        """Name of the model that answers messages.

        Raises:
            ModelSettingError: None is named.
        """
        if not self.settings.chat_name:
            raise ModelSettingError(NAME, "is not set", fix="Give the name your server lists.")
        return self.settings.chat_name

    @property
    def embedding_name(self) -> str:
        """Name of the model that answers vectors.

        Raises:
            ModelSettingError: None is named.
        """
        if not self.settings.embedding_name:
            raise ModelSettingError(EMBEDDING, "is not set", fix="Give the name your server lists.")
        return self.settings.embedding_name

    def chat(
        self, messages: Sequence[Message], *, answer: Mapping[str, Any] | None, most_tokens: int, seed: int
    ) -> str:
        """Return what a model says to messages; it is given no tool and may ask for none.

        Args:
            messages: Role and content of each.
            answer: JSON schema the answer must have; None when the server takes no schema.
            most_tokens: Most tokens of the answer.
            seed: For servers that draw at temperature 0 too.

        Raises:
            ModelSettingError: No model is named.
            ModelUnreachableError: No answer after three attempts.
            ModelAnswerError: The answer has not the protocol's form, or asks for a tool.
        """
        body = chat_body(self.chat_name, messages, answer=answer, most_tokens=most_tokens, seed=seed)
        return _said(self._ask("/chat/completions", body, MOST_CHAT_BYTES))

    def vectors(self, texts: Sequence[str]) -> Any:
        """Return the parsed answer to a request for vectors, unchecked.

        Raises:
            ModelSettingError: No model is named.
            ModelUnreachableError: No answer after three attempts.
            ModelAnswerError: The answer is no JSON, too long, or sends elsewhere.
        """
        body = {"encoding_format": "float", "input": list(texts), "model": self.embedding_name}
        return self._ask("/embeddings", body, MOST_EMBEDDING_BYTES)

    def close(self) -> None:
        """Hang up."""
        with self._lock:
            idle, self._idle = self._idle, []
        for line in idle:
            line.close()

    def __enter__(self) -> Client:
        """Use the client in a ``with`` block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Hang up."""
        self.close()

    def _ask(self, path: str, body: Mapping[str, Any], most_bytes: int) -> Any:
        """Post, and post again where the server was busy or hung up."""
        raw = encoded(body)
        for attempt in range(1, ATTEMPTS + 1):
            line = self._line()
            try:
                return line.post(path, raw, most_bytes=most_bytes)
            except ModelUnreachableError as error:
                if attempt == ATTEMPTS:
                    raise ModelUnreachableError(error.reason, status=error.status, attempts=attempt) from None
                asked = error.wait_s if isinstance(error, Busy) else None
                pause = PAUSE_S * 2 ** (attempt - 1) if asked is None else asked
                self._sleep(min(pause, LONGEST_PAUSE_S))
            finally:
                with self._lock:
                    self._idle.append(line)
        raise AssertionError("unreachable")  # pragma: no cover

    def _line(self) -> Line:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return Line(self.endpoint, self.settings.key, self.settings.timeout_s)


def encoded(body: Mapping[str, Any]) -> bytes:
    """Return a request's bytes: keys sorted, so that the same question is the same bytes."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def chat_body(
    model: str, messages: Sequence[Message], *, answer: Mapping[str, Any] | None, most_tokens: int, seed: int
) -> dict[str, Any]:
    """Return the body of a chat request: temperature 0, no stream, no tools."""
    body: dict[str, Any] = {
        "max_tokens": most_tokens,
        "messages": [dict(message) for message in messages],
        "model": model,
        "seed": seed,
        "stream": False,
        "temperature": 0,
    }
    if answer is not None:
        schema = {"name": "answers", "schema": answer, "strict": True}
        body["response_format"] = {"json_schema": schema, "type": "json_schema"}
    return body


def _said(answer: Any) -> str:
    """Return the one message of a chat answer."""
    choices = answer.get("choices") if isinstance(answer, dict) else None
    if not isinstance(choices, list) or len(choices) != 1 or not isinstance(choices[0], dict):
        raise ModelAnswerError("it does not hold one choice")
    message = choices[0].get("message")
    if not isinstance(message, dict):
        raise ModelAnswerError("its choice holds no message")
    if message.get("tool_calls") or message.get("function_call"):
        raise ModelAnswerError("it asks for a tool, and there is none")
    content = message.get("content")
    if not isinstance(content, str):
        raise ModelAnswerError("its message holds no text")
    return content
