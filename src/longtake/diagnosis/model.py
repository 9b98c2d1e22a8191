"""The weights that turn signs into a belief, read from a file with its card."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longtake.domain.answers.cause import CAUSES
from longtake.errors import UnreadableFileError

Floats = NDArray[np.float64]
PATH = Path(__file__).parent / "weights" / "causes.json"
# Health, each cause alone, each pair: more than two causes at once cannot be told apart by these signs.
SETS: tuple[tuple[int, ...], ...] = tuple(
    some for size in range(3) for some in combinations(range(len(CAUSES)), size)
)


@dataclass(frozen=True, slots=True)
class Weight:
    """What one sign is worth.

    Attributes:
        cause: The cause it speaks of.
        centre: What is usual without that cause, in the sign's unit.
        scale: How far that strays, in the sign's unit.
        slope: Log odds a standard deviation of distance adds, nats, not below zero.
        against: Log odds that a known sign at its centre takes away, nats.
    """

    cause: str
    centre: float
    scale: float
    slope: float
    against: float

    def log_odds(self, away: float, reliability: float) -> float:
        """Return what a reading adds to the cause, in nats.

        Args:
            away: Distance from what is usual, in standard deviations.
            reliability: How much of the variance is not measurement error, in [0, 1].

        Examples:
            >>> Weight("external", 0.0, 1.0, slope=1.5, against=0.5).log_odds(2.0, 1.0)
            2.5
        """
        return self.slope * away - reliability * self.against


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of all signs and the prior of the causes.

    Attributes:
        weights: By sign.
        prior: Log odds of each cause alone against health before any sign is known, shape (5,).
        pair: Log odds added where two causes hold at once.
        sharpness: Factor on the log odds of the signs, chosen out of fold so that probabilities are kept.
        card: What it was fitted on and how well it does.
    """

    weights: Mapping[str, Weight]
    prior: tuple[float, ...]
    pair: float
    sharpness: float
    card: Mapping[str, Any]

    def posterior(self, log_odds: Floats) -> Floats:
        """Return the probability of each set of causes in :data:`SETS`.

        Args:
            log_odds: What the signs add to each cause, shape (..., 5), nats.

        Returns:
            Shape (..., 16), each row adding up to one.

        Examples:
            >>> flat = Model({}, (0.0,) * 5, 0.0, 1.0, {})
            >>> flat.posterior(np.zeros(5)).round(4).tolist()[:2]
            [0.0625, 0.0625]
        """
        alone = np.asarray(self.prior) + self.sharpness * np.asarray(log_odds, dtype=float)
        score = alone @ MEMBERS.T + self.pair * (MEMBERS.sum(axis=1) == 2)
        score -= score.max(axis=-1, keepdims=True)
        odds = np.exp(score)
        return np.asarray(odds / odds.sum(axis=-1, keepdims=True))


def _members() -> Floats:
    held = np.zeros((len(SETS), len(CAUSES)))
    for row, some in enumerate(SETS):
        held[row, list(some)] = 1.0
    return held


MEMBERS = _members()


@cache
def model(path: Path = PATH) -> Model:
    """Return the packaged model.

    Raises:
        UnreadableFileError: The file is missing or damaged.
    """
    try:
        text = json.loads(path.read_text("utf-8"))
        return Model(
            weights={key: Weight(**one) for key, one in text["weights"].items()},
            prior=tuple(float(text["prior"][cause]) for cause in CAUSES),
            pair=float(text["pair"]),
            sharpness=float(text["sharpness"]),
            card=text["card"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableFileError(
            path, f"no usable weights ({error})", fix="Install longtake again."
        ) from error


def as_json(found: Model) -> str:
    """Return a model as the text of its file: sorted, rounded to six places."""
    body = {
        "card": dict(found.card),
        "pair": round(found.pair, 6),
        "prior": {cause: round(value, 6) for cause, value in zip(CAUSES, found.prior, strict=True)},
        "sharpness": round(found.sharpness, 6),
        "weights": {
            key: {
                "cause": one.cause,
                "centre": round(one.centre, 6),
                "scale": round(one.scale, 6),
                "slope": round(one.slope, 6),
                "against": round(one.against, 6),
            }
            for key, one in sorted(found.weights.items())
        },
    }
    return json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
