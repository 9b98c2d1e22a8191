"""Vectors of texts from a plugged model."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longtake.services.models.errors import ModelAnswerError
from longtake.services.models.prompt import masked_whole
from longtake.services.models.wire.client import Client

BATCH = 32
MOST_DIMENSIONS = 16_384


def embed(texts: Sequence[str], client: Client) -> NDArray[np.float32]:
    """Return the vector of each text, as the model gives it, not normalised.

    A batch whose answer is not of the asked form is asked once more; there is never a vector that the
    model did not give, so one bad batch is an error and not a row of zeros.

    Args:
        texts: Comments as stored; personal data are masked before they are sent.
        client: The model.

    Returns:
        Shape (n, d); (0, 0) for no texts, without asking.

    Raises:
        ModelSettingError: No model is named.
        ModelUnreachableError: The server gave no answer.
        ModelAnswerError: Twice in a row not one vector a text, of one length, of finite numbers.
    """
    sent = [masked_whole(text) for text in texts]
    parts: list[NDArray[np.float32]] = []
    for at in range(0, len(sent), BATCH):
        batch = sent[at : at + BATCH]
        try:
            part = vectors_of(client.vectors(batch), len(batch))
        except ModelAnswerError:
            part = vectors_of(client.vectors(batch), len(batch))
        if parts and part.shape[1] != parts[0].shape[1]:
            raise ModelAnswerError("its vectors are of different lengths")
        parts.append(part)
    return np.concatenate(parts) if parts else np.empty((0, 0), dtype=np.float32)


def vectors_of(answer: Any, count: int) -> NDArray[np.float32]:
    """Return the vectors of one answer, by index.

    Args:
        answer: Parsed JSON.
        count: How many texts were sent.

    Raises:
        ModelAnswerError: Not one vector a text, of one length, of finite numbers.

    Examples:
        >>> row = {"index": 1, "embedding": [0.5, 1]}
        >>> vectors_of({"data": [row, {"index": 0, "embedding": [0, 2]}]}, 2).tolist()
        [[0.0, 2.0], [0.5, 1.0]]
    """
    rows = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(rows, list) or len(rows) != count:
        raise ModelAnswerError("it does not hold one vector a text")
    found: dict[int, list[float]] = {}
    for row in rows:
        index = row.get("index") if isinstance(row, dict) else None
        if type(index) is not int or not 0 <= index < count or index in found:
            raise ModelAnswerError("an index names no text, or one twice")
        found[index] = _numbers(row.get("embedding"))
    ordered = [found[index] for index in range(count)]
    if len({len(vector) for vector in ordered}) != 1:
        raise ModelAnswerError("its vectors are of different lengths")
    with np.errstate(over="ignore"):
        table = np.array(ordered, dtype=np.float64).astype(np.float32)
    if not np.isfinite(table).all():
        raise ModelAnswerError("a vector holds a number that is not finite")
    return table


def _numbers(vector: Any) -> list[float]:
    """Return a vector's numbers."""
    if not isinstance(vector, list) or not 1 <= len(vector) <= MOST_DIMENSIONS:
        raise ModelAnswerError("a vector is no list of numbers")
    for number in vector:
        if type(number) not in {int, float}:
            raise ModelAnswerError("a vector holds something that is no number")
    try:
        numbers = [float(number) for number in vector]
    except OverflowError:
        numbers = [math.inf]
    if not all(map(math.isfinite, numbers)):
        raise ModelAnswerError("a vector holds a number that is not finite")
    return numbers
