"""The plan of an invented campaign, before chance has a say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import numpy as np
from numpy.typing import NDArray

from longtake.domain.campaign import Campaign
from longtake.simulate.cascade import Push
from longtake.simulate.voices import Crowd, Notice

CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True, eq=False)
class Plot:
    """What is fixed about a campaign's world.

    Attributes:
        film: Name of its grammar and cues.
        campaign: Its facts.
        start: First hour, midnight in China.
        release: When the film comes out.
        hours: Length of the world.
        reproduction: R hour by hour, shape (hours,).
        breaks: Hour in which R changes.
        background: Counts an hour on each platform whatever is done.
        pushes: What promotion brings, by platform.
        crowds: Who speaks.
        opens: First hour in which each kind of comment can be written.
        notices: Posts of the makers and of opinion leaders, by platform.
        telling: Lines of the film danmaku gather at.
        works: Title, platform and hour of each work with back-office counts.
        list_top: Score of its topic on the list at its height; zero for a campaign with no list.
        side_topics: First hour and share of the main topic of its other list topics.
        more_aspects: What this film's viewers have in mind beside the usual.
        cinema: Whether it has a box office.
    """

    film: str
    campaign: Campaign
    start: datetime
    release: datetime
    hours: int
    reproduction: NDArray[np.float64]
    breaks: int
    background: float
    pushes: Mapping[str, Sequence[Push]]
    crowds: Sequence[Crowd]
    opens: Mapping[str, int]
    notices: Mapping[str, Sequence[Notice]]
    telling: Sequence[str]
    works: Sequence[tuple[str, str, int]]
    list_top: float
    side_topics: Sequence[tuple[int, float]]
    more_aspects: Sequence[str]
    cinema: bool


def falling(hours: int, *, before: float, after: float, at: int) -> NDArray[np.float64]:
    """Return an R that drops once.

    Examples:
        >>> falling(3, before=0.8, after=0.4, at=2).tolist()
        [0.8, 0.8, 0.4]
    """
    return np.where(np.arange(hours) < at, before, after)
