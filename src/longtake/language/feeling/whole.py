"""Texts read with the chain of forwarded posts that they answer to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from longtake.language.reading.normalise import Codes, normalise

_CHAIN, _OPENED = "//@", "/ @"


def opened(texts: Sequence[str | None]) -> Sequence[str | None]:
    """Return texts in which ``//@`` no longer starts a chain that reading leaves out; no length changes.

    Whoever named the emotion of a forwarded post saw the whole of it; its own part is often a name alone.

    Examples:
        >>> opened(["哈哈//@小明:太好笑了", None])
        ['哈哈/ @小明:太好笑了', None]
    """
    if not any(_CHAIN in text for text in texts if text):
        return texts
    return [text.replace(_CHAIN, _OPENED) if text else text for text in texts]


def read(texts: Sequence[str | None], fold: NDArray[np.uint32], *, with_origin: bool = False) -> Codes:
    """Return the canonical code points of texts, see `normalise`, the forwarded chain included."""
    return normalise(opened(texts), fold, with_origin=with_origin)
