"""What the labels of the packs are worth: measured on comments that two people marked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from longtake.errors import UnreadableFileError

PATH = Path(__file__).parents[1] / "weights" / "labels_card.json"


def label_card() -> Mapping[str, Any]:
    """Return precision, recall, F1, agreement of the two markers and number of marks, by label.

    Raises:
        UnreadableFileError: The card is missing or damaged.
    """
    try:
        card = json.loads(PATH.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableFileError(PATH, f"no usable card ({error})", fix="Install longtake again.") from error
    if not isinstance(card, dict) or "labels" not in card:
        raise UnreadableFileError(PATH, "the card holds no labels", fix="Install longtake again.")
    return card
