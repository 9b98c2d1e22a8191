"""One file a cause: what it means and which signs speak of it."""

from longtake.diagnosis.causes import external, interaction, mismatch, over_promotion, positioning
from longtake.diagnosis.watched import Watched

WATCHED: dict[str, tuple[Watched, ...]] = {
    cause.CAUSE: cause.SIGNS for cause in (mismatch, positioning, interaction, over_promotion, external)
}

__all__ = ["WATCHED"]
