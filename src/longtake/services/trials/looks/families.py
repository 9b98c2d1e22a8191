"""Comparisons judged together, so that many arms and metrics do not make a find of chance."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.comparing.standing import Standing
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.trials.arms import Metric
from longtake.domain.trials.look import Comparison
from longtake.services.trials.looks.counted import Counted
from longtake.trial.multiplicity.adjust import e_benjamini_hochberg
from longtake.trial.multiplicity.shrinkage import shrunken

Measure = Callable[[int, Metric, float], Contrast | Unknown]
SMALLEST_P = 1e-300


def family(
    counted: Counted,
    pairs: Sequence[tuple[int, Metric]],
    measure: Measure,
    *,
    alpha: float,
    level_of: Standing,
    names: Sequence[str] = (),
) -> tuple[tuple[Comparison, Contrast | Unknown], ...]:
    """Return comparisons judged together at alpha; an interval leaves zero out just where one is found.

    Evidence that holds at any look goes through e-BH; intervals are then taken at the level that belongs to
    the number found, and contradict none of the finds.

    Args:
        counted: Rows of the trial.
        pairs: Arms (by place, from 1) and metrics.
        measure: Compares an arm on a metric at a level.
        alpha: Expected share of false finds among those found.
        level_of: Level of evidence; without a p-value it keeps none.
        names: What each pair is called; the arm's name when left out.

    References:
        Wang and Ramdas, 2022, doi:10.1111/rssb.12489.
        Xu, Wang, Ramdas, 2024, Post-selection inference for e-value based confidence intervals,
        doi:10.1214/24-EJS2253.
    """
    if not pairs:
        return ()
    m = len(pairs)
    first = [measure(arm, metric, 1 - alpha / m) for arm, metric in pairs]
    against = [0.0 if isinstance(one, Unknown) else -math.log(max(one.p, SMALLEST_P)) for one in first]
    found = e_benjamini_hochberg(against, alpha=alpha)
    many = max(int(found.sum()), 1)
    level = 1 - alpha * many / m
    again = first if many == 1 else [measure(arm, metric, level) for arm, metric in pairs]
    out = []
    called = names or [counted.trial.arms[arm].name for arm, _ in pairs]
    for (_, metric), one, name in zip(pairs, again, called, strict=True):
        # The interval decides: evidence and interval of one look say the same up to rounding.
        clear = isinstance(one, Contrast) and one.clear
        out.append((compared(name, metric, one, found=clear, level_of=level_of), one))
    return tuple(out)


def compared(
    name: str,
    metric: Metric,
    one: Contrast | Unknown,
    *,
    found: bool,
    level_of: Standing,
) -> Comparison:
    """Return a comparison as a page shows it."""
    effect: Quantity = one if isinstance(one, Unknown) else one.effect
    value = effect.value if isinstance(effect, Estimate) else 0.0
    return Comparison(
        arm=name,
        metric=metric.key,
        effect=effect,
        difference=effect,
        p=one.p if isinstance(one, Contrast) and level_of.bears("p_value") else None,
        found=found,
        better=value > 0 if metric.rise else value < 0,
    )


def drawn_together(
    judged: Sequence[tuple[Comparison, Contrast | Unknown]],
) -> tuple[Comparison, ...]:
    """Return comparisons of several arms on one metric, each with its effect drawn towards the others'."""
    known = [one for _, one in judged if isinstance(one, Contrast) and one.error > 0]
    if len(known) < 2:
        return tuple(one for one, _ in judged)
    # The average of arms says nothing of the control: effects are drawn towards their own mean.
    drawn = iter(shrunken(known))
    return tuple(
        replace(shown, shrunken=next(drawn)) if isinstance(one, Contrast) and one.error > 0 else shown
        for shown, one in judged
    )
