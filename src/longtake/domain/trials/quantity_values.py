"""Numbers with their uncertainty, as JSON values and back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from longtake.domain.estimate import Estimate, Quantity, Unknown


def quantity_values(quantity: Quantity) -> dict[str, Any]:
    """Return a quantity as JSON values; an end without bound is None.

    Examples:
        >>> quantity_values(Unknown("too_few_rows", "Welch", "share", 3, 4))["reason"]
        'too_few_rows'
    """
    if isinstance(quantity, Unknown):
        return {
            "reason": quantity.reason,
            "method": quantity.method,
            "unit": quantity.unit,
            "n": quantity.n,
            "needed": quantity.needed,
        }
    return {
        "value": quantity.value,
        "low": quantity.low if math.isfinite(quantity.low) else None,
        "high": quantity.high if math.isfinite(quantity.high) else None,
        "level": quantity.level,
        "unit": quantity.unit,
        "method": quantity.method,
        "n": quantity.n,
    }


def quantity_of(values: Mapping[str, Any]) -> Quantity:
    """Return the quantity that :func:`quantity_values` wrote.

    Raises:
        KeyError: A value is missing.

    Examples:
        >>> one = Estimate(0.2, -math.inf, 0.3, 0.95, "share", "by hand", 9)
        >>> quantity_of(quantity_values(one)) == one
        True
    """
    if "reason" in values:
        return Unknown(values["reason"], values["method"], values["unit"], values["n"], values["needed"])
    low, high = values["low"], values["high"]
    return Estimate(
        values["value"],
        -math.inf if low is None else low,
        math.inf if high is None else high,
        values["level"],
        values["unit"],
        values["method"],
        values["n"],
    )
