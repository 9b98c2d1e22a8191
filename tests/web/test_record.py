"""The record of acts: every change leaves an entry, its owner reads it, and nothing in it runs."""

import ast
import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from web_site import FILM, OTHER, PASSWORD

PAGE = f"/c/{FILM}/acts/"
WEB = Path(__file__).parents[2] / "src" / "longtake" / "web" / "screens"


def note(person=None, what="upload", campaign=FILM, **detail):
    from longtake.records.models import Act

    return Act.objects.create(what=what, person=person, campaign=campaign, detail=detail)


def owner(site, lang="zh"):
    client = site.client(site.member("owner"))
    client.cookies["longtake_lang"] = lang
    return client


def lines(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def posts(tree):
    """Yield the functions of a screen that a form can reach and that answer to a change."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and any(
            "POST" in ast.unparse(one) for one in node.decorator_list
        ):
            yield node


NO_CHANGE = {
    "signing.look": "keeps a cookie of the visitor",
    "sharing.unlock": "opens a link for one session",
    "designing.power": "computes what a form could find and keeps nothing",
    "pages.power": "asks for a job, which names who asked, and changes no stage",
}


def test_every_screen_that_takes_a_form_writes_the_record():
    bare = []
    for path in sorted(WEB.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}

        def notes(name, functions=functions, seen=()):
            text = ast.unparse(functions[name])
            called = {
                n.func.id for n in ast.walk(functions[name])
                if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id in functions
            }  # fmt: skip
            return "trail.note(" in text or any(
                notes(one, seen=(*seen, name)) for one in called - {*seen, name}
            )

        bare += [
            f"{path.stem}.{node.name}"
            for node in posts(tree)
            if not notes(node.name) and f"{path.stem}.{node.name}" not in NO_CHANGE
            if node.name not in {"admin_sign_in"}
        ]
    assert bare == []


def test_every_act_that_is_written_has_words():
    from longtake.locale import catalogue

    written = {f"admin-{one}" for one in ("add", "change", "delete")}
    for path in sorted(WEB.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            noted = isinstance(node, ast.Call) and ast.unparse(node.func) == "trail.note"
            if noted and isinstance(node.args[0], ast.Constant):
                written.add(node.args[0].value)
    plan = ["adopt", "edit", "lock", "start", "look", "judge", "extend", "stop", "roll", "remember", "learn"]
    written |= {f"plan-{one}" for one in plan}
    written |= {f"trial-{one}" for one in ("start", "rows", "look", "verdict")}
    written |= {"alert-pause", "alert-wake", "alert-drop", "channel", "channel-drop", "edit", "remove"}
    keys = {key.removeprefix("acts.did.") for key in catalogue("zh").messages if key.startswith("acts.did.")}
    assert keys == written


def test_who_signs_in_and_out_stands_in_the_record_of_the_workspace(records):
    from longtake.records.models import Act

    person = records.person("甲")
    person.set_password(PASSWORD)
    person.save()
    client = records.client()
    client.post("/sign-in/", {"name": "甲", "password": "wrong"})
    assert Act.objects.count() == 0
    client.post("/sign-in/", {"name": "甲", "password": PASSWORD})
    client.post("/sign-out/")
    client.post("/sign-out/")
    found = Act.objects.order_by("id").values_list("what", "person__username", "campaign")
    assert list(found) == [("sign-in", "甲", ""), ("sign-out", "甲", "")]
    root = records.client(records.root_owner())
    assert [row["act_code"] for row in lines(root.get("/acts.csv"))] == ["sign-out", "sign-in"]
    assert lines(owner(records).get(f"/c/{FILM}/acts.csv")) == []


@pytest.mark.parametrize(
    ("path", "given", "what", "detail"),
    [
        ("measure/", {}, "measure", {}),
        ("papers/", {}, "papers", {}),
        ("alerts/look/", {}, "alert-look", {}),
        ("ledger/put/", {"kind": "ad", "start": "2026-01-09T10:00"}, "edit", {"kind": "event"}),
        ("ledger/1/drop/", {}, "remove", {"kind": "event"}),
        ("links/", {"days": "7"}, "share", {"days": "7"}),
        (
            "board/put/",
            {"lane": "channel", "title": "补量", "owner": "乙"},
            "card",
            {"lane": "channel", "title": "补量"},
        ),
    ],
)
def test_an_act_leaves_one_entry_of_its_own(records, path, given, what, detail):
    from longtake.records.models import Act

    client = owner(records)
    if what == "remove":
        client.post(f"/c/{FILM}/ledger/put/", {"kind": "ad", "start": "2026-01-09T10:00"})
        Act.objects.all().delete()
    assert client.post(f"/c/{FILM}/{path}", given).status_code in {200, 302}
    (act,) = Act.objects.all()
    assert (act.what, act.campaign, act.detail) == (what, FILM, detail)
    if what == "edit":
        client.post(f"/c/{FILM}/ledger/1/drop/")


def test_a_member_who_was_removed_is_named(records):
    from longtake.records.models import Act, Membership

    client = owner(records)
    records.member("viewer")
    number = Membership.objects.get(role="viewer").pk
    client.post(f"/c/{FILM}/members/{number}/drop/")
    (act,) = Act.objects.all()
    assert (act.what, act.detail) == ("drop-member", {"role": "viewer", "name": f"viewer-{FILM}"})


def test_what_is_done_in_the_administration_is_written_down(records):
    from longtake.records.models import Act, Membership

    member = Membership.objects.get(person=records.member("viewer"))
    client = records.client(records.root_owner())
    given = {"person": member.person.pk, "campaign": FILM, "role": "editor", "lane": ""}
    assert client.post(f"/admin/records/membership/{member.pk}/change/", given).status_code == 302
    assert client.post(f"/admin/records/membership/{member.pk}/delete/", {"post": "yes"}).status_code == 302
    found = [(act.what, act.campaign, act.detail["kind"]) for act in Act.objects.order_by("id")]
    assert found == [("admin-change", FILM, "membership"), ("admin-delete", FILM, "membership")]


@pytest.mark.parametrize(("lang", "said"), [("zh", "2026 年 1 月 9 日 01:05"), ("en", "9 Jan 2026 01:05")])
def test_times_are_those_of_china(records, lang, said):
    from longtake.records.models import Act

    act = note()
    Act.objects.filter(pk=act.pk).update(at=datetime(2026, 1, 8, 17, 5, tzinfo=UTC))
    client = owner(records, lang)
    assert said in client.get(PAGE).content.decode()
    assert [row["at"] for row in lines(client.get(f"/c/{FILM}/acts.csv"))] == ["2026-01-09T01:05:00+08:00"]


def test_pages_hold_fifty_and_the_newest_comes_first(records):
    from longtake.records.models import Act

    for number in range(120):
        note(number=f"no-{number}")
    client = owner(records)
    pages = [client.get(PAGE, {"page": n}).content.decode() for n in (1, 2, 3)]
    assert [page.count("<time ") for page in pages] == [50, 50, 20]
    assert pages[0].index("no-119") < pages[0].index("no-118")
    assert client.get(PAGE, {"page": "999"}).content.decode().count("<time ") == 20
    for wrong in ("0", "-1", "x", "٣", "9" * 30):
        assert client.get(PAGE, {"page": wrong}).content.decode().count("<time ") == 50, wrong
    assert len(lines(client.get(f"/c/{FILM}/acts.csv"))) == Act.objects.count() == 120


def test_the_page_asks_the_same_few_questions_however_much_there_is(records):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = owner(records), []
    for n in (1, 59):
        for number in range(n):
            note(records.person(f"p{n}-{number}"), number=number)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as found:
            assert client.get(PAGE).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1] <= 9


def test_entries_are_filtered_by_person_and_by_kind(records):
    one, two = records.person("one"), records.person("two")
    note(one, "upload"), note(two, "upload"), note(one, "undo"), note(None, "measure")
    note(one, "upload", OTHER)
    client = owner(records)
    asked = lambda **given: [  # noqa: E731
        (row["sign_in_name"], row["act_code"]) for row in lines(client.get(f"/c/{FILM}/acts.csv", given))
    ]
    assert asked(who=one.pk) == [("one", "undo"), ("one", "upload")]
    assert asked(who=one.pk, what="upload") == [("one", "upload")]
    assert asked(who="0") == [("", "measure")]
    assert asked(what="nothing-like-it") == []
    assert len(asked(who="x")) == 4
    page = client.get(PAGE, {"who": one.pk, "what": "upload"}).content.decode()
    assert page.count("<time ") == 1
    assert f"acts.csv?who={one.pk}&amp;what=upload" in page
    assert "没有符合筛选的记录。" in client.get(PAGE, {"what": "nothing-like-it"}).content.decode()


@pytest.mark.parametrize(("lang", "said"), [("zh", "还没有记录。"), ("en", "No entries yet.")])
def test_an_empty_record_says_so(records, lang, said):
    page = owner(records, lang).get(PAGE).content.decode()
    assert said in page
    assert "<table" not in page


def test_hostile_words_stay_words_and_no_formula_reaches_a_spreadsheet(records):
    bad = '<img src=x onerror="alert(1)">'
    person = records.person("h", shown_name=bad)
    note(person, "<script>alert(2)</script>"[:32], **{"title": "=cmd|'/c calc'!A1", bad: bad})
    note(records.person("=1+1"), "upload", name="\"'><svg onload=alert(3)>")
    client = owner(records)
    answer = client.get(PAGE)
    page = answer.content.decode()
    assert [one for one in ("<img src", "<script>alert", "<svg onload") if one in page] == []
    assert "&lt;img src" in page
    policy = answer["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert " style=" not in page
    rows = lines(client.get(f"/c/{FILM}/acts.csv"))
    assert [row["sign_in_name"] for row in rows] == ["'=1+1", "h"]
    assert [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))] == []


def test_the_record_holds_no_secret_and_the_members_page_leads_to_it(records):
    from django.urls import reverse

    from longtake.records.models import Act

    client = owner(records)
    assert (
        f'href="{reverse("acts", kwargs={"campaign": FILM})}"'
        in client.get(f"/c/{FILM}/members/").content.decode()
    )
    client.post(f"/c/{FILM}/links/", {"days": "7", "password": "very-secret-word"})
    shown = client.post(f"/c/{FILM}/members/invite/", {"role": "viewer", "note": "给丙"}).content.decode()
    token = shown.partition("/join/")[2].partition("/")[0]
    kept = json.dumps(list(Act.objects.values_list("detail", flat=True)))
    assert len(token) > 20
    assert [one for one in (token, "very-secret-word") if one in kept] == []


def test_the_workspace_sees_every_film_and_a_film_its_own(records):
    note(what="upload", campaign=FILM), note(what="undo", campaign=OTHER)
    root = records.client(records.root_owner())
    found = [(row["campaign"], row["act_code"]) for row in lines(root.get("/acts.csv"))]
    assert found == [(OTHER, "undo"), (FILM, "upload")]
    page = root.get("/acts/").content.decode()
    assert f"<bdi>{OTHER}</bdi>" in page
    assert OTHER not in owner(records).get(PAGE).content.decode()
    assert timedelta(0) <= datetime.now(UTC) - datetime.fromisoformat(
        page.partition('datetime="')[2].partition('"')[0]
    )
