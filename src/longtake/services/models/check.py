"""Whether a model is plugged in, may be spoken to, answers, and answers in a form that can be believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from longtake.errors import LongtakeError
from longtake.services.models.embedding import embed
from longtake.services.models.labelling import SAMPLE, label_with_chat
from longtake.services.models.labels import named
from longtake.services.models.prompt import TOKENS_PER_TEXT, messages, schema
from longtake.services.models.settings import EMBEDDING, NAME, URL, Settings, configured
from longtake.services.models.wire.address import Resolve, look_up
from longtake.services.models.wire.client import Client, chat_body, encoded


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        name: url, address, chat or embedding.
        ok: True, False, or None where nothing is wrong but something is absent.
        says: Key of the sentence under ``models``; empty where an error speaks.
        slots: What goes into the sentence.
        error: What was wrong; None where nothing was.
    """

    name: str
    ok: bool | None
    says: str = ""
    slots: tuple[tuple[str, str], ...] = ()
    error: LongtakeError | None = None


def check(environ: Mapping[str, str] | None = None, *, resolve: Resolve = look_up) -> tuple[Finding, ...]:
    """Return what was found, in order; asks the server about one invented comment, never about a stored one.

    Args:
        environ: Variables; by default the process's own.
        resolve: Looks the host's name up.
    """
    return tuple(_findings(environ, resolve))


def would_send(settings: Settings) -> str:
    """Return the body of the request that labels one comment, with an invented comment in it.

    Examples:
        >>> would_send(Settings("http://127.0.0.1:8000", "m"))[:18]
        '{"max_tokens":160,'
    """
    label = named("polarity")
    body = chat_body(
        settings.chat_name,
        messages(label, [SAMPLE]),
        answer=schema(label),
        most_tokens=TOKENS_PER_TEXT,
        seed=0,
    )
    return encoded(body).decode()


def _findings(environ: Mapping[str, str] | None, resolve: Resolve) -> Iterator[Finding]:
    try:
        settings = configured(environ)
        if settings is None:
            yield Finding("url", None, "off", (("variable", URL),))
            return
        client = Client(settings, resolve=resolve)
    except LongtakeError as error:
        yield Finding("url", False, error=error)
        return
    with client:
        there = client.endpoint
        key = "key_set" if settings.key else "key_unset"
        yield Finding("url", True, key, (("url", f"{there.scheme}://{there.host}:{there.port}{there.path}"),))
        yield Finding("address", True, "pinned", (("addresses", ", ".join(there.addresses)),))
        yield _asked("chat", settings.chat_name, NAME, lambda: _label(client))
        yield _asked("embedding", settings.embedding_name, EMBEDDING, lambda: _vector(client))


def _asked(name: str, model: str, variable: str, ask: Callable[[], Finding]) -> Finding:
    """Ask the server, if the model is named."""
    if not model:
        return Finding(name, None, "unnamed", (("variable", variable),))
    try:
        return ask()
    except LongtakeError as error:
        return Finding(name, False, error=error)


def _label(client: Client) -> Finding:
    answer = label_with_chat([SAMPLE], labels=named("polarity"), client=client)[0]
    if answer is None:
        return Finding("chat", False, "not_believed", (("model", client.chat_name),))
    told = (("model", client.chat_name), ("value", answer.value), ("span", answer.span))
    return Finding("chat", True, "labels", told)


def _vector(client: Client) -> Finding:
    found = embed([SAMPLE], client)
    told = (("model", client.embedding_name), ("dimensions", str(found.shape[1])))
    return Finding("embedding", True, "embeds", told)
