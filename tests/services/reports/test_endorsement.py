"""What an authority passes on of its own accord comes from outside: no word of mouth, and nothing bought."""

from datetime import timedelta

import numpy as np

from longtake.domain.event import Event
from longtake.heat import decompose
from longtake.heat.grids.grid import HOUR
from longtake.ingest.templates.words import EVENTS, term
from longtake.services.reports.heat.split.acts import laid_on
from longtake.services.reports.marks import FREE
from longtake.services.reports.pressure.paid import BOUGHT, is_paid
from services.assets.test_assets import T0


def counts():
    """Return ten days of steady talk with R of a half, and one push of 600 at hour 120."""
    from longtake.domain.timed.series import Series

    drawn = np.random.default_rng(11)
    kernel = np.exp(-np.arange(1, 49) / 6.0)
    kernel /= kernel.sum()
    values = np.zeros(240)
    for hour in range(240):
        past = values[max(0, hour - 48) : hour][::-1]
        mean = 10.0 + 0.5 * float(past @ kernel[: past.size])
        values[hour] = drawn.poisson(mean + (600.0 if hour == 120 else 0.0))
    return Series(T0, HOUR, values, np.ones(240, dtype=np.int8), np.full(240, np.nan))


def test_the_words_people_use_for_it_are_one_kind():
    assert {term(EVENTS, word) for word in ("官媒转发", "权威转载", "央媒转发", "媒体转载")} == {
        "endorsement"
    }
    assert term(EVENTS, "官方转发") == "official_repost"


def test_it_is_not_bought():
    assert not is_paid(Event("endorsement", T0, 0))
    assert ("endorsement" in FREE, "endorsement" in BOUGHT) == (True, False)


def test_written_down_its_push_is_outside_and_word_of_mouth_is_not_credited_with_it():
    series = counts()
    laid = laid_on(series, T0 + timedelta(hours=120), None)
    told = decompose(series.values, step_hours=1.0, events={"endorsement": laid})
    outside = np.asarray(told.exogenous)[118:123].sum()
    assert 0.8 * 600 <= outside - 5 * 10 <= 1.2 * 600
    r = told.reproduction_number
    assert r.low <= 0.5 <= r.high
