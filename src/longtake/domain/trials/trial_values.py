"""A design as JSON values, and its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from longtake.domain.trials.arms import Arm, Metric
from longtake.domain.trials.trial import Trial


def trial_values(trial: Trial) -> dict[str, Any]:
    """Return a design as JSON values."""
    values = asdict(trial)
    values["arms"] = [{**asdict(arm), "aliases": list(arm.aliases)} for arm in trial.arms]
    values["metrics"] = [asdict(metric) for metric in trial.metrics]
    values["places"] = list(trial.places)
    return values


def trial_of(values: Mapping[str, Any]) -> Trial:
    """Return the design that :func:`trial_values` wrote.

    Raises:
        DesignError: No trial could be run on it.
        KeyError: A value is missing.
    """
    arms = tuple(Arm(**{**arm, "aliases": tuple(arm["aliases"])}) for arm in values["arms"])
    metrics = tuple(Metric(**metric) for metric in values["metrics"])
    return Trial(**{**values, "arms": arms, "metrics": metrics, "places": tuple(values["places"])})


def trial_digest(trial: Trial) -> str:
    """Return what a design is known by: SHA-256 of its canonical JSON.

    Examples:
        >>> one = Trial("t1", "lights", "Which cut?", "any_look", (Arm("A"), Arm("B")), (Metric("finish"),),
        ...             "viewer", "us", 4000, 0.03)
        >>> trial_digest(one) == trial_digest(trial_of(trial_values(one))), len(trial_digest(one))
        (True, 64)
    """
    text = json.dumps(trial_values(trial), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
