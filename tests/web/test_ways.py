"""Small things on the way: what a page shows before anybody asks, in the reader's words."""

from __future__ import annotations

import shutil

import pytest

from web_site import FILM, OTHER


def _own(records):
    made = records.client(records.root_owner())
    made.cookies["longtake_lang"] = "zh"
    return made


def test_two_films_are_compared_at_once_and_never_one_with_itself(records):
    page = _own(records).get("/compare/").content.decode()
    assert page.count(" selected>") == 2
    assert f'value="{FILM}" selected' in page
    assert f'value="{OTHER}" selected' in page


def test_who_sees_one_film_is_told_that_it_takes_two(records):
    client = records.client(records.member("viewer"))
    client.cookies["longtake_lang"] = "zh"
    page = client.get("/compare/").content.decode()
    assert "还要有第二部影片才能对比。" in page
    assert "<select" not in page


def test_a_film_being_measured_is_not_queued_again_by_who_looks_at_the_list(records):
    from longtake.records.models import Job

    Job.objects.create(kind="measure", campaign=OTHER, state="running")
    page = _own(records).get("/").content.decode()
    assert Job.objects.filter(kind="measure", campaign=OTHER).count() == 1
    assert f"<bdi>《{OTHER}》</bdi>" in page


def test_emotions_are_written_and_read_in_the_language_of_the_page(records):
    from longtake.services.campaigns import known

    client = _own(records)
    before = client.get(f"/c/{OTHER}/card/").content.decode()
    assert "还没有写" in before
    given = {"proposition": "有人等你回家", "emotions": "被打动、紧张", "circles": "异乡人"}
    assert client.post(f"/c/{OTHER}/card/", given).status_code == 302
    assert known.find(records.workspace, OTHER).emotions == ("moved", "tension")
    assert "被打动、紧张、过瘾" in client.get(f"/c/{OTHER}/card/").content.decode()
    client.cookies["longtake_lang"] = "en"
    assert "Moved, Tension" in client.get(f"/c/{OTHER}/card/").content.decode()
    client.post(f"/c/{OTHER}/card/", {**given, "emotions": ""})


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_rows_begin_with_when_where_what_and_their_place(records, lang):
    import re

    from longtake.locale import catalogue
    from longtake.render.inventory import slug

    client = records.client(records.member("viewer"))
    client.cookies["longtake_lang"] = lang
    page = client.get(f"/c/{FILM}/rows/{slug(FILM + ':voice.polarity')}/").content.decode()
    heads = re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', page)
    say = catalogue(lang).say
    assert heads[:3] == [say("column.at"), say("column.platform"), say("column.text")]
    place = heads.index(say("column.source_file"))
    assert heads[place + 1] == say("column.source_line")
    assert place < heads.index(say("column.author"))
    assert not [
        head for head in heads if "_" in head or (lang == "zh" and re.fullmatch(r"[a-z0-9 ]{2,}", head))
    ]


def test_the_benchmark_times_every_route_of_a_campaign_that_shows_a_page(records):
    from benchmarks.web_parts.addresses import addresses, of_campaign
    from benchmarks.web_parts.timing import AWAY, Timed, timed

    from longtake.services.measured.kept import kept
    from longtake.services.measured.papers import FOLDER, write_papers
    from plan_site import planned

    made = planned(records, FILM)
    write_papers(records.workspace, FILM)
    given = {
        "stage": (made["@stage"],),
        "trial": (records.trial(FILM),),
        "tray": ("0" * 16,),
        "receipt:number": (records.workspace.lake.commits(FILM)[0].import_id,),
        "plan-rows:figure": (made["@planned"],),
    }
    asked = addresses(kept(records.workspace, FILM), given)
    assert asked.keys() == of_campaign().keys()
    del asked["map"]
    client = _own(records)
    times = list(timed(client, FILM, asked, requests=1))
    shutil.rmtree(kept(records.workspace, FILM).folder / FOLDER)
    shown = {one.name.split()[0] for one in times if isinstance(one, Timed)}
    assert shown >= AWAY
    forms = {one for one in times if isinstance(one, str)}
    assert forms.isdisjoint(shown)
    assert forms | shown == asked.keys()
    assert {"overview", "ledger", "assets", "alerts", "plan", "trial", "papers", "acts"} <= shown
    assert {"undo", "rule-put", "plan-lock", "trial-look"} <= forms


def test_a_route_with_a_slot_that_nothing_fills_is_no_route_the_benchmark_forgets(records, monkeypatch):
    from benchmarks.web_parts.addresses import addresses
    from django.urls import path

    from longtake.services.measured.kept import kept
    from longtake.web import urls

    new = path(urls.C + "brand/<slug:colour>/", lambda request: None, name="brand-new")
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, new])
    given = dict.fromkeys(("stage", "trial", "tray", "receipt:number", "plan-rows:figure"), ("x",))
    with pytest.raises(ValueError, match=r"colour.*brand-new"):
        addresses(kept(records.workspace, FILM), given)
