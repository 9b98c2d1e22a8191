"""What was done, as intensities on the grid of one platform's counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from longtake.domain.timed.series import Series
from longtake.services.reports.draft import CHINA, Draft
from longtake.services.reports.marks import events

Floats = NDArray[np.float64]

# More acts than this cannot be told apart; then those of a kind are one.
MOST = 16
RELEASE = "release"


@dataclass(frozen=True, slots=True, eq=False)
class Act:
    """One act, or all of a kind.

    Attributes:
        kind: Its kind.
        start: First instant; None for all of a kind.
        intensity: Shape (t,); an act sums to one over the time it lasted.
    """

    kind: str
    start: datetime | None
    intensity: Floats

    @property
    def when(self) -> str:
        """Its start as people of the campaign's zone read it; empty for all of a kind."""
        return "" if self.start is None else f"{self.start.astimezone(CHINA):%m-%d %H:%M}"


def acts(draft: Draft, platform: str, series: Series) -> dict[str, Act]:
    """Return the acts that touched a platform while it was counted, by a name that sorts by time.

    An act without a platform touches all. The release is one of them: it is no promotion, but it comes
    from outside the talk. What is only planned is left out.
    """
    found = []
    for event in events(draft):
        if event.planned is True or event.platform not in {None, platform}:
            continue
        laid = laid_on(series, event.start, event.end)
        if laid is not None:
            found.append(Act(event.kind, event.start, laid))
    release = draft.campaign.release_at
    if release is not None and all(act.kind not in {RELEASE, "premiere"} for act in found):
        laid = laid_on(series, release, None)
        if laid is not None:
            found.append(Act(RELEASE, release, laid))
    if len(found) > MOST:
        kinds: Mapping[str, list[Act]] = defaultdict(list)
        for act in found:
            kinds[act.kind].append(act)
        found = [
            Act(kind, None, np.sum([act.intensity for act in some], axis=0)) for kind, some in kinds.items()
        ]
    ordered = sorted(found, key=lambda act: (act.when, act.kind))
    return {f"{index:02d} {act.kind}": act for index, act in enumerate(ordered, 1)}


def laid_on(series: Series, start: datetime, end: datetime | None) -> Floats | None:
    """Return an act's intensity, one in all while it lasts, shape (t,); None when it lies off the grid."""
    first = (start - series.start) // series.step
    last = first if end is None or end <= start else -((series.start - end) // series.step) - 1
    length = max(1, last - first + 1)
    low, high = max(first, 0), min(first + length, len(series))
    if low >= high:
        return None
    laid = np.zeros(len(series))
    laid[low:high] = 1.0 / length
    return laid
