"""Which format, which emotion, which angle: main effects inside combinations of the others."""

from __future__ import annotations

import numpy as np

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Unknown
from longtake.domain.trials.arms import FACTORS
from longtake.domain.trials.look import Comparison
from longtake.services.trials.book import Book
from longtake.services.trials.looks.counted import Counted
from longtake.services.trials.looks.families import family
from longtake.trial.sequential.split import split_information, split_test


def factor_effects(book: Book, counted: Counted) -> tuple[Comparison, ...]:
    """Return each level of a factor against the control's level.

    Units of one period whose other factors are alike are compared with each other, so that an angle is not
    credited with the emotion it happened to come with. A level that never meets the control's in one
    combination cannot be told apart and is left out. All are judged together, apart from the arms.
    """
    trial = book.trial
    if trial.primary.kind != "proportion" or len(trial.arms) < 3:
        return ()
    levels = []
    for factor in FACTORS:
        base = trial.control.factors.get(factor)
        told = sorted({arm.factors[factor] for arm in trial.arms if factor in arm.factors})
        if base is not None and len(told) > 1:
            levels += [(factor, base, level) for level in told if level != base]
    if not levels:
        return ()

    def measure(place: int, _: object, level: float) -> Contrast | Unknown:
        factor, base, other = levels[place - 1]
        return _level(counted, factor, base, other, level=level)

    pairs = [(place + 1, trial.primary) for place in range(len(levels))]
    names = [level for _, _, level in levels]
    found = family(counted, pairs, measure, alpha=trial.alpha, level_of=book.standing, names=names)
    out = []
    for (factor, _, level), (shown, one) in zip(levels, found, strict=True):
        if isinstance(one, Contrast):
            out.append(
                Comparison(level, factor, shown.effect, shown.difference, shown.p, shown.found, shown.better)
            )
    return tuple(out)


def _level(counted: Counted, factor: str, base: str, other: str, *, level: float) -> Contrast | Unknown:
    """Return a level against another, in strata of period and the other factors."""
    trial = counted.trial
    strata: dict[tuple[tuple[str, str], ...], tuple[list[int], list[int]]] = {}
    for place, arm in enumerate(trial.arms):
        own = arm.factors.get(factor)
        if own in {base, other}:
            rest = tuple(sorted((k, v) for k, v in arm.factors.items() if k != factor))
            strata.setdefault(rest, ([], []))[own == other].append(place)
    both = [sides for _, sides in sorted(strata.items()) if sides[0] and sides[1]]
    if not both:
        return Unknown("too_few_rows", "conversion split", "share", 0)
    x, n = counted.sums[trial.primary.key][:, :, 0], counted.told[trial.primary.key]
    parts = [
        np.concatenate([table[:, sides[side]].sum(axis=1) for sides in both])
        for side in (0, 1)
        for table in (x, n)
    ]
    whole = trial.planned_units * sum(
        trial.shares[place] for sides in both for side in sides for place in side
    )
    base_rate = trial.primary.baseline if trial.primary.baseline is not None else 0.1
    information = split_information(whole, share=base_rate)
    return split_test((parts[0], parts[1]), (parts[2], parts[3]), information=information, level=level)
