"""A share of a whole, and how sure it is."""

from __future__ import annotations

import math

from scipy.special import ndtri

from longtake.domain.estimate import Estimate, Quantity, Unknown

METHOD = "Wilson 1927"


def share(part: int, whole: int, *, level: float = 0.9) -> Quantity:
    """Return ``part / whole`` with Wilson's score interval.

    Args:
        part: Rows that have the property, 0 to ``whole``.
        whole: Rows looked at.
        level: Coverage, in (0, 1).

    Returns:
        A share in [0, 1]; Unknown("no_rows") when ``whole`` is zero.

    Raises:
        ValueError: ``part`` is not within 0 and ``whole``, or the level is not in (0, 1).

    Examples:
        >>> e = share(5, 10, level=0.95)
        >>> round(e.low, 3), e.value, round(e.high, 3)
        (0.237, 0.5, 0.763)

    References:
        Wilson, 1927, Probable inference, the law of succession, and statistical inference,
        doi:10.1080/01621459.1927.10502953.
    """
    if not 0 <= part <= whole or not 0 < level < 1:
        raise ValueError(f"part {part}, whole {whole}, level {level}")
    if whole == 0:
        return Unknown("no_rows", METHOD, "share", 0, 1)
    z = float(ndtri(0.5 + level / 2))
    p = part / whole
    centre = (p + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z / (1 + z * z / whole) * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole))
    # Rounding must not push an end past the value itself at p = 0 and p = 1.
    low, high = min(p, max(0.0, centre - half)), max(p, min(1.0, centre + half))
    return Estimate(p, low, high, level, "share", METHOD, whole)
