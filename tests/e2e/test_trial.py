"""A trial in a real browser, from its design to the retrospective: two languages, desk and phone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

import plan_worlds as worlds
from e2e.served import HOSTILE, chromium, up
from longtake.ingest.values.moment import SHANGHAI

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
HEADS = (
    *("作品名称", "发布时间", "体裁", "审核状态", "播放量", "完播率", "5s完播率", "封面点击率"),
    *("2s跳出率", "平均播放时长", "点赞量", "分享量", "评论量", "收藏量", "主页访问量", "粉丝增量"),
)
PAGES = (
    "trials/",
    "trials/new/",
    "trials/at/cut/",
    "trials/at/cut/figure/arm-1/",
    "trials/at/cut/figure/effect-0/",
    "trials/at/cut/verdict/",
    "plan/retrospective/",
)


def works(path, plays, finish):
    """Write a creator back office's list of works: plays and finish rates since publication."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADS)
    for name, rate in finish.items():
        more = ["-"] * (len(HEADS) - 6)
        sheet.append([name, "2026-01-20 12:00", "视频", "公开", str(plays), str(rate), *more])
    book.save(path)
    return path


def planned(world, now, begins):
    """Lock and start a stage that the trial will judge."""
    from longtake.services.plans.designs import Asked
    from longtake.services.plans.running import adopt, lock, start

    stage = worlds.stage("01-cut", design="ab_test", title=f"重剪开头{HOSTILE}")
    with world.desk(now, who=HOSTILE) as desk:
        adopt.adopt(desk, lang="zh", plan=worlds.plan(world.name, stage))
        lock.lock(desk, "01-cut", Asked(begins, trial="cut"))
        start.start(desk, "01-cut", anyway="试")


def designed(tab, base):
    """Fill the form of a new trial, with the power shown as one types, and write it down."""
    tab.goto(f"{base}trials/new/")
    tab.fill("[name=question]", f"哪一版让人看完？{HOSTILE}")
    tab.fill("[name=arms]", "旧开头 | 别名=旧\n新开头 | 情绪=安静")
    tab.fill("[name=metric]", "完播率")
    tab.fill("[name=baseline]", "5%")
    tab.fill("[name=units]", "40000")
    tab.click("summary >> text=更多")
    tab.fill("[name=id]", "cut")
    tab.wait_for_selector("#power li")
    assert "%" in tab.inner_text("#power")
    tab.click("main form.form .act .btn")
    tab.wait_for_url("**/trials/at/cut/")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Serve a film; design a trial on the web, look at it twice, judge it and the stage it proves."""
    root = tmp_path_factory.mktemp("trial")
    world = worlds.World(root, [12] * 40).until(9)
    now = datetime.now(UTC)
    today = now.astimezone(SHANGHAI).date()
    with chromium() as browser, up(world.workspace.root) as (address, first, _):
        context = browser.new_context()
        context.set_default_timeout(120_000)
        context.add_cookies([{"name": "longtake_lang", "value": "zh", "url": address}])
        tab, wrong = watched(context)
        tab.goto(first)
        tab.fill("[name=name]", "li")
        tab.fill("[name=shown_name]", "李明")
        tab.fill("[name=password]", "grapefruit-42")
        tab.click("main .btn")
        base = f"{address}/c/{quote(world.name)}/"
        designed(tab, base)
        planned(world, now, today)
        tab.reload()
        tab.click("text=封存设计，开始")
        tab.wait_for_selector("[name=files]")
        said = []
        for step, (plays, rates) in enumerate(((1500, (0.05, 0.055)), (16_000, (0.05, 0.075)))):
            name = f"抖音作品列表-{(today + timedelta(days=step)).isoformat()}.xlsx"
            file = works(root / name, plays, {"旧开头": rates[0], "新开头": rates[1]})
            tab.set_input_files("[name=files]", str(file))
            tab.click("form[enctype] .btn")
            tab.click("form[action$='/look/'] .btn")
            said.append(tab.inner_text("#answer"))
        tab.on("dialog", lambda one: one.accept())
        tab.click("form[action$='/judge/'] .btn")
        tab.wait_for_url("**/verdict/")
        verdict = tab.inner_text("main")
        tab.goto(f"{base}plan/stage/01-cut/")
        tab.click("form[action$='/judge/'] .btn")
        tab.wait_for_selector("section.verdict")
        yield browser, base, context.storage_state(), address, said, verdict, wrong


def watched(context):
    tab, wrong = context.new_page(), []
    tab.on("console", lambda m: wrong.append(m.text) if m.type in {"error", "warning"} else None)
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("response", lambda r: wrong.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    return tab, wrong


def test_it_says_to_go_on_then_which_one_wins_and_by_how_much(served):
    _, _, _, _, said, verdict, wrong = served
    assert "新开头" in said[1]
    assert "胜" in said[1]
    assert "胜" not in said[0]
    assert "有改善" in verdict
    assert wrong == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_of_a_trial_is_whole(served, lang, size):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    browser, base, state, address, *_ = served
    context = browser.new_context(viewport=SIZES[size], storage_state=state)
    context.add_cookies([{"name": "longtake_lang", "value": lang, "url": address}])
    tab, wrong = watched(context)
    for page in PAGES:
        tab.goto(base + page)
        assert tab.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"], page
        assert tab.evaluate("window.hacked") is None, page
        assert tab.locator("h1").count() == 1, page
        found = axe.Axe().run(tab).response["violations"]
        assert [(one["id"], [n["html"][:120] for n in one["nodes"]]) for one in found] == [], page
    assert wrong == []
    context.close()


def test_the_retrospective_opens_the_rows_of_the_back_office(served):
    browser, base, state, address, *_ = served
    context = browser.new_context(storage_state=state)
    context.add_cookies([{"name": "longtake_lang", "value": "zh", "url": address}])
    tab, wrong = watched(context)
    tab.goto(f"{base}trials/at/cut/")
    tab.click("text=看行 >> nth=-1")
    rows = tab.inner_text("tbody")
    assert "抖音作品列表" in rows
    assert tab.locator("tbody tr").count() == 4
    tab.goto(f"{base}plan/retrospective/")
    assert "重剪开头" in tab.inner_text("main")
    assert wrong == []
    context.close()
