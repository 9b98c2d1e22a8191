"""Invented trials with known truth: rows as a back office writes them, and the designs they belong to."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from longtake.domain.trials.arms import Arm, Metric
from longtake.domain.trials.trial import Trial
from longtake.services import trials
from longtake.services.workspace import Workspace

CAMPAIGN = "lights"
FIRST = date(2026, 1, 8)
BEFORE = datetime(2026, 1, 7, 3, tzinfo=UTC)
AFTER = datetime(2026, 2, 20, 3, tzinfo=UTC)
TWO = (Arm("A"), Arm("B"))


def split(name: str = "cut", design: str = "any_look", arms: tuple[Arm, ...] = TWO, **other: object) -> Trial:
    """Return a design of a share, 5 % now, one point worth it."""
    given = {
        "unit": "viewer",
        "assigned_by": "us",
        "planned_units": 40_000,
        "minimum": 0.01,
        "metrics": (Metric("finish", baseline=0.05),),
        **other,
    }
    return Trial(name, CAMPAIGN, "Which cut?", design, arms, **given)  # type: ignore[arg-type]


def places(name: str, design: str, **other: object) -> Trial:
    """Return a design of cities, cinemas or one series."""
    unit = {"matched_cities": "city", "matched_cinemas": "cinema", "interrupted_series": "cell"}[design]
    given = {
        "unit": unit,
        "assigned_by": "calendar" if design == "interrupted_series" else "us",
        "planned_units": 0,
        "minimum": 0.2,
        "alpha": 0.1,
        "metrics": (Metric("tickets", "mean"),),
        "horizon_days": 14,
        **other,
    }
    arms = (Arm("without"), Arm("with"))
    return Trial(name, CAMPAIGN, "Do extra screenings pay?", design, arms, **given)  # type: ignore[arg-type]


def started(workspace: Workspace, trial: Trial, begins: date = FIRST) -> None:
    """Design and start a trial."""
    trials.design(workspace, trial, by="me", now=BEFORE)
    trials.start(workspace, CAMPAIGN, trial.id, begins=begins, by="me", now=BEFORE)


def written(path: Path, heads: list[str], rows: list[list[object]]) -> Path:
    """Write a table and return its path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(heads)
        out.writerows(rows)
    return path


def day(step: int, first: date = FIRST) -> str:
    """Return a day as ISO text."""
    return (first + timedelta(days=step)).isoformat()


def drawn(
    rates: dict[str, float], *, days: int, units: int, seed: int = 0, fall: float = 1.0
) -> list[list[object]]:
    """Return rows of a split trial: units Poisson, conversions binomial, the base falling each day."""
    rng = np.random.default_rng(seed)
    out: list[list[object]] = []
    for step in range(days):
        for arm, rate in rates.items():
            n = int(rng.poisson(units))
            out.append([arm, day(step), n, int(rng.binomial(n, rate * fall**step))])
    return out


def drop(workspace: Workspace, trial: str, path: Path) -> trials.Dropped:
    """Drop a file in."""
    return trials.drop(workspace, CAMPAIGN, trial, path, by="me", now=AFTER)[0]


def look(workspace: Workspace, trial: str):
    """Look at a trial."""
    return trials.look(workspace, CAMPAIGN, trial, by="me", now=AFTER)
