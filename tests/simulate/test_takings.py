from datetime import date

import numpy as np
import pytest

from longtake.heat.boxoffice.legs import legs
from longtake.simulate.takings import CITIES, takings

RELEASE = date(2026, 1, 9)


def test_tickets_prices_seats_and_sums_agree():
    rows = takings(np.random.default_rng(1), film="甲", release=RELEASE)
    assert len(rows) == len(CITIES) * 33
    for row in rows:
        assert row.gross_cny == round(row.admissions * row.price_cny)
        assert row.admissions <= row.seats
        assert row.preview == (row.release_day is None)
    last = rows[-1]
    assert last.cumulative_cny == sum(row.gross_cny for row in rows if row.city == last.city)


def test_weeks_fall_at_the_rate_that_made_them():
    rows = takings(
        np.random.default_rng(2), film="甲", release=RELEASE, weekly_ratio=0.5, days=35, previews=()
    )
    run = legs([row.date for row in rows], [row.gross_cny for row in rows], release=RELEASE)
    assert run.weekly_ratio.value == pytest.approx(0.5, rel=0.1)
    assert run.weekly_decline.value == pytest.approx(0.5, rel=0.1)
