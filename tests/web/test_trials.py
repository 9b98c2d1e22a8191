"""Trials on the web: from the form to the verdict, refusals in words, hostile text, other films."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from longtake.ingest.values.moment import SHANGHAI
from longtake.services import trials
from web_site import FILM, OTHER

HOSTILE = '"><img src=x onerror=alert(1)>{{7*7}}'
FORM = {
    "id": "web-1",
    "question": "哪一版让人看完？",
    "design": "any_look",
    "arms": "欢乐版 | 笑\n团圆版 | 泪",
    "metric": "finish",
    "kind": "proportion",
    "rise": "up",
    "baseline": "5%",
    "minimum": "1%",
    "units": "40000",
    "days": "14",
    "alpha": "5%",
    "looks": "5",
}
TODAY = datetime.now(UTC).astimezone(SHANGHAI).date()


@pytest.fixture
def owner(records):
    yield records.client(records.member("owner"))
    shutil.rmtree(records.root / "trials", ignore_errors=True)


def at(name, film=FILM, **given):
    return reverse(name, kwargs={"campaign": film, **given})


def csv(rows):
    text = "版本,日期,曝光量,转化\n" + "".join(f"{','.join(map(str, row))}\n" for row in rows)
    return SimpleUploadedFile("后台导出.csv", text.encode())


def test_from_the_form_to_the_verdict(owner, records):
    page = owner.get(at("trials")).content.decode()
    assert "新建试验" in page
    assert "80%" in owner.post(at("trial-power"), {**FORM, "units": "25000"}).content.decode()
    made = owner.post(at("trial-new"), FORM)
    assert (made.status_code, made["Location"]) == (302, at("trial", trial="web-1"))
    assert "封存设计，开始" in owner.get(at("trial", trial="web-1")).content.decode()
    begun = owner.post(at("trial-start", trial="web-1"), {"begins": TODAY.isoformat()})
    assert begun.status_code == 302
    book = trials.load(records.workspace, FILM, "web-1")
    page = owner.get(at("trial", trial="web-1")).content.decode()
    assert book.digest[:16] in page
    assert book.sealed[:16] in page
    days = [(TODAY + timedelta(days=n)).isoformat() for n in range(3)]
    rows = [(arm, day, 4000, done) for day in days for arm, done in (("欢乐版", 200), ("团圆版", 270))]
    sent = owner.post(
        at("trial-rows", trial="web-1"), {"files": csv([*rows, ("谁", days[0], 1, 1)])}, follow=True
    )
    text = sent.content.decode()
    assert "新增 6 行" in text
    assert "第 8 行，arm" in text
    entries = len(trials.load(records.workspace, FILM, "web-1").entries)
    owner.get(at("trial", trial="web-1"))
    assert len(trials.load(records.workspace, FILM, "web-1").entries) == entries
    text = owner.post(at("trial-look", trial="web-1"), follow=True).content.decode()
    assert "“团圆版”胜" in text
    assert "分流正常" in text
    assert 'class="trial-chart trial-wide"' in text
    assert "style=" not in text.split("<main")[1]
    judged = owner.post(at("trial-judge", trial="web-1"), follow=True)
    assert judged.redirect_chain == [(at("trial-verdict", trial="web-1"), 302)]
    assert "有改善" in judged.content.decode()
    assert trials.verdict_of(records.workspace, FILM, "web-1").result == "improved"


def test_what_is_missing_is_said_in_the_visitors_language(owner):
    answer = owner.post(at("trial-new"), {**FORM, "arms": "A"})
    assert answer.status_code == 422
    assert "至少要两个版本" in answer.content.decode()
    assert FORM["question"] in answer.content.decode()
    answer = owner.post(at("trial-power"), {**FORM, "baseline": ""})
    assert "请填对照现在的占比" in answer.content.decode()
    answer = owner.post(at("trial-power"), {**FORM, "units": "many"})
    assert "要填数字" in answer.content.decode()
    owner.post(at("trial-new"), FORM)
    answer = owner.post(at("trial-look", trial="web-1"))
    assert answer.status_code == 422
    assert "还没开始" in answer.content.decode()
    owner.cookies["longtake_lang"] = "en"
    assert "has not started" in owner.post(at("trial-look", trial="web-1")).content.decode()


def test_hostile_text_in_every_field_stays_text(owner):
    given = dict.fromkeys(FORM, HOSTILE) | {"id": "web-2"}
    answer = owner.post(at("trial-new"), given)
    assert answer.status_code == 422
    made = owner.post(
        at("trial-new"),
        {**FORM, "id": "web-2", "question": HOSTILE, "arms": f"A\n{HOSTILE}", "start_rule": HOSTILE},
    )
    assert made.status_code == 302
    owner.post(at("trial-start", trial="web-2"), {"begins": TODAY.isoformat()})
    rows = [("A", TODAY, 100, 5), (HOSTILE.replace('"', '""'), TODAY, 100, 6), ("=cmd()", TODAY, 1, 1)]
    owner.post(at("trial-rows", trial="web-2"), {"files": csv(rows)})
    owner.post(at("trial-look", trial="web-2"))
    for name in ("trial", "trial-verdict"):
        page = owner.get(at(name, trial="web-2")).content.decode()
        assert "<img src=x" not in page
    assert "<img src=x" not in owner.get(at("trials")).content.decode()
    for body in (b"\x00\x01", b"PK\x03\x04broken", b""):
        answer = owner.post(at("trial-rows", trial="web-2"), {"files": SimpleUploadedFile("x.xlsx", body)})
        assert answer.status_code == 422
    assert owner.post(at("trial-start", trial="web-2"), {"begins": HOSTILE}).status_code == 422


def test_a_trial_of_another_film_is_not_there(owner, records):
    records.trial(OTHER, "theirs")
    for name, method in (
        ("trial", "get"),
        ("trial-verdict", "get"),
        ("trial-look", "post"),
        ("trial-start", "post"),
    ):
        assert getattr(owner, method)(at(name, film=OTHER, trial="theirs")).status_code == 404
        assert getattr(owner, method)(at(name, trial="theirs")).status_code == 404


def test_a_broken_chain_names_the_entry(owner, records):
    records.trial(FILM, "hurt")
    path = records.root / "trials" / FILM / "hurt.chain"
    path.write_bytes(path.read_bytes().replace(b"Which", b"Witch"))
    page = owner.get(at("trial", trial="hurt"))
    assert page.status_code == 409
    assert "entry 1" in page.content.decode() or "第 1" in page.content.decode()
    assert owner.get(at("trials")).status_code == 200


def test_weights_aliases_and_other_outcomes_are_set_on_the_form(owner, records):
    form = {
        **FORM,
        "id": "web-arms",
        "arms": "欢乐版 | 笑 | 权重=2 | 别名=大年三十的笑\n团圆版 ｜ 角度＝母亲 ｜ weight=1",
        "others": "秒数:mean, 划走:proportion:down",
    }
    assert owner.post(at("trial-new"), form).status_code == 302
    trial = trials.load(records.workspace, FILM, "web-arms").trial
    first, second = trial.arms
    assert (first.weight, dict(first.factors), first.aliases) == (2.0, {"emotion": "笑"}, ("大年三十的笑",))
    assert (second.weight, dict(second.factors)) == (1.0, {"angle": "母亲"})
    assert trial.shares == pytest.approx((2 / 3, 1 / 3))
    assert [(one.key, one.kind, one.rise) for one in trial.metrics[1:]] == [
        ("秒数", "mean", True),
        ("划走", "proportion", False),
    ]
    wrong = owner.post(at("trial-new"), {**form, "id": "web-2", "arms": "A | 好运=1\nB"})
    assert wrong.status_code == 422
    assert "没有「好运」这一项" in wrong.content.decode()


def test_a_number_of_a_look_opens_its_rows(owner, records):
    owner.post(at("trial-new"), {**FORM, "id": "web-rows"})
    owner.post(at("trial-start", trial="web-rows"), {"begins": TODAY.isoformat()})
    rows = [("欢乐版", TODAY.isoformat(), 400, 20), ("团圆版", TODAY.isoformat(), 400, 30)]
    owner.post(at("trial-rows", trial="web-rows"), {"files": csv(rows)})
    nothing = at("trial-figure", trial="web-rows", figure="effect-0")
    assert owner.get(nothing).status_code == 422
    page = owner.post(at("trial-look", trial="web-rows"), follow=True).content.decode()
    for figure, arms in (("arm-0", ["欢乐版"]), ("effect-0", ["欢乐版", "团圆版"])):
        address = at("trial-figure", trial="web-rows", figure=figure)
        assert f'href="{address}"' in page
        told = owner.get(address).content.decode()
        body = told.partition("<tbody>")[2].partition("</tbody>")[0]
        assert body.count("<tr>") == len(arms)
        assert all(arm in body for arm in arms)
        assert "后台导出.csv" in body
        assert f"longtake rows {FILM}:trial.web-rows.{figure.replace('-', '.')}" in told
