"""Which language and which script a text is in, by the share of its code points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from longtake.language.reading.normalise import LONGEST, simplified_pairs

LANGUAGES = ("zh-Hans", "zh-Hant", "en", "ja", "ko", "mixed", "other", "none")
"""``zh-Hans`` also stands for Chinese that is the same in both scripts; ``none`` has no letter."""

_HALF = 0.5
_KANA_LEAST = 0.1


def languages(texts: Sequence[str | None]) -> list[str]:
    """Return the language of each text, one of `LANGUAGES`.

    A text with at least a tenth of kana among its letters is Japanese; otherwise the script with more than
    half of the letters decides, a text without such is mixed. Chinese with more characters that are only
    traditional than only simplified is ``zh-Hant``. What is neither Chinese, Japanese nor Korean but Latin
    counts as English: nothing tells French from English here.

    Args:
        texts: Raw texts; None has no letter.

    Examples:
        >>> languages(["後勁很大", "后劲很大", "so good", "nice 好", "！！", None])
        ['zh-Hant', 'zh-Hans', 'en', 'en', 'none', 'none']
    """
    whole = [(text or "")[:LONGEST] for text in texts]
    joined = "".join(whole)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    ends = np.concatenate(
        (np.zeros(1, dtype=np.int64), np.cumsum([len(text) for text in whole], dtype=np.int64))
    )
    traditional, simplified = simplified_pairs()

    def counted(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
        running = np.zeros(mask.size + 1, dtype=np.int64)
        np.cumsum(mask, out=running[1:])
        return running[ends[1:]] - running[ends[:-1]]

    def between(first: int, last: int) -> NDArray[np.bool_]:
        return np.asarray((codes >= first) & (codes <= last))

    han = counted(between(0x3400, 0x9FFF))
    kana = counted(between(0x3041, 0x30FA))
    hangul = counted(between(0xAC00, 0xD7A3))
    latin = counted(between(0x41, 0x5A) | between(0x61, 0x7A) | between(0xC0, 0x24F))
    other = counted(between(0x370, 0x10FF))
    hant, hans = counted(np.isin(codes, traditional)), counted(np.isin(codes, simplified))
    letters = han + kana + hangul + latin + other
    made = []
    for index in range(len(whole)):
        n = letters[index]
        if not n:
            made.append("none")
        elif kana[index] >= _KANA_LEAST * n:
            made.append("ja")
        elif han[index] > _HALF * n:
            made.append("zh-Hant" if hant[index] > hans[index] else "zh-Hans")
        elif hangul[index] > _HALF * n:
            made.append("ko")
        elif latin[index] > _HALF * n:
            made.append("en")
        else:
            made.append("other" if other[index] > _HALF * n else "mixed")
    return made
