"""Which part of a series is its decay: from the last dominant peak until it ends, vanishes or turns."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from longtake.domain.timed.series import CENSORED, MISSING, OBSERVED, Series

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bins ``peak + 1`` up to but not including ``stop`` are fitted.

    Attributes:
        peak: Bin of the peak; its own value is left out of the fit, since it was chosen for being high.
        stop: First bin after the stretch.
        ending: end (the series ends), absent (gone from the list), rise (a new peak begins) or faded
            (too little of the peak is left).
    """

    peak: int
    stop: int
    ending: str


def stretch(series: Series, height: Floats, *, absent: timedelta, peak: int | None = None) -> Stretch | None:
    """Return the stretch of decay, None when nothing was observed.

    1. Heights (logarithms, corrected for the daily cycle) are smoothed by a running median of three, so
       that one wild bin is no peak.
    2. A turn is a rise of the smoothed height above its lowest point so far by more than twofold and more
       than five standard deviations of the bin-to-bin noise. Turns split the series into waves.
    3. The last wave whose top reaches half of the highest top is the dominant one; the highest bin within
       one of its top is the peak.
    4. The stretch ends where the next wave begins (its lowest point), where the subject has been looked
       for and not found throughout ``absent``, or with the series.

    Args:
        series: The series.
        height: Logarithm of the value over the daily cycle; the bound's where CENSORED; NaN where MISSING,
            shape (n,).
        absent: How long nobody finds the subject before it counts as gone.
        peak: Bin of a peak known from elsewhere; steps 1 to 3 are then skipped for what comes before.
    """
    looked = (series.state != MISSING) & np.isfinite(height)
    known = np.flatnonzero(looked if peak is None else looked & (np.arange(len(series)) >= peak))
    seen = series.observed[known]
    if not seen.any():
        return None
    smooth = _smooth(height[known], seen)
    tops, valleys = _waves(smooth, seen, _enough(height[known], seen))
    wave = 0
    if peak is None:
        tallest = max(smooth[top] for top in tops)
        wave = max(i for i, top in enumerate(tops) if smooth[top] >= tallest - math.log(2.0))
        near = range(max(0, tops[wave] - 1), min(known.size, tops[wave] + 2))
        peak = int(known[max((i for i in near if seen[i]), key=lambda i: height[known[i]])])
    stop, ending = (int(known[valleys[wave]]) + 1, "rise") if wave < len(valleys) else (len(series), "end")
    gone = _gone(series, peak, absent)
    return Stretch(peak, gone, "absent") if gone < stop else Stretch(peak, stop, ending)


def faded(level: Floats, span: Stretch, *, left: float, width: int) -> Stretch:
    """Return a stretch cut where what is left of the peak is too little to shape the fall.

    A long thin tail (latecomers, years after) falls at its own pace; over enough bins it would outvote the
    fall that people ask about.

    Args:
        level: Values over the daily cycle; NaN where MISSING, shape (n,).
        span: The stretch.
        left: Share of the peak's level below which it has faded, in (0, 1).
        width: Bins over which the level is averaged.
    """
    top = float(np.nanmean(level[max(0, span.peak - 1) : span.peak + 2]))
    for start in range(span.peak + 1, span.stop - width):
        window = level[start : start + width]
        if not np.isnan(window).all() and float(np.nanmean(window)) < left * top:
            return Stretch(span.peak, start + width, "faded")
    return span


def _smooth(height: Floats, seen: NDArray[np.bool_]) -> Floats:
    """Return running medians of three; a neighbouring bound never lifts a seen value."""
    if height.size < 3:
        return height.copy()
    capped = [
        np.where(seen[side], height[side], np.minimum(height[side], height[1:-1]))
        for side in (slice(None, -2), slice(2, None))
    ]
    inner = np.median(np.stack([capped[0], height[1:-1], capped[1]]), axis=0)
    inner = np.where(seen[1:-1], inner, height[1:-1])
    return np.concatenate([height[:1], inner, height[-1:]])


def _enough(height: Floats, seen: NDArray[np.bool_]) -> float:
    """Return the rise or fall that is a turn: twofold, or five deviations of the bin-to-bin noise."""
    steps = np.diff(height)[seen[1:] & seen[:-1]]
    if not steps.size:
        return math.log(2.0)
    noise = 1.4826 * float(np.median(np.abs(steps - np.median(steps)))) / math.sqrt(2.0)
    return max(math.log(2.0), 5.0 * noise)


def _waves(height: Floats, seen: NDArray[np.bool_], enough: float) -> tuple[list[int], list[int]]:
    """Return the position of each wave's top, and of the valley between each two waves.

    A bound can show that the series has fallen; only a seen value can show that it has risen.
    """
    tops: list[int] = []
    valleys: list[int] = []
    top = low = int(np.argmax(seen))
    climbing = True
    for i in range(top, height.size):
        if seen[i] and height[i] > height[top]:
            top = i
        if height[i] < height[low]:
            low = i
        if climbing and height[i] < height[top] - enough:
            tops.append(top)
            low, climbing = i, False
        elif not climbing and seen[i] and height[i] > height[low] + enough:
            valleys.append(low)
            top, climbing = i, True
    return ([*tops, top] if climbing else tops), valleys


def _gone(series: Series, peak: int, absent: timedelta) -> int:
    """Return the bin after which the subject has been looked for and not found throughout ``absent``."""
    looks = 0
    for i in range(peak + 1, len(series)):
        if series.state[i] == OBSERVED:
            looks = 0
        elif series.state[i] == CENSORED:
            looks += 1
            if looks * series.step >= absent:
                return i + 1
    return len(series)
