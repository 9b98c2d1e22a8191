"""Rows the global model reads, one a series and block, from counts and promotion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.heat.forecasting.baselines import damped_mean
from longtake.heat.forecasting.features import (
    BLOCKS,
    USUAL_DAYS,
    blocks,
    evidence,
    history,
    last_week,
    log_ratio,
    past_promotion,
    planned,
    promotion_index,
)
from longtake.heat.forecasting.gaps import bridged
from longtake.heat.forecasting.renewal_path import HALF_LIFE_DAYS, RenewalPath, fit_recent
from longtake.heat.renewal.kernel import keeps, time_constants

Floats = NDArray[np.float64]

RECENT = 14
LONGEST = BLOCKS[-1][1]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Everything a stack needs about b series.

    Attributes:
        rows: Features by block that the horizon reaches, each shape (b, columns).
        rising: Columns in which a forecast may not fall.
        week: Mean of the last seven days, shape (b,).
        renewal: Path of the renewal model, shape (b, horizon).
        damped: Damped mean, shape (b, horizon).
        known: Where promotion says anything: a series that never had any says nothing, shape (b,).
        scatter: phi of the renewal model without promotion, shape (b,).
    """

    rows: tuple[Floats, ...]
    rising: tuple[int, ...]
    week: Floats
    renewal: Floats
    damped: Floats
    known: NDArray[np.bool_]
    scatter: Floats

    def pick(self, rows: NDArray[np.intp]) -> Table:
        """Return some of the series."""
        return Table(
            tuple(block[rows] for block in self.rows),
            self.rising,
            self.week[rows],
            self.renewal[rows],
            self.damped[rows],
            self.known[rows],
            self.scatter[rows],
        )


def renewal_daily(counts: Floats, pushes: Floats, seen: NDArray[np.bool_]) -> RenewalPath:
    """Return the renewal model of daily counts with a half-life of 30 days."""
    return fit_recent(counts, pushes, seen, keep=keeps(time_constants(24.0)), half_life=HALF_LIFE_DAYS)


def views_table(counts: Floats, *, horizon: int) -> Table:
    """Return the table without promotion.

    Args:
        counts: Daily counts, NaN where missing, shape (b, t), t at least 28.
        horizon: Days ahead.
    """
    b, t = counts.shape
    filled, seen = bridged(counts), ~np.isnan(counts)
    reach = max(horizon, LONGEST)
    plain = renewal_daily(filled, np.zeros((b, 0, t)), seen)
    path = plain.ahead(np.zeros((b, 0, reach)))
    week, past = last_week(filled), history(filled)
    own = np.column_stack([plain.reproduction, log_ratio(path[:, :LONGEST].mean(axis=1), week)])
    near = blocks(path[:, :horizon])
    rows = tuple(
        np.column_stack([past, own, np.full(b, float(block)), log_ratio(near[:, block], week)])
        for block in range(near.shape[1])
    )
    return Table(
        rows,
        (),
        week,
        path[:, :horizon],
        damped_mean(counts, horizon=horizon),
        np.ones(b, dtype=bool),
        plain.scatter,
    )


def promotion_table(counts: Floats, pushes: Floats, plan: Floats) -> Table:
    """Return the table with promotion; ``horizon`` is that of the plan.

    Args:
        counts: Daily counts, NaN where missing, shape (b, t), t at least 28.
        pushes: Past events, at least 0, shape (b, j, t).
        plan: Events of the coming days, at least 0, shape (b, j, horizon).
    """
    horizon = plan.shape[2]
    base = views_table(counts, horizon=horizon)
    filled, seen = bridged(counts), ~np.isnan(counts)
    fitted = renewal_daily(filled, pushes, seen)
    unit, known = promotion_index(pushes, fitted)
    past, ahead = (unit[:, None] @ pushes)[:, 0], (unit[:, None] @ plan)[:, 0]
    recent = np.repeat(pushes[:, :, -RECENT:].mean(axis=2, keepdims=True), max(horizon, LONGEST), axis=2)
    usual, silent = fitted.ahead(recent), fitted.ahead(np.zeros_like(recent))
    path, week = fitted.ahead(plan), base.week
    own = np.column_stack(
        [
            past_promotion(past),
            evidence(filled, past),
            np.log(fitted.scatter / base.scatter),
            log_ratio((fitted.effects[:, None] @ pushes[:, :, -USUAL_DAYS:])[:, 0].mean(axis=1), week),
            fitted.reproduction,
            np.log(fitted.scatter),
            log_ratio(fitted.background, week),
            log_ratio(usual[:, :LONGEST].mean(axis=1), week),
            log_ratio(silent[:, :LONGEST].mean(axis=1), week),
        ]
    )
    near, as_usual = blocks(path), blocks(usual[:, :horizon])
    rows, rising = [], 0
    for block, old in enumerate(base.rows):
        fixed = [old, own, log_ratio(as_usual[:, block], week)[:, None]]
        climbing = [
            planned(past, ahead, block),
            log_ratio(near[:, block], week)[:, None],
            log_ratio(near[:, block], as_usual[:, block])[:, None],
        ]
        rising = sum(part.shape[1] for part in climbing)
        rows.append(np.column_stack(fixed + climbing))
    width = rows[0].shape[1]
    return Table(
        tuple(rows),
        tuple(range(width - rising, width)),
        week,
        path,
        base.damped,
        known,
        base.scatter,
    )
