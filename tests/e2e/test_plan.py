"""A plan's pages in a real browser: both languages, desk and phone, nothing wrong on any of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

import plan_worlds as worlds
from e2e.served import HOSTILE, chromium, up

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BEFORE = 24
BEGIN = worlds.FIRST + timedelta(days=BEFORE + 1)
NOW = datetime(2026, 1, 31, tzinfo=UTC)
PAGES = ("", "stage/01-post/", "stage/02-next/", "retrospective/", "boards/", "memory/", "history/")
SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Serve a film with one stage that runs, one drafted, hostile words in both, and a session signed in."""
    from longtake.services.plans.designs import Asked
    from longtake.services.plans.running import adopt, lock, start

    root = tmp_path_factory.mktemp("plan")
    world = worlds.World(root, worlds.counts(5, 60, start=BEFORE + 1, lift=0.5)).until(BEFORE)
    stages = (
        worlds.stage("01-post", title=f"换个时间{HOSTILE}"),
        worlds.stage("02-next", does=HOSTILE, horizon_days=5),
    )
    with world.desk(NOW, who=HOSTILE) as desk:
        adopt.adopt(desk, lang="zh", plan=worlds.plan(world.name, *stages))
        lock.lock(desk, "01-post", Asked(BEGIN))
        start.start(desk, "01-post")
    world.until(BEFORE + 5)
    with chromium() as browser, up(world.workspace.root) as (address, first, _):
        context = browser.new_context()
        tab = context.new_page()
        tab.goto(first)
        tab.fill("[name=name]", "li")
        tab.fill("[name=shown_name]", "李明")
        tab.fill("[name=password]", "grapefruit-42")
        tab.click("main .btn")
        yield browser, f"{address}/c/{quote(world.name)}/plan/", context.storage_state(), address


def visit(served, lang, size):
    browser, base, state, address = served
    context = browser.new_context(viewport=SIZES[size], storage_state=state)
    context.add_cookies([{"name": "longtake_lang", "value": lang, "url": address}])
    tab, wrong = context.new_page(), []
    tab.on("console", lambda m: wrong.append(m.text) if m.type in {"error", "warning"} else None)
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("response", lambda r: wrong.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    return base, tab, wrong


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_is_whole_and_runs_nothing_it_was_told(served, lang, size):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    base, tab, wrong = visit(served, lang, size)
    for page in PAGES:
        tab.goto(base + page)
        assert tab.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"], page
        assert tab.evaluate("window.hacked") is None, page
        assert tab.locator("h1").count() == 1, page
        found = axe.Axe().run(tab).response["violations"]
        assert [(one["id"], [n["html"][:120] for n in one["nodes"]]) for one in found] == [], page
    assert wrong == []


def test_a_person_sees_power_locks_and_looks(served):
    base, tab, wrong = visit(served, "zh", "desk")
    tab.goto(base + "stage/01-post/")
    assert tab.locator(".plot .still.wide svg").count() == 1
    tab.click("text=记下这次查看")
    tab.goto(base + "stage/02-next/")
    tab.fill("[name=begins]", (BEGIN + timedelta(days=10)).isoformat())
    tab.click("text=先看把握")
    assert "把握" in tab.inner_text("main")
    tab.click("text=批准并锁定", timeout=120_000)
    tab.wait_for_selector("h1 .plan-locked", timeout=120_000)
    assert "已锁定" in tab.inner_text("h1")
    tab.click(".tabs >> text=记录") if tab.locator(".tabs").count() else tab.goto(base + "history/")
    assert "锁定" in tab.inner_text("main")
    assert wrong == []
