"""A forecast frozen before the measure, with the rule of its start and the power to see a lift."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.errors import NotEnoughDataError
from longtake.trial.its.history import bank, drawn_series, placebo_errors
from longtake.trial.its.mixture import Ahead, Bank, model
from longtake.trial.its.shapes import Course
from longtake.trial.its.start import OnDay, Rule

Floats = NDArray[np.float64]
Scale = Literal["log", "level"]

METHOD = "decay forecast frozen before the start"
LEAST_BEFORE = 14
MOST_BEFORE = 120
LEAST_WORLDS = 100
WORLDS = 399
SHOWN = 1e-2
HALF_COUNT = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Frozen:
    """What a series would do without the measure, written down before the measure.

    Attributes:
        scale: ``log``: the measure multiplies; ``level``: it adds.
        before: Steps before the start that the forecast rests on.
        after: Steps that will be judged.
        path: Expected steps after the start (median on the scale ``log``), shape (h,), in counts.
        low: Lower ends of the 90 % band of single steps, shape (h,).
        high: Upper ends of it.
        found: What each model foretells for the mean after the start.
        deviation: Standard deviation of that forecast on the scale.
        errors: Errors at placebo starts, over their deviations, sorted; None where the start does not depend
            on the series.
        seal: Digest of the series, the rule and the settings: the same digest, the same forecast.
    """

    scale: Scale
    before: int
    after: int
    path: Floats
    low: Floats
    high: Floats
    found: Ahead
    deviation: float
    errors: Floats | None
    seal: str

    @property
    def mean(self) -> float:
        """Expected mean after the start, on the scale."""
        return float(self.found.mean[0])

    @property
    def rebound(self) -> float:
        """What the mean rises by itself because of how the start was chosen, on the scale."""
        return 0.0 if self.errors is None else float(np.median(self.errors)) * self.deviation

    def below(self, mean: float) -> float:
        """Return the probability that the mean after the start stays below a value, without the measure."""
        if self.errors is not None:
            place = (mean - self.mean) / self.deviation
            return float((self.errors < place).mean())
        return self.found.below(mean)

    def quantile(self, share: float) -> float:
        """Return the value that the mean after the start stays below with a probability in (0, 1).

        For placebo starts, the order statistic whose rank among the starts and the actual one makes a test
        by ranks and this quantile agree.
        """
        if not 0 < share < 1:
            raise ValueError(f"share {share}")
        if self.errors is not None:
            k = max(int(np.floor(min(share, 1 - share) * (self.errors.size + 1) + 1e-9)), 1) - 1
            place = k if share < 0.5 else self.errors.size - 1 - k
            return self.mean + self.deviation * float(self.errors[place])
        return self.found.quantile(share)

    def power(self, lift: float, *, level: float = 0.9, falling: bool = False) -> float:
        """Return the probability that the interval would lie above zero under a lift.

        Args:
            lift: True change, as a share of what would have been on the scale ``log``, in counts a step on
                the scale ``level``.
            level: Coverage of the interval that will judge it.
            falling: A fall is wanted: the probability that the interval would lie below zero.

        Examples:
            >>> steady = 100 * np.exp(np.random.default_rng(0).normal(0, 0.1, 60))
            >>> frozen = freeze(steady, after=14)
            >>> frozen.power(0.0) < 0.06 < 0.9 < frozen.power(0.5)
            True
        """
        shift = float(np.log1p(lift)) if self.scale == "log" else lift
        if falling:
            return self.below(self.quantile((1 - level) / 2) - shift)
        return 1.0 - self.below(self.quantile((1 + level) / 2) - shift)

    def smallest_lift(self, *, power: float = 0.8, level: float = 0.9, falling: bool = False) -> float:
        """Return the lift under which the interval would lie above zero with a given probability.

        Args:
            power: Wanted probability, in (0, 1).
            level: Coverage of the interval that will judge it.
            falling: A fall is wanted.
        """
        end, middle = ((1 - level) / 2, power) if falling else ((1 + level) / 2, 1 - power)
        shift = self.quantile(end) - self.quantile(middle)
        return float(np.expm1(shift)) if self.scale == "log" else shift


def freeze(
    series: ArrayLike,
    *,
    after: int,
    rule: Rule | None = None,
    length: int | None = None,
    cycle: int = 7,
    scale: Scale = "log",
    seed: int = 0,
) -> Frozen:
    """Return the forecast of a series from its steps before the measure.

    Level, exponential and power-law decay, decay to a floor, with and without a weekly cycle and with errors
    that carry over from step to step, each weighted by how well it tells the steps there are. Where the
    series itself chose the start, the same rule is run on series drawn from the forecast without any measure,
    and their errors are what the measure is held against.

    Args:
        series: Counts a step before the start, oldest first, at least 0 on the scale ``log``, shape (n,);
            NaN where nothing was seen. A count of 0 is taken for a half.
        after: Steps that will be judged.
        rule: How the start was chosen; a set day when None.
        length: Steps of the whole series the rule looks over; n plus ``after`` when None.
        cycle: Steps of the cycle, 7 for days, 24 for hours; 0 for none.
        scale: ``log`` where a measure multiplies, ``level`` where it adds or values may be below zero.
        seed: Seed of the drawn series.

    Raises:
        NotEnoughDataError: Fewer than 14 steps before the start, or the rule hardly ever finds a start in
            series without a measure, so there is nothing to hold the measure against.
        ValueError: A number is out of its range, or steps are missing where the series chose the start.

    References:
        Wagner, Soumerai, Zhang and Ross-Degnan, 2002, Segmented regression analysis of interrupted time
        series studies, doi:10.1046/j.1365-2710.2002.00430.x; its straight line is what heat does not follow.
        Barnett, van der Pols and Dobson, 2005, Regression to the mean: what it is and how to deal with it,
        doi:10.1093/ije/dyh299.
    """
    counts = np.asarray(series, dtype=np.float64)
    if counts.ndim != 1 or after < 1 or np.isinf(counts).any():
        raise ValueError(f"series of shape {counts.shape}, after {after}, or a value without bound")
    if scale == "log" and (counts < 0).any():
        raise ValueError("a count below zero; take the scale 'level'")
    values = np.log(np.maximum(counts, HALF_COUNT)) if scale == "log" else counts
    watched = None if rule is None or isinstance(rule, OnDay) else rule
    before = min(counts.size, MOST_BEFORE)
    if watched is not None:
        before = min(before, watched.first)
        if np.isnan(counts).any():
            raise ValueError("steps are missing in a series that chose its start")
        if not watched.first <= counts.size <= watched.last:
            raise ValueError(f"start {counts.size} is not between {watched.first} and {watched.last}")
    recent = values[values.size - before :]
    seen = np.isfinite(recent)
    if seen.sum() < LEAST_BEFORE:
        raise NotEnoughDataError(
            METHOD, needed=LEAST_BEFORE, got=int(seen.sum()), unit="steps before the start"
        )
    made = _with_gaps(bank(before, after, cycle), seen)
    found = made.ahead(recent[seen][None])
    errors = None
    if watched is not None:
        more = (length or counts.size + after) - counts.size
        if more < after:
            raise ValueError(f"length {length} leaves {more} steps after the start of {after}")
        past = values[max(values.size - MOST_BEFORE * 2, 0) :]
        lost = values.size - past.size
        drawn = drawn_series(past, after=more, cycle=cycle, draws=WORLDS, rng=np.random.default_rng(seed))
        if lost:
            drawn = np.concatenate([np.broadcast_to(values[:lost], (WORLDS, lost)), drawn], axis=1)
        errors = np.sort(
            placebo_errors(drawn, watched, window=before, after=after, cycle=cycle, on_counts=scale == "log")
        )
        if errors.size < LEAST_WORLDS:
            raise NotEnoughDataError(METHOD, needed=LEAST_WORLDS, got=errors.size, unit="placebo starts")
    path, width = _path(made, found, recent[seen], after)
    back = np.exp if scale == "log" else np.asarray
    note = repr((scale, after, rule, length, cycle, seed)).encode() + np.round(counts, 9).tobytes()
    return Frozen(
        scale=scale,
        before=before,
        after=after,
        path=np.asarray(back(path)),
        low=np.asarray(back(path - 1.645 * width)),
        high=np.asarray(back(path + 1.645 * width)),
        found=found.likely(),
        deviation=float(found.deviation[0]),
        errors=errors,
        seal=hashlib.sha256(note).hexdigest(),
    )


def _with_gaps(made: Bank, seen: NDArray[np.bool_]) -> Bank:
    """Return the bank without the steps before the start that were not seen."""
    if seen.all():
        return made
    steps = made.errors.shape[1]
    kept = np.flatnonzero(np.concatenate([seen, np.ones(steps - made.before, dtype=bool)]))
    cut = [
        Course(course.name, course.columns[kept], course.prior)
        for course in made.courses
        if np.linalg.matrix_rank(course.columns[kept[: int(seen.sum())]]) == course.columns.shape[1]
        and course.columns.shape[1] + 2 <= int(seen.sum())
    ]
    return Bank.of(cut, [error[np.ix_(kept, kept)] for error in made.errors], int(seen.sum()))


def _path(made: Bank, found: Ahead, recent: Floats, after: int) -> tuple[Floats, Floats]:
    """Return the expected steps after the start and their standard deviations, over the models that count."""
    weights = found.weights[0]
    mean, square, total = np.zeros(after), np.zeros(after), 0.0
    for place in np.flatnonzero(weights >= SHOWN * weights.max()).tolist():
        course, errors = made.at(place)
        one = model(course.columns, errors, made.before)
        steps = one.path @ recent
        freedom = found.freedom[place]
        own = found.variances[0, place] * np.diag(one.spread) * freedom / max(freedom - 2, 1.0)
        mean += weights[place] * steps
        square += weights[place] * (steps**2 + own)
        total += weights[place]
    mean /= total
    return mean, np.sqrt(np.maximum(square / total - mean**2, 0.0))
