from datetime import datetime, timedelta

import numpy as np

from longtake.domain.timed.series import CENSORED, OBSERVED, Series
from longtake.heat.grids.grid import HOUR
from longtake.heat.toplist.presence import CHINA, presence

AT = datetime(2026, 1, 8, 20, tzinfo=CHINA)


def ranks(text, *values):
    """Return a series from one letter a bin: o on the list, a absent, . nobody looked."""
    state = np.array([{"o": OBSERVED, "a": CENSORED, ".": 0}[letter] for letter in text], dtype=np.int8)
    value = np.full(len(text), np.nan)
    value[state == OBSERVED] = values or 20
    return Series(AT, HOUR, value, state, np.where(state == CENSORED, np.inf, np.nan))


def test_one_spell_counted_by_hand():
    p = presence(ranks("aooo.oa" + "a" * 24, 30, 8, 2, 11))
    assert (p.first_seen, p.last_seen) == (AT + HOUR, AT + 6 * HOUR)
    assert (p.hours.value, p.hours.high) == (4.0, 5.0)
    assert (p.top_hours.value, p.top_hours.high) == (2.0, 3.0)
    assert (p.span.value, p.best_rank.value, p.best_rank.low) == (5.0, 2.0, 1.0)
    assert (p.days.value, p.days.high) == (2.0, 2.0)
    assert len(p.spells) == 1
    assert (p.slide.value, p.slide.high) == (3 / 24, 3 / 24)


def test_absence_breaks_a_spell_and_a_gap_does_not():
    assert len(presence(ranks("oo.oo")).spells) == 1
    assert len(presence(ranks("oo.aoo")).spells) == 2
    first, second = presence(ranks(".o.aoo")).spells
    assert (first.hours.low, first.hours.high, second.hours.high) == (1.0, 3.0, 2.0)


def test_parts_add_up_to_the_whole():
    p = presence(ranks(".oo.a.o..a...oo." + "a" * 30))
    assert sum(s.hours.value for s in p.spells) == p.hours.value
    assert sum(s.hours.high for s in p.spells) == p.hours.high


def test_the_slide_is_open_between_last_seen_and_first_absence():
    p = presence(ranks("oo..a" + "a" * 24))
    assert (p.slide.low, p.slide.high) == (2 / 24, 4 / 24)


def test_nobody_is_gone_for_good_after_two_hours():
    assert presence(ranks("oaa")).slide.reason == "too_short"
    assert presence(ranks("oaa"), absent=timedelta(hours=2)).slide.value == 1 / 24


def test_never_listed_is_unknown():
    assert presence(ranks("aa.")).reason == "no_rows"
