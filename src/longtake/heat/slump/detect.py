"""See when word of mouth breaks, and say what else it could be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.domain.estimate import Estimate
from longtake.heat.decomposition.surges import name_surges, with_surges
from longtake.heat.renewal.cycle import cycle_length
from longtake.heat.renewal.design import Design, design, intensity
from longtake.heat.renewal.seasoned import fit_seasoned
from longtake.heat.slump.fall import Fall, fall
from longtake.heat.slump.score import Scores, scores

Floats = NDArray[np.float64]

METHOD = "running score test of a fall in R"
QUIET_HOURS, LONGEST_HOURS, STRIDE_HOURS = 120.0, 240.0, 3.0
QUIET_STEPS, SHORTEST = 14, 2
# Before this share of a short series nothing is known to compare with.
QUIET_SHARE = 1 / 6
FOLLOW_HOURS = 48.0
# How audience follows showings where both are known (Korean releases, 2024): not one for one.
SUPPLY_ELASTICITY = 0.73
# Heat slid where the counts after the onset are below this share of those before.
SLID, HALF = 0.8, 0.5

KINDS = ("wom_broke", "promotion_ended", "supply_cut", "list_censoring", "holiday", "platform_wide")


@dataclass(frozen=True, slots=True, eq=False)
class Slump:
    """What became of the heat.

    Attributes:
        detected: Whether word of mouth broke: R fell beyond chance with everything named taken into account.
        kind: wom_broke, promotion_ended, supply_cut, list_censoring, holiday or platform_wide; None where
            nothing slid. Only the first is a slump.
        alarm: First step at which it could have been known; None when there is no alarm.
        onset: Likeliest step at which the fall began; None without a fall.
        onset_low: First step of the onset's 90 % interval.
        onset_high: Last step of it.
        fall: How far R fell and what it cost; None unless word of mouth broke.
        height: Highest standardised score of the series.
        threshold: Height that a series without a fall passes with probability ``false_alarm``.
        false_alarm: That probability, over the whole series.
        explained: Height over its threshold by explanation, each taken into account alone; below 0 where it
            takes the slide away; empty without a slide.
    """

    detected: bool
    kind: str | None
    alarm: int | None
    onset: int | None
    onset_low: int | None
    onset_high: int | None
    fall: Fall | None
    height: float
    threshold: float
    false_alarm: float
    explained: dict[str, float]

    @property
    def severity(self) -> Estimate | None:
        """``1 - R_after / R_before``, in [0, 1]; None unless word of mouth broke."""
        return self.fall.severity if self.fall else None

    @property
    def lost(self) -> Estimate | None:
        """Counts missing since the onset; None unless word of mouth broke."""
        return self.fall.lost if self.fall else None


def detect_slump(
    counts: ArrayLike,
    *,
    step_hours: float,
    events: Mapping[str, ArrayLike] | None = None,
    supply: ArrayLike | None = None,
    seasonality: ArrayLike | None = None,
    platform: ArrayLike | None = None,
    floor: ArrayLike | None = None,
    level: float = 0.9,
    false_alarm: float = 0.05,
) -> Slump:
    """Return whether and when R fell, how far, and what explains a slide in which it did not.

    The promotion that did happen, the showings there were, the cycle and the platform's own activity belong
    to the null: heat that goes because these went is named as such, and is no slump. Where R did not fall
    beyond chance but would seem to without one of them, that one is the kind.

    Do not read "no alarm" as "no fall": a small fall needs days, and on weak counts it is not seen.

    Args:
        counts: New counts a step, shape (t,); NaN is missing.
        step_hours: Length of a step in hours.
        events: Intensity of promotion by name, each shape (t,).
        supply: Showings, seats or cinemas, shape (t,), above 0.
        seasonality: Cycle and holidays, mean 1, shape (t,); None to look for a cycle in the counts.
        platform: Activity of the whole platform, shape (t,), above 0.
        floor: A list's lowest place, shape (t,): a count at or under it, or missing where a floor is
            known, is only known to be lower.
        level: Coverage of the intervals.
        false_alarm: Probability of any alarm on a series in which R does not fall, in (0, 1).

    Raises:
        NotEnoughDataError: Fewer than 14 seen steps or 20 counts.
        ValueError: A shape or a sign is wrong.

    Examples:
        >>> steady = np.tile([30.0, 34.0, 28.0, 33.0], 15)
        >>> told = detect_slump(steady, step_hours=24.0)
        >>> told.detected, told.kind
        (False, None)

    References:
        Page, 1954, Continuous inspection schemes, doi:10.1093/biomet/41.1-2.100.
        Chu, Stinchcombe and White, 1996, Monitoring structural change, doi:10.2307/2171955.
    """
    if not 0 < level < 1 or not 0 < false_alarm < 1:
        raise ValueError(f"level {level} or false_alarm {false_alarm} is not between 0 and 1")
    series = np.array(counts, dtype=np.float64)
    cut = None
    if floor is not None and series.ndim == 1:
        lowest = intensity(floor, series.size, "floor")
        cut = ~(series > lowest)
        series[cut] = np.nan
    given = design(
        series, step_hours=step_hours, events=events, seasonality=seasonality, method="detect_slump"
    )
    named: dict[str, Floats] = {}
    if supply is not None:
        named["supply_cut"] = _factor(supply, series.size, "supply") ** SUPPLY_ELASTICITY
    if platform is not None:
        named["platform_wide"] = _factor(platform, series.size, "platform")
    if given.known_season:
        slow = _slow(given.season, step_hours)
        if np.ptp(slow) > 0.2:
            named["holiday"] = slow
            given = replace(given, season=given.season / slow)
    whole = given
    for factor in named.values():
        whole = replace(whole, season=whole.season * factor, known_season=True)
    seen, watched = _watch(whole, false_alarm)
    if seen.alarm is not None:
        follow = min(series.size - 1, seen.alarm + round(FOLLOW_HOURS / step_hours))
        row = int(np.searchsorted(seen.watched, follow))
        fallen = fall(watched, int(seen.onset[row]), level=level)
        return Slump(
            detected=True,
            kind="wom_broke",
            alarm=seen.alarm,
            onset=fallen.onset,
            onset_low=int(seen.earliest[row]),
            onset_high=int(seen.latest[row]),
            fall=fallen,
            height=float(seen.highest.max()),
            threshold=seen.threshold,
            false_alarm=false_alarm,
            explained={},
        )
    explained = _explained(given, named, cut, false_alarm)
    kind = min(explained, key=lambda name: (explained[name], name)) if explained else None
    return Slump(
        detected=False,
        kind=kind,
        alarm=None,
        onset=None,
        onset_low=None,
        onset_high=None,
        fall=None,
        height=float(seen.highest.max(initial=0.0)),
        threshold=seen.threshold,
        false_alarm=false_alarm,
        explained=explained,
    )


def _watch(given: Design, false_alarm: float) -> tuple[Scores, Design]:
    """Return the running test, and the series with its cycle and surges."""
    given, found, setup, fade_steps, _ = fit_seasoned(given)
    found, setup, places = name_surges(found, setup, given, fade_steps)
    given = with_surges(given, places)
    hours = given.step_hours
    steps = given.counts.size
    longest_quiet = max(QUIET_STEPS, round(QUIET_HOURS / hours))
    quiet = max(QUIET_STEPS // 2, min(longest_quiet, round(QUIET_SHARE * steps)))
    return (
        scores(
            found,
            setup,
            quiet=quiet,
            longest=max(2 * QUIET_STEPS, round(LONGEST_HOURS / hours)),
            shortest=SHORTEST,
            stride=max(1, round(STRIDE_HOURS / hours)),
            false_alarm=false_alarm,
        ),
        given,
    )


def _explained(
    given: Design, named: Mapping[str, Floats], cut: NDArray[np.bool_] | None, false_alarm: float
) -> dict[str, float]:
    """Return the height with each explanation alone, if it slid without any and that one takes it away."""
    bare = replace(given, names=(), events=np.zeros((0, given.counts.size)))
    if cut is not None:
        # Taken for zero, a count that fell off the list looks like a fall.
        bare = replace(bare, counts=np.where(cut, 0.0, bare.counts), seen=given.seen | cut)
    slid, seen = _watch(bare, false_alarm)
    if slid.alarm is None:
        return {}
    onset = int(slid.onset[int(slid.highest.argmax())])
    if _ratio(seen.counts / seen.season, onset) > SLID:
        return {}
    tried: dict[str, Design] = {
        name: replace(bare, season=bare.season * factor, known_season=True) for name, factor in named.items()
    }
    if given.names and _ratio(given.events.sum(axis=0), onset) < HALF:
        tried["promotion_ended"] = replace(bare, names=given.names, events=given.events)
    if cut is not None and cut.any():
        tried["list_censoring"] = replace(bare, counts=given.counts, seen=given.seen)
    heights = {}
    for name, one in sorted(tried.items()):
        again, _ = _watch(one, false_alarm)
        heights[name] = float(again.highest.max() - again.threshold)
    return heights


def _ratio(values: Floats, onset: int) -> float:
    """Return the mean after an onset over the mean before it; 1 where there was nothing before."""
    before = float(values[:onset].mean()) if onset else 0.0
    return float(values[onset:].mean()) / before if before > 0 else 1.0


def _factor(given: ArrayLike, steps: int, name: str) -> Floats:
    """Return a positive factor over its mean, shape (steps,).

    Raises:
        ValueError: A value is zero, negative or not finite, or the shape is not (steps,).
    """
    values = intensity(given, steps, name)
    if not (values > 0).all():
        raise ValueError(f"{name} holds a zero; leave those steps out of the counts (NaN) instead")
    return np.asarray(values / values.mean())


def _slow(season: Floats, step_hours: float) -> Floats:
    """Return what a cycle holds beside its hours of the day or days of the week: holidays, mean 1."""
    period = cycle_length(step_hours) or 1
    height = np.log(season)
    phase = np.arange(season.size) % period
    usual = np.bincount(phase, height, period) / np.maximum(np.bincount(phase, minlength=period), 1)
    low = np.exp(height - usual[phase])
    return np.asarray(low / low.mean())
