"""How much larger one share is than another, and how sure that is."""

from __future__ import annotations

import math

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.heat.measures.share import share

METHOD = "Newcombe 1998, score"


def difference(after: tuple[int, int], before: tuple[int, int], *, level: float = 0.9) -> Quantity:
    """Return the share after less the share before, with Newcombe's hybrid score interval.

    Args:
        after: Rows that have the property and rows looked at, in the later span.
        before: The same in the earlier span.
        level: Coverage, in (0, 1).

    Returns:
        A difference of shares in [-1, 1]; Unknown("no_rows") when a span has no rows.

    Raises:
        ValueError: A part is not within its whole, or the level is not in (0, 1).

    Examples:
        >>> found = difference((56, 70), (48, 80), level=0.95)  # Newcombe's first example
        >>> round(found.low, 4), round(found.value, 4), round(found.high, 4)
        (0.0524, 0.2, 0.3339)

    References:
        Newcombe, 1998, Interval estimation for the difference between independent proportions, method 10,
        doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
    """
    late, early = share(*after, level=level), share(*before, level=level)
    n = after[1] + before[1]
    if not isinstance(late, Estimate) or not isinstance(early, Estimate):
        return Unknown("no_rows", METHOD, "share", n, 1)
    value = late.value - early.value
    low = value - math.hypot(late.value - late.low, early.high - early.value)
    high = value + math.hypot(late.high - late.value, early.value - early.low)
    return Estimate(value, max(-1.0, low), min(1.0, high), level, "share", METHOD, n)
