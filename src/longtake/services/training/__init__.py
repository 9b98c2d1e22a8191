"""Train polarity from rated texts, and say how well it does on texts it never saw."""

from longtake.services.training.adapting import OUT, adapt_to
from longtake.services.training.heat import MODELS, train_heat
from longtake.services.training.train import train

__all__ = ["MODELS", "OUT", "adapt_to", "train", "train_heat"]
