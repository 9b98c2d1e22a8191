"""A stage judged against the forecast of the same series."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from longtake.domain.estimate import Estimate
from longtake.trial.its.frozen import Frozen, Scale, freeze
from longtake.trial.its.interrupted import Change, change
from longtake.trial.its.start import Rule
from longtake.trial.plans.stage import Registered, Stage, Verdict, verdict


@dataclass(frozen=True, slots=True, eq=False)
class BeforeAfter:
    """A registered stage and the forecast it will be held against.

    Attributes:
        registered: The stage as written down.
        frozen: The forecast of the days from the end of the history on.
        lead: Days of that forecast before the measure starts.
    """

    registered: Registered
    frozen: Frozen
    lead: int = 0

    @property
    def stretched(self) -> float:
        """Days foretold over days of the measure: by so much an effect is larger than its mean."""
        return self.frozen.after / (self.frozen.after - self.lead)


def register(
    stage: Stage,
    history: ArrayLike,
    *,
    rule: Rule | None = None,
    length: int | None = None,
    cycle: int = 7,
    seed: int = 0,
    scale: Scale = "log",
    lead: int = 0,
) -> BeforeAfter:
    """Return a stage with its forecast frozen and its power printed.

    Args:
        stage: The stage; its evidence may be ``quasi-experiment`` or ``observational``.
        history: Counts a day up to the start, shape (n,).
        rule: How the start was chosen, see ``freeze``.
        length: Days the rule looks over.
        cycle: Days of the cycle.
        seed: Seed of the placebo starts.
        scale: ``log`` where the smallest effect is a share of what would have been, ``level`` where it is in
            the unit of the series.
        lead: Days between the end of the history and the first day of the measure. They are part of the days
            foretold, and the effect is that of all of them stretched to those it worked on.

    Raises:
        NotEnoughDataError: See ``freeze``.
        ValueError: The stage claims that something was drawn by lot, which a before and after is not.

    Examples:
        >>> import numpy as np
        >>> steady = 100 * np.exp(np.random.default_rng(0).normal(0, 0.1, 60))
        >>> stage = register(Stage("re-cut trailer", "comments", 10, 0.3), steady)
        >>> judge(stage, np.full(10, 150.0))[0].outcome
        'improved'
    """
    if stage.evidence not in {"quasi-experiment", "observational"}:
        raise ValueError(f"a before and after is no {stage.evidence} comparison")
    frozen = freeze(
        history, after=lead + stage.days, rule=rule, length=length, cycle=cycle, seed=seed, scale=scale
    )
    falling = stage.smallest_effect < 0
    stretched = frozen.after / stage.days
    power = frozen.power(
        _scaled(stage.smallest_effect, 1 / stretched, scale), level=stage.level, falling=falling
    )
    found = _scaled(frozen.smallest_lift(power=0.8, level=stage.level, falling=falling), stretched, scale)
    registered = Registered.of(stage, power=power, smallest_found=found, data_seal=frozen.seal)
    return BeforeAfter(registered, frozen, lead)


def judge(stage: BeforeAfter, series: ArrayLike) -> tuple[Verdict, Change]:
    """Return the verdict on a stage and the change behind it.

    Args:
        stage: The registered stage.
        series: Counts a day from the end of the history on: the lead, then all registered days.

    Raises:
        NotEnoughDataError: Days are missing.
    """
    registered = stage.registered
    found = change(stage.frozen, series, unit=registered.stage.metric, level=registered.stage.level)
    if stage.lead:
        found = replace(found, effect=_stretched(found.effect, stage.stretched, stage.frozen.scale))
    days = stage.frozen.after - stage.lead
    return verdict(registered, found.effect, days=days, data_seal=stage.frozen.seal), found


def _scaled(effect: float, by: float, scale: Scale) -> float:
    """Return an effect that works on more or fewer of the days, as a mean over all of them.

    Examples:
        >>> round(_scaled(0.21, 0.5, "log"), 6), _scaled(0.2, 0.5, "level")
        (0.1, 0.1)
    """
    return float(np.expm1(np.log1p(effect) * by)) if scale == "log" else effect * by


def _stretched(effect: Estimate, by: float, scale: Scale) -> Estimate:
    value, low, high = (_scaled(one, by, scale) for one in (effect.value, effect.low, effect.high))
    return replace(effect, value=value, low=low, high=high)
