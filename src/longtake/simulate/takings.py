"""Daily box office of a feature film in twelve cities, with previews, week-ends and a known fall."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from longtake.domain.boxoffice import BoxOffice

CITIES = ("北京", "上海", "广州", "深圳", "成都", "杭州", "武汉", "西安", "重庆", "南京", "沈阳", "昆明")
SIZE = (1.0, 1.08, 0.82, 0.86, 0.74, 0.66, 0.6, 0.5, 0.63, 0.52, 0.35, 0.31)
PRICE = (47.0, 48.5, 42.0, 45.0, 39.0, 43.0, 38.0, 36.5, 37.0, 40.5, 34.0, 35.0)
WEEKDAY = (0.62, 0.6, 0.58, 0.6, 1.0, 1.55, 1.32)


def takings(
    rng: np.random.Generator,
    *,
    film: str,
    release: date,
    days: int = 31,
    opening_cny: float = 2.4e6,
    weekly_ratio: float = 0.52,
    previews: Sequence[tuple[int, float]] = ((-6, 0.10), (-5, 0.12)),
) -> tuple[BoxOffice, ...]:
    """Return one row a city and day, in order of date and city.

    Gross is a whole number of tickets at the city's mean price. Cinemas answer demand with a lag of two
    days, which is why showings fall later than takings and occupancy falls first.

    Args:
        rng: Source of chance.
        film: Title.
        release: Day 1.
        days: Calendar days from release.
        opening_cny: Expected takings of the largest city on day 1, yuan.
        weekly_ratio: Expected takings of a week over the week before, in (0, 1).
        previews: Pairs of day relative to release (below zero) and share of an opening day.
    """
    offsets = [offset for offset, _ in previews] + list(range(days))
    early = dict(previews)
    rows: list[BoxOffice] = []
    total = dict.fromkeys(CITIES, 0)
    for offset in offsets:
        day = release + timedelta(days=offset)
        mood = float(np.exp(rng.normal(0.0, 0.05)))
        for city, size, price in zip(CITIES, SIZE, PRICE, strict=True):
            level = early.get(offset, WEEKDAY[day.weekday()] / WEEKDAY[4] * weekly_ratio ** (offset / 7))
            gross = opening_cny * size * level * mood * float(np.exp(rng.normal(0.0, 0.07)))
            admissions = max(1, round(gross / price))
            lagged = early.get(offset, weekly_ratio ** (max(0, offset - 2) / 7) * (0.75 + 0.25 * level))
            showings = max(2, round(900 * size * lagged * float(np.exp(rng.normal(0.0, 0.04)))))
            seats = max(showings * 118, admissions)
            total[city] += round(admissions * price)
            rows.append(
                BoxOffice(
                    film=film,
                    source_line=len(rows) + 1,
                    date=day,
                    city=city,
                    gross_cny=float(round(admissions * price)),
                    cumulative_cny=float(total[city]),
                    admissions=float(admissions),
                    showings=float(showings),
                    seats=float(seats),
                    occupancy_rate=admissions / seats,
                    admissions_per_showing=admissions / showings,
                    price_cny=price,
                    release_day=offset + 1 if offset >= 0 else None,
                    preview=offset < 0,
                )
            )
    return tuple(rows)
