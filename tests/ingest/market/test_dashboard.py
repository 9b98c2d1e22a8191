import json
from datetime import UTC, date, datetime

import pytest

from longtake.errors import UnreadableFileError
from reader_runs import SEEDS, kept, refused, run
from shared_data import shared


def test_glyphs_and_login_words_are_unknown_never_numbers():
    rows = kept(run("maoyan-dashboard", SEEDS / "maoyan-dashboard.json"))
    first, net, preview, gated = rows
    assert (first.film, first.basis, first.gross_cny, first.cumulative_cny) == (
        "山谷来信",
        "gross",
        None,
        32_045_000.0,
    )
    assert (net.basis, net.gross_cny, net.cumulative_cny, net.gross_share) == (
        "net",
        None,
        29_501_000.0,
        0.41,
    )
    assert (gated.occupancy_rate, gated.admissions_per_showing, gated.gross_cny) == (None, None, None)
    assert (preview.gross_cny, preview.gross_share, preview.screening_share) == (15_000.0, None, None)


def test_showview_is_admissions_a_showing_and_seatview_is_occupancy():
    row = kept(run("maoyan-dashboard", SEEDS / "maoyan-dashboard.json"))[0]
    assert (row.admissions_per_showing, row.occupancy_rate, row.showings) == (5.0, 0.062, 97_012.0)
    assert (row.screening_share, row.gross_share) == (0.275, 0.413)


def test_day_of_release_and_previews():
    rows = kept(run("maoyan-dashboard", SEEDS / "maoyan-dashboard.json"))
    assert [(row.release_day, row.preview) for row in rows] == [
        (1, None),
        (1, None),
        (None, True),
        (112, None),
    ]


def test_the_files_own_stamp_dates_it_before_anything_else():
    at = datetime(2025, 1, 1, tzinfo=UTC)
    rows = kept(run("maoyan-dashboard", SEEDS / "maoyan-dashboard.json", observed_at=at))
    assert {row.date for row in rows} == {date(2024, 5, 20)}
    assert {row.observed_at for row in rows} == {datetime(2024, 5, 20, 9, tzinfo=UTC)}


def test_a_share_over_one_and_a_film_without_a_title_are_refused():
    assert refused(run("maoyan-dashboard", SEEDS / "maoyan-dashboard.json")) == [
        (4, "boxRate"),
        (5, "movieName"),
    ]


def test_without_a_list_the_file_is_refused(tmp_path):
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"movieList": {"list": {"movieInfo": {}, "showCount": 1}}}), encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=r"movieList\.list"):
        run("maoyan-dashboard", path)


def test_shared_export():
    at = datetime(2024, 2, 19, 20, tzinfo=UTC)
    first, second = kept(run("maoyan-dashboard", shared("exports/maoyan_dashboard.json"), observed_at=at))
    assert (first.gross_cny, first.cumulative_cny, first.release_day) == (None, 126_000_000.0, 6)
    assert (first.admissions_per_showing, first.occupancy_rate) == (1.2, 0.008)
    assert (second.preview, second.release_day, second.gross_cny) == (True, None, 32_000.0)
    assert (first.date, second.gross_share) == (date(2024, 2, 20), None)
