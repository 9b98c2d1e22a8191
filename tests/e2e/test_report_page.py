"""The report in a real browser: nothing loads, nothing hostile runs, everything opens."""

import pytest

from e2e.served import chromium
from longtake.render import page
from render.sample_report import sample_report

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SMALL = {"width": 320, "height": 700}


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    for lang in ("zh", "en"):
        (folder / f"{lang}.html").write_bytes(page(sample_report(), lang))
    return folder


@pytest.fixture
def visit(browser, files):
    contexts = []

    def visit(lang="zh", size=DESK, *, scheme="light", scripts=True, at=""):
        context = browser.new_context(viewport=size, color_scheme=scheme, java_script_enabled=scripts)
        contexts.append(context)
        tab = context.new_page()
        tab.said, tab.asked = [], []
        tab.on("console", lambda message: tab.said.append(message.text))
        tab.on("pageerror", lambda error: tab.said.append(str(error)))
        tab.on("dialog", lambda dialog: tab.said.append(dialog.message))
        tab.on("request", lambda request: tab.asked.append(request.url))
        tab.goto((files / f"{lang}.html").as_uri() + at)
        if scripts:
            tab.wait_for_selector("html[data-charts=live]", timeout=60_000)
        return tab

    yield visit
    for context in contexts:
        context.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_are_drawn_in_silence_and_nothing_is_asked_of_the_network(visit, lang, scheme):
    tab = visit(lang, scheme=scheme)
    charts = tab.locator(".plot").count()
    assert charts == sum(len(section.charts) for section in sample_report().sections)
    assert tab.locator(".plot.drawn .live").count() == charts
    assert tab.locator(".plot .live svg .mark-group").count() > charts
    assert tab.said == []
    assert [url for url in tab.asked if not url.startswith(("file:", "data:"))] == []


def test_hostile_text_is_shown_and_never_run(visit):
    tab = visit()
    for summary in tab.locator(".data > summary").all():
        summary.click()
    assert tab.evaluate("window.hacked") is None
    assert tab.evaluate("document.querySelectorAll('img, iframe, object, embed').length") == 0
    assert tab.evaluate("[...document.scripts].length") == 3
    assert tab.evaluate("[...document.links].filter(a => /^javascript:/i.test(a.href)).length") == 0
    assert "<script>window.hacked=1</script>" in tab.inner_text("h1")


def test_hovering_a_chart_tells_its_values_and_runs_nothing(visit):
    tab = visit()
    plot = tab.locator('.plot[data-chart="heat-platforms"] .live svg').last
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    tab.mouse.move(box["x"] + 300, box["y"] + 60)
    tab.mouse.move(box["x"] + 302, box["y"] + 62)
    tip = tab.locator("#vg-tooltip-element.visible")
    tip.wait_for(timeout=5_000)
    assert "<script>window.hacked=1</script>" in tip.inner_text()
    assert "条/小时" in tip.inner_text()
    assert tab.evaluate("window.hacked") is None
    assert tab.said == []


def test_the_policy_refuses_a_script_that_is_not_ours(visit):
    tab = visit()
    tab.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.hacked = 9';"
        " document.body.append(s); }"
    )
    assert tab.evaluate("window.hacked") is None
    assert any("Content Security Policy" in line for line in tab.said)


@pytest.mark.parametrize("size", [DESK, PHONE, SMALL])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_never_scrolls_sideways(visit, size, lang):
    tab = visit(lang, size)
    assert tab.evaluate("document.documentElement.scrollWidth") <= size["width"]
    beyond = "s => s.getBoundingClientRect().right > innerWidth + 1"
    assert tab.evaluate(f"[...document.querySelectorAll('.plot svg')].filter({beyond}).length") == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_every_link_inside_the_page_leads_somewhere(visit, scripts):
    tab = visit(scripts=scripts)
    dead = """() => [...document.querySelectorAll("a[href^='#']")].map(a => a.getAttribute('href').slice(1))
        .filter(id => !document.getElementById(decodeURIComponent(id)))"""
    assert tab.evaluate(dead) == []
    figures = tab.locator(".fig, .value")
    assert figures.count() > 20
    assert all(figure.get_attribute("href").startswith("#rows-") for figure in figures.all())


@pytest.mark.parametrize("scripts", [True, False])
def test_a_number_opens_its_rows_with_and_without_scripts(visit, scripts):
    tab = visit(scripts=scripts)
    link = tab.locator(".lead .fig").first
    name = link.get_attribute("href")
    assert not tab.locator(name).is_visible()
    link.click()
    panel = tab.locator(name)
    assert panel.is_visible()
    assert "weibo_comments.csv" in panel.inner_text()
    assert "longtake rows houtai:heat.comments_peak_hour" in panel.inner_text()
    panel.locator(".close").click()
    assert not panel.is_visible()


def test_closing_the_rows_returns_to_where_the_reader_was(visit):
    tab = visit()
    link = tab.locator("#voice .fig").first
    link.scroll_into_view_if_needed()
    before = tab.evaluate("scrollY")
    assert before > 500
    link.click()
    tab.keyboard.press("Escape")
    assert tab.locator(".panel:visible").count() == 0
    assert abs(tab.evaluate("scrollY") - before) < 5
    assert tab.evaluate("document.activeElement.getAttribute('href')") == link.get_attribute("href")


def test_the_link_to_a_table_opens_it(visit):
    tab = visit()
    assert not tab.locator("#table-heat table").is_visible()
    tab.locator("#chart-heat .tools a[href='#table-heat']").click()
    tab.locator("#table-heat table").wait_for(state="visible", timeout=3_000)


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_without_scripts_the_pictures_stand_there(visit, size):
    tab = visit(size=size, scripts=False)
    for plot in tab.locator(".plot").all():
        seen = [svg for svg in plot.locator("svg").all() if svg.is_visible()]
        assert seen
        assert all(svg.bounding_box()["height"] > 60 for svg in seen)


def test_live_charts_take_the_place_of_pictures_without_moving_the_page(visit):
    still = visit(scripts=False).evaluate("document.documentElement.scrollHeight")
    live = visit().evaluate("document.documentElement.scrollHeight")
    assert abs(still - live) <= 40


def test_the_theme_can_be_chosen_with_and_without_scripts(visit):
    for scripts in (True, False):
        tab = visit(scheme="light", scripts=scripts)
        light = tab.evaluate("getComputedStyle(document.body).backgroundColor")
        tab.locator("#theme-dark").check(force=True)
        assert tab.evaluate("getComputedStyle(document.body).backgroundColor") != light


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_chart_exports_as_a_picture_in_its_own_colours(visit, kind, tmp_path):
    tab = visit()
    tab.locator("#chart-heat-platforms .menu summary").click()
    with tab.expect_download(timeout=30_000) as waiting:
        tab.locator(f"#chart-heat-platforms button[data-export={kind}]").click()
    saved = tmp_path / "chart"
    waiting.value.save_as(saved)
    data = saved.read_bytes()
    assert waiting.value.suggested_filename == f"houtai-heat-platforms.{kind}"
    assert data.startswith(b"<svg" if kind == "svg" else b"\x89PNG")
    assert b"var(--" not in data
    assert len(data) > 10_000


def test_a_table_exports_as_csv_without_scripts(visit, tmp_path):
    tab = visit(scripts=False)
    tab.locator("#chart-heat .menu summary").click()
    with tab.expect_download(timeout=30_000) as waiting:
        tab.locator("#chart-heat .menu a").click()
    waiting.value.save_as(tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text("utf-8-sig").splitlines()[0] == "hour,comments,low,high"


@pytest.mark.parametrize(
    ("size", "at", "scheme"),
    [
        (DESK, "", "dark"),
        (PHONE, "", "light"),
        (DESK, "#rows-panel", "dark"),
        (DESK, "", "light"),
        (PHONE, "", "dark"),
        (DESK, "#rows-panel", "light"),
    ],
)
def test_axe_finds_nothing(visit, files, scheme, size, at):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    tab = visit(size=size, scheme=scheme)
    if at:
        tab.locator(".lead .fig").first.click()
    found = axe.Axe().run(tab).response["violations"]
    assert [(v["id"], [node["html"][:120] for node in v["nodes"]][:3]) for v in found] == []


def test_printing_shows_pictures_and_no_controls(visit):
    tab = visit()
    tab.emulate_media(media="print")
    assert not tab.locator(".bar").is_visible()
    assert tab.locator("#chart-heat .still.wide svg").first.is_visible()
    assert not tab.locator("#chart-heat .live").is_visible()
