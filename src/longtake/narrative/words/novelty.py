"""How worn the images of a film are."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.narrative.blocks import DRAWS, SEED, block_length, moving_blocks, recentred
from longtake.narrative.similarity import Space

METHOD = "share of cues without a usual image, moving blocks (Kuensch 1989)"
AGAINST = "one minus the greatest likeness with the corpus, mean over cues; moving blocks (Kuensch 1989)"
LEAST = 12


@dataclass(frozen=True, slots=True)
class Novelty:
    """How fresh a film is.

    Attributes:
        score: In [0, 1], 1 is fresh, with its interval.
        worn: Usual images it uses with how many cues hold each, most first.
    """

    score: Quantity
    worn: tuple[tuple[str, int], ...]


@cache
def imagery() -> tuple[str, ...]:
    """Return the usual images of the pack, longest first.

    Examples:
        >>> "年夜饭" in imagery()
        True
    """
    table = tomllib.loads((files("longtake.narrative.words") / "imagery.toml").read_text(encoding="utf-8"))
    found = {word for name, entry in table.items() if name != "pack" for word in entry["words"]}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def novelty(
    texts: Sequence[str], *, corpus: Sequence[str] = (), level: float = 0.9, draws: int = DRAWS
) -> Novelty:
    """Return how fresh the words of a film are against what such films usually show.

    Against a corpus of other films: for each cue, one minus its greatest likeness with any text there.
    Without one: whether a cue holds none of the usual images of the pack.

    Args:
        texts: Cues of the film, in order.
        corpus: Texts of other films of the kind.
        level: Coverage of the interval.
        draws: Of the bootstrap.

    Returns:
        Unknown with fewer than 12 cues.

    Examples:
        >>> novelty(["贴窗花", "雪"] * 6).score.value, novelty(["贴窗花", "雪"] * 6).worn
        (0.5, (('窗花', 6),))
    """
    counts = [(word, sum(word in text for text in texts)) for word in imagery()]
    worn = tuple(sorted(((w, n) for w, n in counts if n), key=lambda pair: (-pair[1], pair[0])))
    method = AGAINST if corpus else METHOD
    n = len(texts)
    if n < LEAST:
        return Novelty(Unknown("too_few_cues", method, "share", n, LEAST), worn)
    if corpus:
        fresh = 1.0 - Space([*corpus, *texts]).table(texts, corpus).max(axis=1)
    else:
        fresh = np.array([not any(word in text for word in imagery()) for text in texts], dtype=np.float64)
    drawn = moving_blocks(np.random.default_rng(SEED), n, size=n, length=block_length(n), draws=draws)
    value = float(fresh.mean())
    low, high = recentred(value, fresh[drawn].mean(axis=1), level=level)
    found = Estimate(value, max(0.0, low), min(1.0, high), level, "share", method, n)
    return Novelty(found, worn)
