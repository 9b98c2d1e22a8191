from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longtake.ingest.market.figures import percent, release, wan
from reader_runs import SEEDS, kept, refused, run
from shared_data import shared


def test_maoyan_sheet_takings_are_in_ten_thousands_unless_they_say_otherwise():
    rows = kept(run("maoyan-sheet", SEEDS / "maoyan-sheet.csv"))
    assert [(row.film, row.gross_cny, row.cumulative_cny, row.release_day, row.preview) for row in rows] == [
        ("山谷来信", 5_125_000.0, 217_000_000.0, 8, None),
        ("灯塔值夜", 41_000.0, 41_000.0, None, True),
        ("旧雨", None, 980_000_000.0, 112, None),
    ]
    assert rows[0].date is None
    assert refused(run("maoyan-sheet", SEEDS / "maoyan-sheet.csv")) == [(5, "综合票房")]


def test_maoyan_sheet_shared_export_in_gbk():
    at = datetime(2024, 2, 19, 3, tzinfo=UTC)
    (row,) = kept(run("maoyan-sheet", shared("exports/maoyan_manual_gbk.csv"), observed_at=at))
    assert (row.gross_cny, row.cumulative_cny, row.release_day) == (4_446_700.0, 126_000_000.0, 6)
    assert (row.gross_share, row.screening_share, row.occupancy_rate) == (0.36, 0.288, 0.008)
    assert (row.showings, row.admissions_per_showing, row.date) == (106_532.0, 1.2, date(2024, 2, 19))


def test_endata_realtime_is_in_ten_thousands_and_bare_percentages():
    first, second = kept(run("endata-realtime", SEEDS / "endata-realtime.csv"))
    assert (first.gross_cny, first.cumulative_cny, first.gross_share, first.release_day) == (
        14_202_500.0, 250_067_500.0, 0.4135, 8,
    )  # fmt: skip
    assert (second.gross_share, second.release_day, second.preview) == (0.0007, None, True)


def test_endata_daily_is_dated_by_its_name_before_the_export():
    at = datetime(2024, 2, 20, 3, tzinfo=UTC)
    path = shared("exports/akshare_movie_boxoffice_daily_20240219.csv")
    (row,) = kept(run("endata-daily", path, observed_at=at))
    assert (row.date, row.observed_at) == (date(2024, 2, 19), at)
    assert (row.gross_cny, row.cumulative_cny) == (81_234_000.0, 2_812_345_000.0)
    assert (row.price_cny, row.admissions_per_showing, row.release_day) == (44.8, 18.0, 10)


def test_endata_daily_falls_back_to_the_day_of_the_export():
    at = datetime(2024, 5, 20, 23, tzinfo=UTC)
    rows = kept(run("endata-daily", SEEDS / "endata-daily.csv", observed_at=at))
    assert {row.date for row in rows} == {date(2024, 5, 21)}
    assert refused(run("endata-daily", SEEDS / "endata-daily.csv")) == [(4, "单日票房")]


def test_endata_cinema_is_in_yuan_over_all_films():
    rows = kept(run("endata-cinema", SEEDS / "endata-cinema.csv"))
    assert [(row.film, row.cinema, row.gross_cny, row.occupancy_rate) for row in rows] == [
        ("*", "江边影城", 201_234.0, 0.215),
        ("*", "旧厂影城", 187_654.5, 0.2835),
    ]
    assert refused(run("endata-cinema", SEEDS / "endata-cinema.csv")) == [(4, "上座率")]


@settings(deadline=None)
@given(st.integers(0, 10**9))
def test_ten_thousands_with_and_without_the_unit_agree(fen):
    text = f"{fen / 100:.2f}"
    assert wan(text) == pytest.approx(wan(f"{text}万"), abs=0.01)


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_a_percentage_with_and_without_the_sign_agrees(basis_points):
    text = f"{basis_points / 100:.2f}"
    assert percent(text) == pytest.approx(percent(f"{text}%"), abs=1e-12)


@pytest.mark.parametrize("word", ["", "重映", "即将上映", "--", "上映天"])
def test_other_words_are_no_day_of_release(word):
    assert release(word) == (None, None)
