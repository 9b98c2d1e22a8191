"""The emotions a film wants, as people write them and as the labels are called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from longtake.locale import LANGUAGES, catalogue

GROUP = "said.film_emotion"
BETWEEN = re.compile(r"[、,，/]\s*")


def as_labels(written: Sequence[str]) -> list[str]:
    """Return what a person wrote with each known word, in any language, as its label; others stay.

    Examples:
        >>> as_labels(["被打动", "紧张", "过瘾", "Warmth", "moved", "痒"])
        ['moved', 'tension', 'warmth', '痒']
    """
    known: dict[str, str] = {}
    for lang in LANGUAGES:
        for key, word in catalogue(lang).messages.items():
            group, _, label = key.rpartition(".")
            if group == GROUP:
                known |= {part.casefold(): label for part in (*BETWEEN.split(word), word, label)}
    return list(dict.fromkeys(known.get(word.casefold(), word) for word in written))


def in_words(lang: str, labels: Sequence[str]) -> list[str]:
    """Return labels in a language.

    Examples:
        >>> in_words("zh", ["moved", "痒"])
        ['被打动', '痒']
    """
    words = catalogue(lang)
    return [words.word(GROUP, label) for label in labels]
