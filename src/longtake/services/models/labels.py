"""What a plugged model may choose between, label by label; it chooses words, never a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from longtake.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class Label:
    """One label and the values it can have.

    Attributes:
        name: Such as ``polarity``; also the column of the stored comments that holds the built-in label.
        about: What is judged, in one English sentence.
        values: Each value with what it means, in a fixed order.
    """

    name: str
    about: str
    values: Mapping[str, str]


LABELS: Mapping[str, Label] = MappingProxyType(
    {
        label.name: label
        for label in (
            Label(
                "polarity",
                "Whether the writer speaks for or against the film.",
                MappingProxyType(
                    {
                        "neg": "against it: disappointed, bored, annoyed, warns others",
                        "neutral": "takes no side, or both sides weigh the same",
                        "pos": "for it: pleased, moved, recommends it",
                    }
                ),
            ),
            Label(
                "emotion",
                "The one emotion the writer shows most.",
                MappingProxyType(
                    {
                        "angry": "angry, disgusted, indignant",
                        "happy": "happy, amused, content, proud",
                        "sad": "sad, moved to tears, sorry",
                        "fear": "afraid, tense, worried",
                        "surprise": "surprised, taken aback",
                        "neutral": "shows none of these",
                    }
                ),
            ),
        )
    }
)
"""Labels by name."""


def named(name: str) -> Label:
    """Return a label.

    Raises:
        NotFoundError: No label has the name.

    Examples:
        >>> list(named("polarity").values)
        ['neg', 'neutral', 'pos']
    """
    if name not in LABELS:
        raise NotFoundError("label", name, known=tuple(LABELS))
    return LABELS[name]
