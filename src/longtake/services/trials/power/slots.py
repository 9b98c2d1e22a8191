"""Power of matched slots, from how far slots differ."""

from __future__ import annotations

import math

from longtake.domain.trials.power import WANTED, Power
from longtake.domain.trials.refusal import DesignError
from longtake.domain.trials.trial import Trial
from longtake.trial.frequentist.power import Design, detectable, power, sample_size


def power_of_slots(trial: Trial) -> Power:
    """Return what so many slots can show; the deviation is that of one version from slot to slot.

    Raises:
        DesignError: The deviation is missing, or so few slots can reject nothing at this alpha.

    Examples:
        >>> from longtake.domain.trials.arms import Arm, Metric
        >>> one = Trial("t1", "lights", "Which?", "matched_slots", (Arm("A"), Arm("B")),
        ...             (Metric("likes", "mean", deviation=1.0),), "cell", "us", 63, 0.5)
        >>> round(power_of_slots(one).power, 2)
        0.8
    """
    spread = trial.primary.deviation
    if spread is None:
        raise DesignError("deviation", "deviation_needed", "")
    if 2 ** (1 - trial.planned_units) >= trial.alpha:
        least = math.ceil(1 + math.log2(1 / trial.alpha))
        raise DesignError("planned_units", "slots_few", f"{trial.planned_units} ({least})")
    design = Design(spread**2, spread**2, 1.0, trial.alpha)
    return Power(
        power=power(design, effect=trial.minimum, control_n=trial.planned_units),
        smallest=detectable(design, control_n=trial.planned_units, wanted=WANTED),
        needed=sample_size(design, effect=trial.minimum, wanted=WANTED),
        single=None,
        unit=trial.primary.unit,
        relative=False,
        method="differences inside slots, normal",
        units=trial.planned_units,
    )
