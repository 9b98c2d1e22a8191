"""How far two labellings of the same rows agree beyond chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.heat.measures.share import share

FEWEST = 30
METHOD = "Cohen 1960, Wilson 1927"


def kappa(pairs: Sequence[tuple[str, str]], *, level: float = 0.9) -> Quantity:
    """Return Cohen's kappa of two labellings with its interval.

    ``(p - e) / (1 - e)``, where p is the share of rows with equal labels and e the share that would be equal
    by chance. The interval takes e as measured, as Cohen does, and Wilson's limits for p, which leave room
    where all rows agree.

    Args:
        pairs: One pair of values a row, rows independent.
        level: Coverage of the interval, in (0, 1).

    Returns:
        Kappa in [-1, 1]; unknown below 30 rows, and where chance alone would agree on every row.

    Examples:
        >>> alike = [("pos", "pos")] * 20 + [("neg", "neg")] * 15
        >>> apart = [("pos", "neg")] * 5 + [("neg", "pos")] * 10
        >>> round(kappa(alike + apart).value, 4)
        0.4

    References:
        Cohen, J., 1960, A coefficient of agreement for nominal scales, doi:10.1177/001316446002000104.
        Wilson, E. B., 1927, Probable inference, doi:10.1080/01621459.1927.10502953.
    """
    n = len(pairs)
    if n < FEWEST:
        return Unknown("too_few_rows", METHOD, "ratio", n, FEWEST)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[value] * second[value] for value in first) / n**2
    if chance >= 1:
        return Unknown("one_value", METHOD, "ratio", n)
    alike = equal_share(pairs, level=level)
    if isinstance(alike, Unknown):
        return alike
    value, low, high = ((end - chance) / (1 - chance) for end in (alike.value, alike.low, alike.high))
    return Estimate(value, max(-1.0, low), min(1.0, high), level, "ratio", METHOD, n)


def equal_share(pairs: Sequence[tuple[str, str]], *, level: float = 0.9) -> Quantity:
    """Return the share of rows with equal labels; unknown without rows.

    Examples:
        >>> equal_share([("pos", "pos"), ("pos", "neg")]).value
        0.5
    """
    return share(sum(a == b for a, b in pairs), len(pairs), level=level)
