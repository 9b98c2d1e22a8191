"""Numbers as people of one language write them."""

from __future__ import annotations

import math

DECIMALS = {
    "hours": 1,
    "days": 1,
    "stars": 2,
    "score": 2,
    "percentage points": 1,
    "ratio": 2,
    "times": 2,
    "per mention": 2,
    "per count": 2,
    "polarity": 2,
    "probability": 2,
}
STEPS = {"zh": ((1e8, "亿"), (1e4, "万")), "en": ((1e9, " B"), (1e6, " M"), (1e4, "k"))}
DIVISOR = {"k": 1e3}
MINUS = "−"


def compact(value: float, lang: str, *, significant: int = 3) -> str:
    """Return a number short enough to say, to so many significant digits where it is shortened.

    Args:
        value: Any finite number.
        lang: zh or en.
        significant: Digits that are kept.

    Returns:
        Whole numbers below ten thousand in full; 亿 and 万, or B, M and k, above.

    Examples:
        >>> [compact(x, "zh") for x in (1.24e9, 32000, 8214, 0.5, -99_999_999)]
        ['12.4亿', '3.2万', '8,214', '0.5', '−1亿']
        >>> [compact(x, "en") for x in (1.24e9, 32000, 8214, 999_999)]
        ['1.24 B', '32k', '8,214', '1 M']
    """
    size = abs(value)
    for index, (step, word) in enumerate(STEPS[lang]):
        divisor = DIVISOR.get(word, step)
        if size >= step or float(plain(size, _digits(size, significant))) >= step:
            text = plain(size / divisor, _digits(size / divisor, significant))
            above = STEPS[lang][index - 1] if index else None
            if above and float(text) * divisor >= above[0]:
                text, word = plain(size / above[0], 2), above[1]  # noqa: PLW2901 -- rounding reached the next word
            return _sign(value) + _grouped(text) + word
    return _sign(value) + _grouped(plain(size, _digits(size, significant)))


def fixed(value: float, decimals: int) -> str:
    """Return a number with exactly so many decimals and grouped thousands.

    Examples:
        >>> fixed(-1234.5, 2)
        '−1,234.50'
    """
    text = f"{abs(value):,.{decimals}f}"
    return (MINUS if value < 0 and float(text.replace(",", "")) else "") + text


def chance(value: float) -> str:
    """Return a probability in percent without its sign; nearly none and nearly certain stay apart from both.

    Examples:
        >>> [chance(x) for x in (0.0003, 0.014, 0.62, 0.9961)]
        ['<1', '1', '62', '>99']
    """
    if value < 0.01:
        return "<1"
    return ">99" if value > 0.99 else f"{value * 100:.0f}"


def exact(value: float) -> str:
    """Return a number in full, at most six significant digits after its whole part.

    Examples:
        >>> exact(214306.0), exact(0.1234567), exact(-3.5)
        ('214,306', '0.123457', '−3.5')
    """
    whole = math.floor(abs(value))
    decimals = 0 if abs(value) == whole else (6 if whole < 1000 else 2)
    return _sign(value) + _grouped(plain(abs(value), decimals))


def decimals_for(unit: str, spread: float | None) -> int:
    """Return how many decimals a number of a unit needs so that its interval can be seen.

    Args:
        unit: Unit of an estimate; shares are asked for in percent.
        spread: Width of the interval in that unit (percent points for shares); None without one.

    Examples:
        >>> decimals_for("hours", 3.7), decimals_for("share", 0.6), decimals_for("score", None)
        (1, 1, 2)
        >>> decimals_for("hours", 436.0)
        0
    """
    base = DECIMALS.get(unit, 0)
    if not spread or not math.isfinite(spread):
        return base
    if spread >= 10:
        return 0
    return min(base + 2, max(base, math.ceil(-math.log10(spread))))


def plain(value: float, decimals: int) -> str:
    """Return a number with at most so many decimals, no trailing zeros, no grouping."""
    text = f"{value:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _digits(value: float, significant: int) -> int:
    """Return the decimals that leave so many significant digits, none where whole digits suffice."""
    least = significant - 1
    return least if value == 0 else max(0, min(4, least - math.floor(math.log10(value))))


def _grouped(text: str) -> str:
    """Return the number with its thousands grouped."""
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}{dot}{rest}"


def _sign(value: float) -> str:
    """Return a minus sign for a number below zero."""
    return MINUS if value < 0 else ""
