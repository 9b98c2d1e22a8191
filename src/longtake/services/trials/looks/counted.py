"""Rows of a split trial as arrays: periods by arms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.domain.comparing.paired import PairedMoments
from longtake.domain.statistic import Moments
from longtake.domain.trials.arms import Metric
from longtake.domain.trials.rows import Row, moments, paired
from longtake.domain.trials.trial import Trial

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Units and sums of a trial by period and arm.

    A period is a day or hour in one place: units that were split over arms together.

    Attributes:
        trial: The design.
        periods: ``(day or hour, place)``, sorted.
        units: Units, shape (t, k).
        sums: By metric, shape (t, k, parts).
        told: By metric, units of rows that tell it, shape (t, k).
    """

    trial: Trial
    periods: tuple[tuple[str, str], ...]
    units: Floats
    sums: dict[str, Floats]
    told: dict[str, Floats]

    @classmethod
    def of(cls, trial: Trial, rows: Sequence[Row]) -> Counted:
        """Return rows as arrays."""
        periods = tuple(sorted({(row.at, row.place) for row in rows}))
        at = {period: place for place, period in enumerate(periods)}
        arm = {one.name: place for place, one in enumerate(trial.arms)}
        shape = len(periods), len(trial.arms)
        units = np.zeros(shape)
        parts = {"proportion": 1, "mean": 2, "ratio": 5}
        sums = {m.key: np.zeros((*shape, parts[m.kind])) for m in trial.metrics}
        told = {m.key: np.zeros(shape) for m in trial.metrics}
        for row in rows:
            place = at[row.at, row.place], arm[row.arm]
            units[place] += row.units
            for metric, values in row.sums.items():
                if metric in sums:
                    sums[metric][place] += values
                    told[metric][place] += row.units
        return cls(trial, periods, units, sums, told)

    @property
    def days(self) -> tuple[str, ...]:
        """Days with rows, sorted."""
        return tuple(sorted({at[:10] for at, _ in self.periods}))

    def until(self, day: str) -> Counted:
        """Return the same up to the end of a day."""
        keep = np.array([at[:10] <= day for at, _ in self.periods], dtype=bool)
        return Counted(
            self.trial,
            tuple(p for p, k in zip(self.periods, keep, strict=True) if k),
            self.units[keep],
            {key: value[keep] for key, value in self.sums.items()},
            {key: value[keep] for key, value in self.told.items()},
        )

    def conversions(self, metric: Metric, arm: int) -> tuple[Floats, Floats]:
        """Return an arm's conversions and units by period."""
        return self.sums[metric.key][:, arm, 0], self.told[metric.key][:, arm]

    def moments(self, metric: Metric, arm: int) -> Moments:
        """Return an arm's sums of a mean so far."""
        total, squares = self.sums[metric.key][:, arm].sum(axis=0)
        return moments(int(self.told[metric.key][:, arm].sum()), float(total), float(squares))

    def paired(self, metric: Metric, arm: int) -> PairedMoments:
        """Return an arm's sums of a ratio so far."""
        first, second, third, fourth, fifth = self.sums[metric.key][:, arm].sum(axis=0).tolist()
        return paired(int(self.told[metric.key][:, arm].sum()), (first, second, third, fourth, fifth))


def mix_of(trial: Trial, rows: Sequence[Row]) -> dict[str, dict[str, int]]:
    """Return units by arm and group of the audience; empty where no row tells it."""
    found: dict[str, dict[str, int]] = {arm.name: defaultdict(int) for arm in trial.arms}
    for row in rows:
        for group, units in row.mix.items():
            found[row.arm][group] += units
    groups = sorted({group for arm in found.values() for group in arm})
    return {arm: {group: seen[group] for group in groups} for arm, seen in found.items()} if groups else {}
