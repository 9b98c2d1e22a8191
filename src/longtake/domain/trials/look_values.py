"""A look as JSON values, as the chain keeps it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from longtake.domain.estimate import Estimate
from longtake.domain.trials.look import ArmSeen, Comparison, Look, Point, Split, Wait
from longtake.domain.trials.quantity_values import quantity_of, quantity_values


def look_values(look: Look) -> dict[str, Any]:
    """Return a look as JSON values.

    Examples:
        >>> look_of(look_values(Look("no_rows", "randomised"))) == Look("no_rows", "randomised")
        True
    """
    return {
        "decision": look.decision,
        "standing": look.standing,
        "arm": look.arm,
        "day": look.day,
        "days": look.days,
        "units": look.units,
        "split": None if look.split is None else asdict(look.split),
        "arms": [
            {"name": a.name, "planned": a.planned, "units": a.units, "value": quantity_values(a.value)}
            for a in look.arms
        ],
        "comparisons": [_comparison(one) for one in look.comparisons],
        "wait": None if look.wait is None else asdict(look.wait),
        "path": [[p.day, p.arm, p.value, _bound(p.low), _bound(p.high)] for p in look.path],
        "next_weights": dict(look.next_weights),
        "mix": {arm: dict(groups) for arm, groups in look.mix.items()},
        "factors": [_comparison(one) for one in look.factors],
        "notes": list(look.notes),
        "bound": look.bound,
        "looked": look.looked,
    }


def look_of(values: Mapping[str, Any]) -> Look:
    """Return the look that :func:`look_values` wrote.

    Raises:
        KeyError: A value is missing.
    """
    return Look(
        decision=values["decision"],
        standing=values["standing"],
        arm=values["arm"],
        day=values["day"],
        days=values["days"],
        units=values["units"],
        split=None if values["split"] is None else Split(**values["split"]),
        arms=tuple(
            ArmSeen(a["name"], a["planned"], a["units"], quantity_of(a["value"])) for a in values["arms"]
        ),
        comparisons=tuple(_compared(one) for one in values["comparisons"]),
        wait=None if values["wait"] is None else Wait(**values["wait"]),
        path=tuple(
            Point(day, arm, value, -math.inf if low is None else low, math.inf if high is None else high)
            for day, arm, value, low, high in values["path"]
        ),
        next_weights=values["next_weights"],
        mix=values["mix"],
        factors=tuple(_compared(one) for one in values["factors"]),
        notes=tuple(values["notes"]),
        bound=values["bound"],
        looked=values["looked"],
    )


def _bound(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _comparison(one: Comparison) -> dict[str, Any]:
    return {
        "arm": one.arm,
        "metric": one.metric,
        "effect": quantity_values(one.effect),
        "difference": quantity_values(one.difference),
        "p": one.p,
        "found": one.found,
        "better": one.better,
        "shrunken": None if one.shrunken is None else quantity_values(one.shrunken),
    }


def _compared(values: Mapping[str, Any]) -> Comparison:
    shrunken = None if values["shrunken"] is None else quantity_of(values["shrunken"])
    return Comparison(
        values["arm"],
        values["metric"],
        quantity_of(values["effect"]),
        quantity_of(values["difference"]),
        values["p"],
        values["found"],
        values["better"],
        shrunken if isinstance(shrunken, Estimate) else None,
    )
