"""Which texts are copies of each other, and which of them flood a campaign."""

from longtake.language.copying.floods import Flood, Floods, floods

__all__ = ["Flood", "Floods", "floods"]
