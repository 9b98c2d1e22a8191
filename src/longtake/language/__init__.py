"""What comments say, at speed."""

from longtake.language.copying.floods import floods
from longtake.language.echoing.echoes import echoes
from longtake.language.feeling.explain import emotion_spans
from longtake.language.feeling.scorer import emotion, emotion_card, emotion_probabilities, emotion_version
from longtake.language.feeling.table import EMOTIONS
from longtake.language.judgement.baserate import adjusted, base_rate
from longtake.language.judgement.explain import explain
from longtake.language.judgement.scorer import (
    model_card,
    model_version,
    polarity,
    polarity_class,
    probabilities,
)
from longtake.language.keyness.contrast import contrast
from longtake.language.labels import label

__all__ = [
    "EMOTIONS",
    "adjusted",
    "base_rate",
    "contrast",
    "echoes",
    "emotion",
    "emotion_card",
    "emotion_probabilities",
    "emotion_spans",
    "emotion_version",
    "explain",
    "floods",
    "label",
    "model_card",
    "model_version",
    "polarity",
    "polarity_class",
    "probabilities",
]
