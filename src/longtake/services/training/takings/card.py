"""What the box-office models were learned from, and how far off they were."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from longtake.heat.boxoffice.admissions import DAY_BY_DAY, ELASTICITY, Weekly
from longtake.heat.boxoffice.weights import Weights
from longtake.services.training.takings.releases import Release
from longtake.services.training.takings.weekly import Weeks, left_out

NOT_FOR = (
    "runs that open in few theaters and widen later, re-releases, concerts shown for one evening, countries "
    "without weekends like those of the US; after 2020 runs are shorter at the cinema and intervals may miss "
    "more often than they say"
)
LICENCE = "research data, not redistributed: the package holds fitted numbers alone"


def describe(runs: Sequence[Release], models: Weights, seen: Weeks, weekly: Weekly) -> dict[str, Any]:
    """Return the card; errors are those of models that had not seen the years (US) or films (Korea)."""
    widths = {
        str(days): [round(bound, 3) for bound in models.spread.bounds(3, days, 0.8)] for days in (3, 7, 14)
    }
    forecasts = left_out(seen)
    median = {
        name: round(100 * float(np.median(np.abs(np.exp(forecasts[kind] - seen.came) - 1))), 1)
        for kind, name in enumerate(("tickets", "holidays", "showings planned", "both"))
    }
    return {
        "final_gross": {
            "model": "ridge by days seen, boosted trees on what it leaves over",
            "trained_on": f"{len(runs)} US wide releases: Friday, at least 600 theaters, 35 days in a row",
            "opened": [runs[0].opened.isoformat(), runs[-1].opened.isoformat()],
            "split": "rolling origin: fitted before each of the last eight years, three years after it",
            "log_interval_80_after_days": widths,
            "level_moved_by": round(models.spread.widen, 4),
        },
        "daily_path": {
            "model": "calendar and own slope, boosted trees on what they leave over",
            "trained_on": "the same runs",
            "split": "rolling origin: fitted before each of three years, three years after it",
            "level_moved_by": round(models.ahead_spread.widen, 4),
        },
        "next_week_admissions": {
            "model": "pooled log-linear regression, Huber weights",
            "trained_on": f"{seen.came.size} fortnights of {seen.films} films, Korea, January to August 2024",
            "split": "ten folds of films",
            "median_absolute_percentage_error": median,
            "elasticity_to_showings": round(elasticity(weekly), 2),
            "elasticity_is": "a description, not the effect of a showing",
        },
        "when_not_to_use": NOT_FOR,
        "licence_of_data": LICENCE,
    }


def elasticity(weekly: Weekly) -> float:
    """Return per cent of tickets a per cent of showings goes with, every day's showings moved alike."""
    slopes = weekly.slopes[3] / weekly.spread
    return float(slopes[ELASTICITY] + DAY_BY_DAY * slopes[-1])
