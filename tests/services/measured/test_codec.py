"""Values come back from plain JSON as they went."""

import json
import math
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.answers.report import Report, Table
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.services.measured.codec import plain, restored
from render.sample_report import sample_report


def there_and_back(kind, value):
    return restored(kind, json.loads(json.dumps(plain(value))))


def test_a_whole_report_comes_back_equal():
    report = sample_report()
    assert there_and_back(Report, report) == report


cells = st.one_of(
    st.none(),
    st.text(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False),
    st.datetimes(timezones=st.just(UTC)),
)


@given(st.lists(st.tuples(cells, cells), max_size=5))
def test_any_table_comes_back_equal(rows):
    table = Table((), tuple(rows))
    assert there_and_back(Table, table) == table


@pytest.mark.parametrize(
    "value",
    [
        Estimate(1.0, 0.5, math.inf, 0.9, "hours", "m", 3),
        Unknown("no_rows", "m", "hours", 0, 5),
        Unknown("no_rows", "m", "hours", 0),
    ],
)
def test_an_estimate_and_an_unknown_are_told_apart(value):
    assert there_and_back(Quantity, value) == value


def test_days_and_times_keep_their_kind():
    assert restored(dict, plain(date(2026, 1, 8))) == date(2026, 1, 8)
    assert restored(dict, plain(datetime(2026, 1, 8, 3, tzinfo=UTC))) == datetime(2026, 1, 8, 3, tzinfo=UTC)


def test_plain_values_of_no_known_type_are_refused():
    with pytest.raises(TypeError):
        restored(Quantity, {"neither": 1})
