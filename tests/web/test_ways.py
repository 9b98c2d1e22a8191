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


def _asked(records):
    """Return what every route of the film is asked with."""
    from benchmarks.web_parts.addresses import addresses

    from longtake.services.measured.kept import kept
    from plan_site import planned

    made = planned(records, FILM)
    given = {
        "stage": (made["@stage"],),
        "trial": (records.trial(FILM),),
        "tray": ("0" * 16,),
        "receipt:number": (records.workspace.lake.commits(FILM)[0].import_id,),
        "plan-rows:figure": (made["@planned"],),
        "trial-figure:figure": ("arm-0",),
    }
    found = addresses(kept(records.workspace, FILM), given)
    del found["map"]
    return found


def test_the_benchmark_times_every_route_of_a_campaign_that_shows_a_page(records):
    from benchmarks.web_parts.addresses import of_campaign
    from benchmarks.web_parts.timing import AWAY, Timed, timed

    from longtake.services.measured.kept import kept
    from longtake.services.measured.papers import FOLDER, PAPERS, paper

    for kind, forms in PAPERS.items():
        for form in forms:
            path = paper(kept(records.workspace, FILM), kind, form, "zh")
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b"a document")
    asked = _asked(records)
    assert asked.keys() | {"map"} == of_campaign().keys()
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


def test_every_page_asks_the_records_as_often_for_three_things_as_for_one(records):
    from datetime import UTC, datetime, timedelta

    from benchmarks.web_parts.timing import AWAY, Timed, timed

    from longtake.records import trail
    from longtake.records.models import Annotation, Card, Job
    from longtake.services.people import sharing

    now = datetime.now(UTC)
    maker = records.person("maker")

    def one_more(number):
        records.member(("viewer", "analyst", "editor")[number])
        Annotation.objects.create(campaign=FILM, at=now, text=str(number), by=maker)
        Card.objects.create(campaign=FILM, lane="channel", title=str(number), owner="x")
        for kind in ("import", "alerts"):
            Job.objects.create(kind=kind, campaign=FILM, state="failed", error="x")
        at = now + timedelta(seconds=number)
        sharing.share(campaign=FILM, days=7, password="", note=str(number), by=maker, now=at)
        trail.note("upload", person=maker, campaign=FILM, files=number)

    asked = {name: some[:1] for name, some in _asked(records).items() if name not in AWAY}
    client = _own(records)

    def queries():
        every = timed(client, FILM, asked, requests=1)
        return {one.name: one.queries for one in every if isinstance(one, Timed)}

    one_more(0)
    before = queries()
    one_more(1), one_more(2)
    assert queries() == before
    assert max(before.values()) <= 12


def test_a_route_with_a_slot_that_nothing_fills_is_no_route_the_benchmark_forgets(records, monkeypatch):
    from benchmarks.web_parts.addresses import addresses
    from django.urls import path

    from longtake.services.measured.kept import kept
    from longtake.web import urls

    new = path(urls.C + "brand/<slug:colour>/", lambda request: None, name="brand-new")
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, new])
    slots = ("stage", "trial", "tray", "receipt:number", "plan-rows:figure", "trial-figure:figure")
    given = dict.fromkeys(slots, ("x",))
    with pytest.raises(ValueError, match=r"colour.*brand-new"):
        addresses(kept(records.workspace, FILM), given)
