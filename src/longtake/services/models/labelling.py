"""Ask a plugged model for one label of many texts, each by itself."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from longtake.services.models.answers import Answer, Choice, accepted, placed
from longtake.services.models.errors import ModelAnswerError, ModelUnreachableError
from longtake.services.models.labels import Label
from longtake.services.models.memory import Memory
from longtake.services.models.prompt import TOKENS_PER_TEXT, masked_whole, messages, schema
from longtake.services.models.wire.client import Client
from longtake.services.models.wire.transport import Rejected
from longtake.services.progress import Progress, Silent

WORKERS = 4
MOST_TOGETHER = 50
SAMPLE = "节奏有点慢，但结尾让我哭了，推荐。 Slow at first, but the ending is worth it."
"""An invented comment: what a server is asked first, before it is shown any of a campaign's."""


def label_with_chat(
    texts: Sequence[str],
    *,
    labels: Label,
    client: Client,
    memory: Memory | None = None,
    together: int = 1,
    workers: int = WORKERS,
    progress: Progress | None = None,
) -> list[Answer | None]:
    """Return one label of each text, as a plugged model chooses among the label's values.

    Each text goes in a request of its own, so nothing that one says can reach another's label. A request
    whose answer is not of the asked form is asked once more; one with several texts is then asked text by
    text; what is still not believed is given up, and the built-in label stands. The same text is asked once.

    Args:
        texts: Comments as stored; personal data are masked before they are sent.
        labels: What to choose between.
        client: The model.
        memory: Where answers are kept; None asks anew each time.
        together: Texts in one request, 1 to 50; above 1 only for texts that you wrote yourself.
        workers: Requests at once.
        progress: Where to show progress.

    Returns:
        One answer a text, in order; None where there is none that can be believed.

    Raises:
        ModelSettingError: No model is named.
        ModelUnreachableError: The server answers nothing at all, not even an invented text.
        ModelAnswerError: It does not take the invented text.
        ValueError: ``together`` or ``workers`` is out of range.
    """
    if not 1 <= together <= MOST_TOGETHER or workers < 1:
        raise ValueError(f"together {together} is not in 1..{MOST_TOGETHER}, or workers {workers} below 1")
    bar = progress or Silent()
    sent = [masked_whole(text) for text in texts]
    known: dict[str, Choice | None] = {text: None for text in sent if not text.strip()}
    if memory is not None:
        for text in dict.fromkeys(sent):
            if choice := memory.recall(client.chat_name, labels, text):
                known[text] = choice
    fresh = [text for text in dict.fromkeys(sent) if text not in known]
    bar.begin("model", len(fresh))
    if fresh:
        asking = _Asking(client, labels, memory)
        asking.begin()
        batches = [fresh[at : at + together] for at in range(0, len(fresh), together)]
        with ThreadPoolExecutor(max_workers=workers) as pool:
            try:
                for batch, choices in zip(batches, pool.map(asking.choices, batches), strict=True):
                    known.update(zip(batch, choices, strict=True))
                    bar.advance(len(batch))
            finally:
                asking.stop()
    return [placed(text, known[seen], client.chat_name) for text, seen in zip(texts, sent, strict=True)]


class _Asking:
    """One run: how this server wants to be asked, and whether it is still there."""

    def __init__(self, client: Client, label: Label, memory: Memory | None) -> None:
        self._client, self._label, self._memory = client, label, memory
        self._schema = True
        self._gone = threading.Event()
        self._lock = threading.Lock()

    def begin(self) -> None:
        """Find out, from an invented text, whether the server takes a schema; no comment can decide it."""
        try:
            self._say([SAMPLE], seed=0)
        except Rejected:
            self._schema = False
            self._say([SAMPLE], seed=0)

    def stop(self) -> None:
        """Ask nothing more: whoever breaks off must not wait for what is queued."""
        self._gone.set()

    def choices(self, sent: Sequence[str]) -> list[Choice | None]:
        """Return the choices of one request's texts."""
        found = self._twice(sent)
        if len(sent) > 1:
            return [choice or self.choices([text])[0] for text, choice in zip(sent, found, strict=True)]
        if found[0] and self._memory is not None:
            self._memory.keep(self._client.chat_name, self._label, sent[0], found[0])
        return found

    def _twice(self, sent: Sequence[str]) -> list[Choice | None]:
        """Ask, and ask once more where nothing of the answer is believed."""
        for seed in (0, 1):
            if self._gone.is_set():
                break
            try:
                found = accepted(self._say(sent, seed=seed), self._label, sent)
            except ModelUnreachableError:
                self._still_there()
                break
            except ModelAnswerError:
                continue
            if len(sent) > 1 or found[0]:
                return found
        return [None] * len(sent)

    def _still_there(self) -> None:
        """Give the run up when not even an invented text is answered; one comment alone cannot end it."""
        with self._lock:
            if self._gone.is_set():
                return
            try:
                self._say([SAMPLE], seed=0)
            except ModelUnreachableError:
                self._gone.set()
            except ModelAnswerError:
                return

    def _say(self, sent: Sequence[str], *, seed: int) -> str:
        return self._client.chat(
            messages(self._label, sent),
            answer=schema(self._label) if self._schema else None,
            most_tokens=TOKENS_PER_TEXT * len(sent),
            seed=seed,
        )
