"""A plan as plain values, as one JSON spelling, and as a digest that any change changes."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from longtake.domain.answers.plan import Goal, Output, Plan, Stage
from longtake.domain.answers.rule import Rule, rule_of
from longtake.domain.estimate import Estimate, Quantity, Unknown


def plan_values(plan: Plan) -> dict[str, Any]:
    """Return a plan as plain values, as :func:`plan_of` reads them."""
    return {
        "campaign": plan.campaign,
        "lang": plan.lang,
        "abstained": plan.abstained,
        "because": dict(sorted(plan.because.items())),
        "stages": [stage_values(stage) for stage in plan.stages],
    }


def canonical(plan: Plan) -> bytes:
    """Return the one JSON spelling of a plan: keys sorted, no white space, UTF-8."""
    return _spelled(plan_values(plan))


def digest(plan: Plan) -> str:
    """Return SHA-256 of the canonical JSON, hexadecimal; any change changes it.

    Examples:
        >>> digest(Plan("x", "zh", {}, False)) == digest(Plan("x", "zh", {}, False))
        True
        >>> digest(Plan("x", "zh", {}, False)) == digest(Plan("x", "en", {}, False))
        False
    """
    return hashlib.sha256(canonical(plan)).hexdigest()


def stage_digest(stage: Stage) -> str:
    """Return SHA-256 of a stage's canonical JSON, hexadecimal, to lock it before it starts."""
    return hashlib.sha256(_spelled(stage_values(stage))).hexdigest()


def plan_of(values: Mapping[str, Any]) -> Plan:
    """Return the plan of plain values.

    Raises:
        KeyError: A key is missing.
        TypeError: A value is of the wrong type, or a key is not known.
        ValueError: A value is not allowed.
    """
    known = {"campaign", "lang", "abstained", "because", "stages"}
    if unread := sorted(set(values) - known):
        raise TypeError(f"nobody reads {', '.join(unread)}")
    return Plan(
        campaign=_typed(values, "campaign", str),
        lang=_typed(values, "lang", str),
        because={str(k): float(v) for k, v in _typed(values, "because", dict).items()},
        abstained=_typed(values, "abstained", bool),
        stages=tuple(_stage_of(one) for one in _typed(values, "stages", list)),
    )


def _spelled(values: Mapping[str, Any]) -> bytes:
    return json.dumps(
        values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def stage_values(stage: Stage) -> dict[str, Any]:
    """Return a stage as plain values."""
    values: dict[str, Any] = {
        "id": stage.id,
        "cause": stage.cause,
        "repair": stage.repair,
        "title": stage.title,
        "does": stage.does,
        "owner": stage.owner,
        "cost": stage.cost,
        "design": stage.design,
        "start": stage.start,
        "stop": stage.stop,
        "harm": stage.harm,
        "avoid": stage.avoid,
    }
    # Left out where there are none: a plan written before they existed keeps its digest.
    values |= {
        name: [one.values() for one in rules]
        for name, rules in (("starts", stage.starts), ("stops", stage.stops))
        if rules
    }
    if stage.budget_cny is not None:
        values["budget_cny"] = stage.budget_cny
    goal = stage.goal
    values["goal"] = {
        "metric": goal.metric,
        "unit": goal.unit,
        "figure": goal.figure,
        "minimum": goal.minimum,
        "rise": goal.rise,
        "horizon_days": goal.horizon_days,
        "baseline": quantity_values(goal.baseline),
    }
    values["outputs"] = [{**asdict(one), "frame": list(one.frame)} for one in stage.outputs]
    return values


def quantity_values(quantity: Quantity) -> dict[str, Any]:
    """Return a quantity as plain values, as :func:`quantity_of` reads them; an open end is left out."""
    values = asdict(quantity)
    # Plain data formats have no infinity and no null: an open end or an unknown need is left out.
    return {k: v for k, v in values.items() if v is not None and not (isinstance(v, float) and math.isinf(v))}


def _stage_of(values: Any) -> Stage:
    if not isinstance(values, Mapping):
        raise TypeError("a stage is no table")
    texts = ("id", "cause", "repair", "title", "does", "owner", "cost", "design", "start", "stop", "avoid")
    known = {*texts, "harm", "budget_cny", "goal", "outputs", "starts", "stops"}
    if unread := sorted(set(values) - known):
        raise TypeError(f"stage {values.get('id', '?')}: nobody reads {', '.join(unread)}")
    return Stage(
        **{name: _typed(values, name, str) for name in texts},
        goal=_goal_of(_typed(values, "goal", dict)),
        outputs=tuple(_output_of(one) for one in _typed(values, "outputs", list)),
        budget_cny=_number(values, "budget_cny") if "budget_cny" in values else None,
        harm=_number(values, "harm"),
        starts=_rules_of(values, "starts"),
        stops=_rules_of(values, "stops"),
    )


def _rules_of(values: Mapping[str, Any], name: str) -> tuple[Rule, ...]:
    found = _typed(values, name, list) if name in values else []
    if not all(isinstance(one, Mapping) for one in found):
        raise TypeError(f"{name} is no list of tables")
    return tuple(rule_of(one) for one in found)


def _goal_of(values: Mapping[str, Any]) -> Goal:
    return Goal(
        metric=_typed(values, "metric", str),
        unit=_typed(values, "unit", str),
        baseline=quantity_of(_typed(values, "baseline", dict)),
        figure=_typed(values, "figure", str),
        minimum=_number(values, "minimum"),
        rise=_typed(values, "rise", bool),
        horizon_days=_typed(values, "horizon_days", int),
    )


def _output_of(values: Any) -> Output:
    if not isinstance(values, Mapping):
        raise TypeError("an output is no table")
    frame = values.get("frame", [])
    if not isinstance(frame, list) or not all(isinstance(one, str) for one in frame):
        raise TypeError("a frame is no list of texts")
    return Output(
        what=_typed(values, "what", str),
        platform=_typed(values, "platform", str) if "platform" in values else "",
        form=_typed(values, "form", str) if "form" in values else "",
        frame=tuple(frame),
    )


def quantity_of(values: Mapping[str, Any]) -> Quantity:
    """Return the quantity of plain values.

    Raises:
        KeyError: A key is missing.
        TypeError: A value is of the wrong type.
        ValueError: A value is not allowed.
    """
    if "reason" in values:
        return Unknown(
            reason=_typed(values, "reason", str),
            method=_typed(values, "method", str),
            unit=_typed(values, "unit", str),
            n=_typed(values, "n", int),
            needed=_typed(values, "needed", int) if "needed" in values else None,
        )
    return Estimate(
        value=_number(values, "value"),
        low=_number(values, "low") if "low" in values else -math.inf,
        high=_number(values, "high") if "high" in values else math.inf,
        level=_number(values, "level"),
        unit=_typed(values, "unit", str),
        method=_typed(values, "method", str),
        n=_typed(values, "n", int),
    )


def _number(values: Mapping[str, Any], name: str) -> float:
    value = values[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError(f"{name} is {value!r}, expected a number")
    return float(value)


def _typed(values: Mapping[str, Any], name: str, kind: type) -> Any:
    value = values[name]
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise TypeError(f"{name} is {value!r}, expected {kind.__name__}")
    return value
