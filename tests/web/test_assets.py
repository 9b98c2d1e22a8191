"""The asset calendar on the web: from the file before anything is measured, from the figures after."""

from datetime import date

import pytest

from web_site import FILM, OTHER


@pytest.fixture
def noded(records):
    """Write two interviews into the film that is not measured, and take them away again."""
    from longtake.services.work import described
    from longtake.web.screens.work.campaigns import moment

    for n, at in enumerate(("2026-01-09T10:00", "2026-02-03T10:00")):
        told = {"id": f"n{n}", "kind": "interview", "title": f"<b>专访{n}", "at": moment(at)}
        described.put(records.workspace, OTHER, "node", None, told)
    yield records
    for _ in range(2):
        described.drop(records.workspace, OTHER, "node", 0)


def test_a_film_without_assets_says_where_to_write_them(records):
    page = records.client(records.member("editor", OTHER)).get(f"/c/{OTHER}/assets/").content.decode()
    assert "还没有物料" in page
    assert "/nodes/" in page


def test_before_it_is_measured_the_calendar_comes_from_the_file(noded):
    page = noded.client(noded.member("viewer", OTHER)).get(f"/c/{OTHER}/assets/").content.decode()
    assert page.count('class="month"') == 2
    assert page.count("act-mark") == 2
    assert "还没有测量" in page
    assert "<b>专访" not in page


def test_a_kind_is_shown_alone_and_one_that_is_none_shows_all(noded):
    client = noded.client(noded.member("viewer", OTHER))
    assert client.get(f"/c/{OTHER}/assets/", {"kind": "poster"}).content.decode().count("act-mark") == 0
    assert client.get(f"/c/{OTHER}/assets/", {"kind": "<x>"}).content.decode().count("act-mark") == 2


def test_what_was_measured_opens_its_rows_and_they_lead_back(records):
    from longtake.render.inventory import slug
    from longtake.services.measured.kept import kept

    (asset,) = kept(records.workspace, FILM).assets().assets
    (figure,) = asset.figures
    client = records.client(records.member("viewer"))
    page = client.get(f"/c/{FILM}/assets/").content.decode()
    assert f"rows/{slug(figure.id)}/" in page
    rows = client.get(f"/c/{FILM}/rows/{slug(figure.id)}/")
    assert rows.status_code == 200
    assert "/assets/" in rows.content.decode()
    agency = records.client(records.member("agency", lane="audience"))
    assert f"{figure.quantity.value:.2f}" not in agency.get(f"/c/{FILM}/assets/").content.decode()
    assert "/rows/" not in agency.get(f"/c/{FILM}/assets/").content.decode()


def test_the_page_asks_the_same_few_questions_at_one_and_at_three_assets(noded):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from longtake.services.work import described
    from longtake.web.screens.work.campaigns import moment

    client = noded.client(noded.member("owner", OTHER))
    client.get(f"/c/{OTHER}/assets/")
    counts = []
    for n in (0, 1):
        if n:
            told = {"id": "n9", "kind": "clip", "at": moment("2026-01-12T10:00")}
            described.put(noded.workspace, OTHER, "node", None, told)
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"/c/{OTHER}/assets/").status_code == 200
        counts.append(len(found))
    described.drop(noded.workspace, OTHER, "node", 2)
    assert counts[0] == counts[1] <= 8


def test_months_run_from_the_first_to_the_last_and_no_further_than_two_years(records):
    from longtake.web.pages.months import months

    assert months({}) == []
    assert len(months({date(2020, 1, 1): ["a"], date(2030, 1, 1): ["b"]})) == 24
    made = months({date(2025, 12, 31): ["a"], date(2026, 1, 1): ["b"]})
    assert [(month["at"].year, month["at"].month) for month in made] == [(2025, 12), (2026, 1)]
    days = [day for month in made for week in month["weeks"] for day in week]
    assert [things for _, inside, things in days if inside and things] == [["a"], ["b"]]
