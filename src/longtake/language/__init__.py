"""What comments say, at speed."""

from longtake.language.judgement.explain import explain
from longtake.language.judgement.scorer import (
    model_card,
    model_version,
    polarity,
    polarity_class,
    probabilities,
)
from longtake.language.labels import label

__all__ = ["explain", "label", "model_card", "model_version", "polarity", "polarity_class", "probabilities"]
