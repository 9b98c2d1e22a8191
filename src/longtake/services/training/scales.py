"""How labels say good and bad: words, one and zero, stars, points."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

GOOD = frozenset((
    "positive", "pos", "good", "正面", "正向", "积极", "好评", "正", "褒义", "推荐", "力荐",
    "满意", "正面情感", "正面评价", "好", "p",
))  # fmt: skip
BAD = frozenset((
    "negative", "neg", "bad", "负面", "负向", "消极", "差评", "负", "贬义", "较差", "很差",
    "不满意", "负面情感", "负面评价", "差", "坏", "n",
))  # fmt: skip
NEUTRAL = frozenset((
    "neutral", "neu", "mixed", "中性", "中立", "中评", "一般", "还行", "中",
))  # fmt: skip

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_STARS = re.compile(r"([1-5一二三四五])\s*(?:星|颗星|分|stars?)级?", re.IGNORECASE)
_HAN = {"一": 1.0, "二": 2.0, "三": 3.0, "四": 4.0, "五": 5.0}
_WIDE = str.maketrans("０１２３４５６７８９．－＋", "0123456789.-+")
_FIT = 0.95
_BLACK, _WHITE = "★⭐", "☆"


@dataclass(frozen=True, slots=True)
class Scale:
    """How the numbers of a column are read; words are read alike on every scale.

    Attributes:
        name: What it is called where the reading is shown.
        low: Least number taken.
        high: Greatest number taken.
        turn: From a number to a value in [0, 1].
        expected: What a cell should hold.
    """

    name: str
    low: float
    high: float
    turn: Callable[[float], float]
    expected: str

    def value(self, cell: object) -> float | None:
        """Return a cell's value from 0 (bad) to 1 (good), or None when it says neither.

        Examples:
            >>> [STARS.value(cell) for cell in ("好评", 5, "四星", "★★☆☆☆", "中性", 9, None)]
            [1.0, 1.0, 0.75, 0.25, 0.5, None, None]
        """
        found = said(cell)
        if found is not None:
            return found
        figure = numeric(cell)
        if figure is None or not self.low <= figure <= self.high:
            return None
        return min(max(self.turn(figure), 0.0), 1.0)


_WORDS = "or a word such as 好评, 差评, 正面, 负面, 中性, pos, neg, neutral"
BINARY = Scale("1 good, 0 bad", 0.0, 1.0, lambda figure: figure, f"1 or 0, {_WORDS}")
SIGNED = Scale("-1 bad to 1 good", -1.0, 1.0, lambda figure: (figure + 1.0) / 2.0, f"-1 to 1, {_WORDS}")
STARS = Scale("1 to 5 stars", 1.0, 5.0, lambda figure: (figure - 1.0) / 4.0, f"1 to 5 stars, {_WORDS}")
POINTS = Scale(
    "points of 10", 1.0, 10.0, lambda figure: (figure / 2.0 - 1.0) / 4.0, f"1 to 10 points, {_WORDS}"
)

_IN_WORDS: Mapping[str, float] = {
    **dict.fromkeys(GOOD, 1.0),
    **dict.fromkeys(BAD, 0.0),
    **dict.fromkeys(NEUTRAL, 0.5),
}


def said(cell: object) -> float | None:
    """Return the value of a label in words or drawn stars; None for anything else.

    Examples:
        >>> said("正面"), said("NEG"), said("3星"), said("0.7")
        (1.0, 0.0, 0.5, None)
    """
    if isinstance(cell, bool):
        return float(cell)
    if not isinstance(cell, str):
        return None
    word = cell.strip().casefold().translate(_WIDE)
    if word in _IN_WORDS:
        return _IN_WORDS[word]
    stars = _STARS.fullmatch(word)
    if stars:
        return ((_HAN.get(stars[1]) or float(stars[1])) - 1.0) / 4.0
    full = sum(word.count(mark) for mark in _BLACK)
    drawn = full and not word.strip(_BLACK + _WHITE + "\ufe0f")
    return (full - 1.0) / 4.0 if drawn and full <= 5 else None


def numeric(cell: object) -> float | None:
    """Return the number a cell states; None when it states none.

    Examples:
        >>> numeric("４.0"), numeric(5), numeric("五"), numeric(float("nan"))
        (4.0, 5.0, None, None)
    """
    if isinstance(cell, str):
        text = cell.strip().translate(_WIDE)
        return float(text) if len(text) < 20 and _NUMBER.fullmatch(text) else None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return float(cell) if math.isfinite(cell) else None
    return None


def scale_of(cells: Sequence[object], *, rated: bool) -> Scale:
    """Return the scale on which at least 19 of 20 of a column's numbers lie; words do not count.

    Args:
        cells: The column.
        rated: Whether its header speaks of a rating: there many ones are bad ratings, not good ones.

    Examples:
        >>> scale_of([1, 0, "1", "中性"], rated=False).name, scale_of([-1, 1, 0], rated=False).name
        ('1 good, 0 bad', '-1 bad to 1 good')
        >>> scale_of([0, 4, 5, 1, 5], rated=True).name, scale_of([2, 8, 10], rated=True).name
        ('1 to 5 stars', 'points of 10')
    """
    figures = [figure for cell in cells if said(cell) is None and (figure := numeric(cell)) is not None]

    def fits(low: float, high: float) -> bool:
        return sum(low <= figure <= high for figure in figures) >= _FIT * len(figures)

    if any(-1.0 <= figure < 0.0 for figure in figures) and fits(-1.0, 1.0):
        return SIGNED
    if set(figures) <= {0.0, 1.0} or (not rated and fits(0.0, 1.0)):
        return BINARY
    return STARS if fits(0.0, 5.0) else POINTS
