from datetime import date

import pytest

from reader_runs import SEEDS, kept, refused, run


def test_takings_by_day_and_city():
    rows = kept(run("longtake-boxoffice", SEEDS / "longtake-boxoffice.csv"))
    assert [(row.date, row.city, row.gross_cny, row.admissions, row.showings, row.seats) for row in rows] == [
        (date(2024, 5, 20), "重庆", 1_280_000.0, 32_000.0, 1_800.0, 214_000.0),
        (date(2024, 5, 20), None, 5_125_000.0, None, None, None),
        (date(2024, 5, 21), "南京", 98_000.0, 2_400.0, 310.0, 36_000.0),
    ]
    assert [row.film for row in rows] == ["", "", ""]


def test_occupancy_is_tickets_of_seats_and_else_unknown():
    rows = kept(run("longtake-boxoffice", SEEDS / "longtake-boxoffice.csv"))
    assert rows[0].occupancy_rate == pytest.approx(32_000 / 214_000)
    assert rows[1].occupancy_rate is None


def test_rows_without_a_number_or_a_possible_one_are_refused():
    found = refused(run("longtake-boxoffice", SEEDS / "longtake-boxoffice.csv"))
    assert found == [(5, "*"), (6, "admissions"), (7, "date")]
