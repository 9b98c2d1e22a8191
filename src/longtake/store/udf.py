"""Our own functions inside an engine: a batch of texts in, a batch of numbers out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ibis
import numpy as np
from numpy.typing import NDArray

from longtake.store.engines.engine import Engine

Score = Callable[[Sequence[str]], NDArray[np.float64]]
"""Texts to numbers, shape (n,); each number depends on its own text alone."""


def masked(score: Score, texts: Sequence[str | None]) -> list[float | None]:
    """Score the texts that are there and leave None where there is none.

    The only place that knows of missing texts: DuckDB and Spark hand them over differently, and a
    scorer never sees one. A score that is no number becomes None as well.

    Raises:
        ValueError: The scorer returned another number of scores than it was given texts.

    Examples:
        >>> masked(lambda texts: np.array([float(len(t)) for t in texts]), ["好看", None, ""])
        [2.0, None, 0.0]
    """
    present = [text for text in texts if text is not None]
    scores = score(present) if present else np.empty(0)
    if scores.shape != (len(present),):
        raise ValueError(f"scorer gave shape {scores.shape} for {len(present)} texts")
    found = iter(scores.tolist())
    filled = [None if text is None else next(found) for text in texts]
    return [None if value is None or value != value else value for value in filled]  # noqa: PLR0124 -- NaN


def batch_udf(engine: Engine, name: str, score: Score) -> Callable[[Any], Any]:
    """Return an expression function that applies ``score`` to a text column, batch by batch.

    Ibis' own vectorised functions get whole columns on DuckDB and single strings on Spark
    (github.com/ibis-project/ibis/issues/10987), hence a built-in that each engine defines itself.

    Args:
        engine: Where it will run.
        name: SQL name; lower case, not a name the engine knows already.
        score: Texts to numbers.
    """

    def on_batch(texts: Sequence[str | None]) -> list[float | None]:
        return masked(score, texts)

    def declared(text: str) -> float:  # type: ignore[empty-body]
        """Stand for the engine's own function."""

    declared.__name__ = name
    engine.register(name, on_batch)
    operation: Callable[[Any], Any] = ibis.udf.scalar.builtin(declared)
    return operation
