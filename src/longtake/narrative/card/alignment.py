"""How near each communication node stands to the proposition card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.narrative.blocks import DRAWS, SEED, moving_blocks
from longtake.narrative.card.proposition import Card
from longtake.narrative.similarity import BITS, Space, grams, letters

Floats = NDArray[np.float64]

METHOD = "mean of text likeness, emotion match and key words; moving blocks of n-grams (Kuensch 1989)"
UNIT = "score"
LEAST_LETTERS = 10
BLOCK = 12
"""N-grams a block holds: about four characters of text."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one node says.

    Attributes:
        node_id: Its name; the film itself may be one.
        text: Title, copy and subtitles.
        emotions: Share of each emotion in it; empty when nobody scored it.
        sentences: Over how many sentences they were taken.
    """

    node_id: str
    text: str
    emotions: Mapping[str, float]
    sentences: int = 1


@dataclass(frozen=True, slots=True)
class Alignment:
    """One node against the card.

    Attributes:
        node_id: Whose.
        score: From 0, nothing in common, to 1, with its interval.
        text: Likeness of the texts, in [0, 1].
        emotion: Share of the node's feeling that the card asks for; None when unknown.
        words: Share of key words and lines that it holds; None when the card names none.
        held: Key words and lines it holds.
        broken: Words of what it must never become that it holds.
    """

    node_id: str
    score: Quantity
    text: float
    emotion: float | None
    words: float | None
    held: tuple[str, ...]
    broken: tuple[str, ...]


def aligned(
    card: Card, said: Sequence[Said], *, level: float = 0.9, draws: int = DRAWS
) -> tuple[Alignment, ...]:
    """Return how near each node is to the card.

    The score is the mean of what can be told: likeness of the texts over hashed character n-grams; the
    share of the node's felt emotions that the card names; the share of the card's key words and lines that
    the node holds. The interval resamples the node's n-grams in blocks and draws the emotion's share from
    Jeffreys' posterior over its sentences, so that a short text has a wide one; key words are counted.

    Args:
        card: The proposition.
        said: Nodes.
        level: Coverage of intervals, in (0, 1).
        draws: Of the bootstrap.

    Returns:
        One alignment a node, in the order given; unknown where the card or the node has no text.

    Examples:
        >>> card = Card("守着灯，是为了让你走远", key_words=("灯",))
        >>> said = [Said("a", "灯亮着，你就放心地走远", {}), Said("b", "五折优惠券限时抢购中", {})]
        >>> near, far = aligned(card, said)
        >>> near.score.value > far.score.value, near.held, far.words
        (True, ('灯',), 0.0)
    """
    space = Space([card.text, *(one.text for one in said)])
    target = space.vector(card.text)
    dense = np.zeros(1 << BITS)
    for slot, value in target.items():
        dense[slot] = value
    rng = np.random.default_rng(SEED)
    made = []
    for one in said:
        flat = letters(one.text)
        held = tuple(
            word for word in (*card.key_words, *card.lines) if letters(word) and letters(word) in flat
        )
        named = len(card.key_words) + len(card.lines)
        words = len(held) / named if named else None
        broken = tuple(word for word in card.never if letters(word) and letters(word) in flat)
        emotion = _felt(card, one.emotions)
        if not target or len(flat) < LEAST_LETTERS:
            reason = "no_card" if not target else "no_copy"
            needed = None if not target else LEAST_LETTERS
            unknown = Unknown(reason, METHOD, UNIT, len(flat), needed)
            made.append(Alignment(one.node_id, unknown, 0.0, emotion, words, held, broken))
            continue
        likeness, drawn = _likeness(space, dense, one.text, rng, draws)
        rest = [part for part in (emotion, words) if part is not None]
        moved = 0.0 if emotion is None else _posterior(emotion, one.sentences, rng, len(drawn)) - emotion
        values = (drawn + moved + sum(rest)) / (1 + len(rest))
        value = (likeness + sum(rest)) / (1 + len(rest))
        low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
        low, high = max(0.0, min(float(low), value)), min(1.0, max(float(high), value))
        score = Estimate(value, low, high, level, UNIT, METHOD, len(flat))
        made.append(Alignment(one.node_id, score, likeness, emotion, words, held, broken))
    return tuple(made)


def worst(found: Sequence[Alignment]) -> Alignment | None:
    """Return the node farthest from the card; None when no score is known."""
    known = [(one.score.value, one.node_id, one) for one in found if isinstance(one.score, Estimate)]
    return min(known, key=lambda entry: entry[:2])[2] if known else None


def _felt(card: Card, emotions: Mapping[str, float]) -> float | None:
    felt = {name: share for name, share in emotions.items() if name != "neutral"}
    whole = sum(felt.values())
    if not card.emotions or whole <= 0:
        return None
    return sum(share for name, share in felt.items() if name in card.emotions) / whole


def _posterior(share: float, n: int, rng: np.random.Generator, draws: int) -> Floats:
    """Return draws of a share seen over n sentences."""
    return np.asarray(rng.beta(share * n + 0.5, (1 - share) * n + 0.5, size=draws))


def _likeness(
    space: Space, target: Floats, text: str, rng: np.random.Generator, draws: int
) -> tuple[float, Floats]:
    found = grams(text)
    slots = np.array([slot for slot, _ in found])
    weights = np.array([weight for _, weight in found]) * space.rarity[slots]
    kinds, place = np.unique(slots, return_inverse=True)
    aim = target[kinds]

    def cosine(order: NDArray[np.int64]) -> Floats:
        k = len(order)
        flat = (np.arange(k)[:, None] * len(kinds) + place[order]).ravel()
        total = np.bincount(flat, weights[order].ravel(), k * len(kinds)).reshape(k, -1)
        return np.asarray(total @ aim / np.sqrt((total * total).sum(axis=1)))

    n = len(found)
    whole = float(cosine(np.arange(n)[None, :])[0])
    # Whole texts of a film are long: as many blocks as settle the spread, no more.
    fewer = max(20, min(draws, 2_000_000 // n))
    drawn = cosine(moving_blocks(rng, n, size=n, length=min(n, BLOCK), draws=fewer))
    # Resampled texts repeat themselves and come out less alike; only their spread is wanted.
    return min(1.0, whole), drawn - drawn.mean() + whole
