"""The same comparison over more days."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from longtake.domain.answers.plan import Stage
from longtake.domain.answers.plan_values import quantity_of
from longtake.domain.estimate import Estimate
from longtake.services.plans.designs import interrupted
from longtake.services.plans.designs.registration import Registration
from longtake.trial.plans.across_cities import register_cities
from longtake.trial.plans.stage import Registered
from longtake.trial.plans.windows import register_counted, register_windows


def longer(stage: Stage, written: Registration, *, days: int) -> Registration:
    """Return a registration over more days, from what was written down at the lock alone.

    Args:
        stage: The stage as it was locked.
        written: Its registration.
        days: Days in all.

    Raises:
        NotEnoughDataError: The power over the longer stretch cannot be computed.
    """
    if written.design == "interrupted_series":
        return interrupted.longer(stage, written, days=days)
    made = replace(written, days=days)
    found: Registered | None = None
    if written.design == "matched_cities":
        found = register_cities(
            made.trial(stage),
            np.array(written.data["table"], dtype=np.float64),
            names=written.data["names"],
            cities=written.data["cities"],
            without=written.data["without"],
        ).registered
    elif "before" in written.data:
        found = register_windows(made.trial(stage), written.data["before"])
    elif "baseline" in written.data:
        baseline = quantity_of(written.data["baseline"])
        found = register_counted(made.trial(stage), baseline) if isinstance(baseline, Estimate) else None
    if found is None:
        return made
    return replace(made, power=found.power, smallest_found=found.smallest_found, seal=found.data_seal)
