"""Invitations that make trees, with known reproduction number, dispersion and delays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from longtake.domain.referral import Referral
from longtake.domain.timed.moment import Precision

START = datetime(2026, 1, 5, 2, tzinfo=UTC)
MOST = 200_000


def invitations(
    rng: np.random.Generator,
    *,
    seeds: int,
    days: float,
    mean: float,
    dispersion: float,
    delay_days: float = 3.0,
    channels: tuple[str, ...] = (),
) -> tuple[Referral, ...]:
    """Return the invitations used within some days, each person bringing others as planted.

    People at the top come evenly over the days. How many others each would bring in the end is negative
    binomial; each of those comes after a delay that is gamma distributed with shape 2. What would come later
    than the last day is not in the answer, as it is in no file.

    Args:
        rng: Source of chance.
        seeds: People at the top.
        days: Length of the time looked at.
        mean: Further people each brings in the end.
        dispersion: k of the negative binomial.
        delay_days: Mean delay.
        channels: Channels to draw from for each person; none gives none.

    Raises:
        ValueError: A number is not above zero.

    Examples:
        >>> made = invitations(np.random.default_rng(1), seeds=5, days=10, mean=0.5, dispersion=1.0)
        >>> len(made) >= 5, all(one.used_at < START + timedelta(days=10) for one in made)
        (True, True)
    """
    if min(seeds, days, mean, dispersion, delay_days) <= 0:
        raise ValueError("every number of a world of invitations is above zero")
    joined = list(np.sort(rng.uniform(0.0, days, seeds)))
    by: list[int] = [-1] * seeds
    at = 0
    while at < len(joined) and len(joined) < MOST:
        lively = rng.gamma(dispersion, mean / dispersion)
        for wait in rng.gamma(2.0, delay_days / 2, int(rng.poisson(lively))):
            if joined[at] + wait < days:
                joined.append(joined[at] + wait)
                by.append(at)
        at += 1
    made = []
    for i, (day, parent) in enumerate(zip(joined, by, strict=True)):
        came = START + timedelta(days=float(day))
        channel = channels[int(rng.integers(len(channels)))] if channels else None
        made.append(
            Referral(
                f"c{i}", None, f"c{parent}" if parent >= 0 else None, None, i + 2,
                used_at=came, used_end=came + timedelta(seconds=1), used_precision=Precision.SECOND,
                channel=channel,
            )
        )  # fmt: skip
    return tuple(made)
