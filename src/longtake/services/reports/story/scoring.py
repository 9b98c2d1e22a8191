"""What the emotion scorer says of lines and copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from longtake.language import EMOTIONS, emotion_probabilities
from longtake.narrative import Scores

FELT: Mapping[str, tuple[str, ...]] = {
    "moved": ("sad",),
    "warmth": ("happy",),
    "joy": ("happy",),
    "tension": ("fear", "surprise"),
    "awe": ("surprise",),
    "surprise": ("surprise",),
    "sadness": ("sad",),
    "anger": ("angry",),
    "fear": ("fear",),
    **{name: (name,) for name in EMOTIONS},
}
"""Key emotions of a card, in the words of the language labels, by emotions of the scorer."""

DARK = ("angry", "sad", "fear")


def scored(texts: Sequence[str]) -> Scores | None:
    """Return intensity, valence and emotions of texts; None without any.

    Intensity is the probability of the likeliest emotion that is one: of a calm line the scorer, which
    learned from posts, is not sure that it is neutral but spreads over all. Valence is the probability of
    happiness less those of anger, sadness and fear.

    Examples:
        >>> found = scored(["哈哈哈太开心了", "难过得哭了一晚上", ""])
        >>> bool(found.valence[0] > 0 > found.valence[1]), float(found.intensity[2])
        (True, 0.0)
    """
    if not texts:
        return None
    found = emotion_probabilities(texts)
    place = {name: k for k, name in enumerate(EMOTIONS)}
    dark = sum((found[:, place[name]] for name in DARK), np.zeros(len(texts)))
    felt = [place[name] for name in EMOTIONS if name != "neutral"]
    return Scores(found[:, felt].max(axis=1), found[:, place["happy"]] - dark, found, EMOTIONS)


def wanted(emotions: Sequence[str]) -> tuple[str, ...]:
    """Return the scorer's emotions behind those of a card; unknown names are passed over.

    Examples:
        >>> wanted(("moved", "warmth", "?"))
        ('sad', 'happy')
    """
    return tuple(dict.fromkeys(name for one in emotions for name in FELT.get(one, ())))


def shares(texts: Sequence[str]) -> dict[str, float]:
    """Return the mean probability of each emotion over texts; empty without any.

    Examples:
        >>> shares([])
        {}
    """
    found = scored([text for text in texts if text.strip()])
    if found is None or found.emotions is None:
        return {}
    return dict(zip(found.names, found.emotions.mean(axis=0).tolist(), strict=True))
