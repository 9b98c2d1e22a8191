"""A stage judged against the forecast of the same series."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.typing import ArrayLike

from longtake.trial.its.frozen import Frozen, freeze
from longtake.trial.its.interrupted import Change, change
from longtake.trial.its.start import Rule
from longtake.trial.plans.stage import Registered, Stage, Verdict, verdict


@dataclass(frozen=True, slots=True, eq=False)
class BeforeAfter:
    """A registered stage and the forecast it will be held against."""

    registered: Registered
    frozen: Frozen


def register(
    stage: Stage,
    history: ArrayLike,
    *,
    rule: Rule | None = None,
    length: int | None = None,
    cycle: int = 7,
    seed: int = 0,
) -> BeforeAfter:
    """Return a stage with its forecast frozen and its power printed.

    Args:
        stage: The stage; its evidence may be ``quasi-experiment`` or ``observational``.
        history: Counts a day up to the start, shape (n,).
        rule: How the start was chosen, see ``freeze``.
        length: Days the rule looks over.
        cycle: Days of the cycle.
        seed: Seed of the placebo starts.

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
    frozen = freeze(history, after=stage.days, rule=rule, length=length, cycle=cycle, seed=seed)
    sign = 1.0 if stage.smallest_effect > 0 else -1.0
    power = frozen.power(stage.smallest_effect, level=stage.level, falling=sign < 0)
    found = frozen.smallest_lift(power=0.8, level=stage.level, falling=sign < 0)
    return BeforeAfter(Registered.of(stage, power=power, smallest_found=found, data_seal=frozen.seal), frozen)


def judge(stage: BeforeAfter, series: ArrayLike) -> tuple[Verdict, Change]:
    """Return the verdict on a stage and the change behind it.

    Args:
        stage: The registered stage.
        series: Counts a day from the start on, all registered days.

    Raises:
        NotEnoughDataError: Days are missing.
    """
    registered = stage.registered
    found = change(stage.frozen, series, unit=registered.stage.metric, level=registered.stage.level)
    return (
        verdict(registered, found.effect, days=stage.frozen.after, data_seal=stage.frozen.seal),
        found,
    )
