"""Screens of figures: what they show is what was measured, never older, in a fixed number of queries."""

import json

import pytest

from longtake.locale import catalogue
from web_site import FILM, OTHER


def kept(site):
    from longtake.services.measured.kept import kept

    return kept(site.workspace, FILM)


def count_queries(client, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_section_that_was_measured_stands_on_exactly_one_screen(records, lang):
    from longtake.web.pages.screens import SCREENS, screen_of

    client = records.client(records.member("viewer"))
    client.cookies["longtake_lang"] = lang
    say = catalogue(lang).say
    for name in kept(records).sections:
        page = client.get(f"/c/{FILM}/at/{screen_of(name)}/{name}/")
        assert page.status_code == 200
        assert f"<h1>{say('section.' + name)}</h1>" in page.content.decode().replace("&#39;", "'")
        for other in SCREENS:
            if other != screen_of(name):
                assert client.get(f"/c/{FILM}/at/{other}/{name}/").status_code == 404


def test_every_figure_opens_its_rows(records):
    client = records.client(records.member("viewer"))
    found = kept(records).figures()
    assert len(found) > 20
    for name in found:
        answer = client.get(f"/c/{FILM}/rows/{name}/")
        assert answer.status_code == 200, name
    total = kept(records).rows("甲片:heat.comments.weibo").total
    assert total == 6 * 14 * 3


def test_rows_page_through_everything_once_and_the_file_holds_all(records):
    from longtake.render.inventory import slug
    from longtake.web.screens.understand.rows import PAGE

    client = records.client(records.member("viewer"))
    address = f"/c/{FILM}/rows/{slug('甲片:heat.comments.weibo')}"
    pages = [client.get(f"{address}/", {"page": n}).content.decode().count("<tr><td") for n in range(1, 7)]
    assert pages == [PAGE, PAGE, PAGE, PAGE, 252 - 4 * PAGE, 0]
    text = b"".join(client.get(f"{address}.csv").streaming_content).decode("utf-8-sig")
    assert len(text.strip().splitlines()) == 253


def test_rows_that_are_not_kept_come_from_the_lake_and_are_the_same(records, monkeypatch):
    from longtake.render.inventory import slug
    from longtake.services.measured.kept import Kept

    client = records.client(records.member("viewer"))
    address = f"/c/{FILM}/rows/{slug('甲片:heat.comments.weibo')}/"
    before = [client.get(address, {"page": n}).content for n in (1, 3)]
    monkeypatch.setattr(Kept, "rows", lambda *_: None)
    after = [client.get(address, {"page": n}).content for n in (1, 3)]
    table = [page.decode().partition("<tbody>")[2].partition("</tbody>")[0] for page in (*before, *after)]
    assert table[:2] == table[2:]
    assert table[0].count("<tr>") == 60


def test_a_large_film_never_keeps_its_reader_waiting_for_rows(records, monkeypatch):
    from longtake.render.inventory import slug
    from longtake.services import evidence
    from longtake.services.measured.kept import Kept
    from longtake.web.screens.understand import rows

    monkeypatch.setattr(rows, "LIVE_COMMENTS", 10)
    monkeypatch.setattr(evidence, "rows", lambda *_, **__: pytest.fail("the lake was asked"))
    client = records.client(records.member("viewer"))
    address = f"/c/{FILM}/rows/{slug('甲片:heat.comments.weibo')}/"
    assert [client.get(address, {"page": n}).status_code for n in (1, 5, 400)] == [200, 200, 200]
    monkeypatch.setattr(Kept, "rows", lambda *_: None)
    answer = client.get(address)
    assert answer.status_code == 503
    assert "正在找行" in answer.content.decode()


def test_a_page_never_shows_figures_of_rows_that_are_no_longer_all_there_are(records, tmp_path):
    from longtake.records.models import Job
    from longtake.services.imports.add import add

    client = records.client(records.member("viewer"))
    assert "strip" in client.get(f"/c/{FILM}/").content.decode()
    file = tmp_path / "more.csv"
    file.write_text("platform,text,at\nweibo,后来的一句,2026-01-20 10:00\n", "utf-8")
    made = add(records.workspace, FILM, [file], relative_to=tmp_path)
    try:
        page = client.get(f"/c/{FILM}/").content.decode()
        assert 'class="strip"' not in page
        assert "正在算" in page
        assert Job.objects.filter(kind="measure", campaign=FILM, state="queued").count() == 1
        client.get(f"/c/{FILM}/at/heat/")
        assert Job.objects.filter(kind="measure", campaign=FILM, state="queued").count() == 1
    finally:
        records.workspace.lake.undo(made.import_id)
    assert 'class="strip"' in client.get(f"/c/{FILM}/").content.decode()


def test_an_empty_screen_says_what_would_fill_it(records):
    page = records.client(records.member("editor")).get(f"/c/{FILM}/at/box-office/").content.decode()
    assert catalogue("zh").say("web.empty.box-office") in page
    assert f"/c/{FILM}/files/" in page or "%E7%94%B2%E7%89%87/files/" in page


def test_a_page_asks_the_records_the_same_few_questions_however_much_there_is(records):
    from datetime import UTC, datetime

    from longtake.records.models import Annotation, Card

    client = records.client(records.member("owner"))
    pages = (f"/c/{FILM}/", f"/c/{FILM}/at/heat/", f"/c/{FILM}/board/", f"/c/{FILM}/files/", "/")
    before = [count_queries(client, page) for page in pages]
    for i in range(30):
        Annotation.objects.create(
            campaign=FILM, at=datetime.now(UTC), text=str(i), by=records.person(f"p{i}")
        )
        Card.objects.create(campaign=FILM, lane="channel", title=str(i), owner="x")
    assert [count_queries(client, page) for page in pages] == before
    assert max(before) <= 12


def test_the_heaviest_screen_travels_light(records):
    client = records.client(records.member("viewer"))
    told = client.get(f"/c/{FILM}/at/heat/", headers={"accept-encoding": "gzip"})
    assert told["Content-Encoding"] == "gzip"
    assert len(told.content) < 100_000


def test_a_chart_comes_with_its_data_and_formats(records):
    body = json.loads(records.client(records.member("viewer")).get(f"/c/{FILM}/chart/heat.json").content)
    assert sorted(body) == ["chart", "format", "time"]
    assert len(body["chart"]["wide"]) == len(body["chart"]["data"])


def test_a_workbook_of_a_chart_holds_its_table(records):
    import io

    import python_calamine

    answer = records.client(records.member("viewer")).get(f"/c/{FILM}/chart/heat.xlsx")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    (chart,) = [c for c in kept(records).section("heat").charts if c.id == "heat"]
    assert len(rows) == len(chart.table.rows) + 1


def test_search_finds_a_figure_by_its_name_and_only_what_the_visitor_may_open(records):
    found = records.client(records.member("viewer")).get(f"/c/{FILM}/search/", {"q": "半衰期"})
    assert "讨论半衰期" in found.content.decode()
    agency = records.client(records.member("agency", lane="audience"))
    assert "讨论半衰期" not in agency.get(f"/c/{FILM}/search/", {"q": "半衰期"}).content.decode()


def test_a_film_without_rows_says_what_to_do(records):
    from longtake.services.work import described

    described.begin(records.workspace, name="空片", told={}, circles=())
    page = records.client(records.member("owner", "空片")).get("/c/空片/")
    assert "还没有一行数据" in page.content.decode()
    (records.workspace.campaigns / "空片.toml").unlink()


def test_two_films_are_compared_only_by_who_sees_both(records):
    client = records.client(records.member("viewer"))
    page = client.get("/compare/", {"a": FILM, "b": OTHER}).content.decode()
    assert f'value="{OTHER}"' not in page
    assert "<tbody>" not in page


@pytest.mark.slow
def test_a_comparison_puts_the_same_measure_of_the_same_platform_side_by_side(records):
    from longtake.services.measured.measure import measure

    measure(records.workspace, OTHER)
    client = records.client(records.root_owner())
    page = client.get("/compare/", {"a": FILM, "b": OTHER}).content.decode()
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    pairs = [row.split("<td>")[1:] for row in body.split("<tr>")[1:]]
    assert len(pairs) == 2
    # Both films were made of the same files: every number stands beside its equal.
    for left, right in pairs:
        assert left.split(">", 1)[1].split("</td>")[0] == right.split(">", 1)[1].split("</td>")[0]
