"""What a person does on the way to the pictures: invite, plan, try, be told."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

SIZE: ViewportSize = {"width": 1200, "height": 800}
DONE = 1_200_000
SIGNED = "journey-42-longtake"
TRIAL_ID = "cut-6s"
TRIAL = (
    ("question", "六秒版还是十五秒版，让更多人看完？"),
    ("arms", "六秒版 | 开头就是那句台词\n十五秒版 | 从敲门开始"),
    ("metric", "finish"),
    ("baseline", "5%"),
    ("minimum", "1%"),
    ("units", "24000"),
    ("days", "3"),
)
RULE = (("name", "口碑低于一"), ("below", "1"))
DAYS, SEEN, FINISHED = 3, 4000, (200, 276)


def measured(page: Page, address: str) -> None:
    """Wait until the figures of a film stand on its page."""
    until = time.monotonic() + DONE / 1000
    page.goto(address)
    while not page.locator(".strip").count():
        if time.monotonic() > until:
            raise TimeoutError(address)
        time.sleep(1)
        page.goto(address)


def invited(browser: Browser, owner: Page, address: str, board: str) -> Page:
    """Invite an agency to one lane and return its window."""
    for lane, title, who in (
        ("channel", "把后背交给谁：微博与抖音首发", "代理 · 小周"),
        ("interaction", "投票页上线，分享卡三版", "李明"),
    ):
        owner.goto(f"{address}{board}board/")
        form = owner.locator(f"form:has(input[name=lane][value={lane}])")
        form.locator("xpath=ancestor::details").locator("summary").click()
        form.locator("[name=title]").fill(title)
        form.locator("[name=owner]").fill(who)
        form.locator("[name=due]").fill("2026-01-20")
        form.locator(".btn").click()
    owner.goto(f"{address}{board}members/")
    owner.select_option("[name=role]", "agency")
    owner.select_option("[name=lane]", "channel")
    owner.fill("[name=note]", "代理公司")
    owner.click("main form.form .btn")
    link = owner.input_value("#link")
    page = browser.new_page(viewport=SIZE, color_scheme="light", locale="zh-CN")
    page.goto(link)
    for name, value in (("name", "zhou"), ("shown_name", "小周"), ("password", SIGNED)):
        page.fill(f"[name={name}]", value)
    page.click("main .btn")
    return page


def planned(page: Page, film: str) -> str:
    """Draft a plan; return the address of its first stage, from the film's."""
    page.goto(f"{film}plan/")
    page.locator("form[action$='/plan/adopt/'] .btn").click()
    stage = page.locator(".task a").first.get_attribute("href", timeout=DONE) or ""
    return stage[stage.index("plan/stage/") :]


def tried(page: Page, film: str) -> None:
    """Take a trial of two cuts from its design to its verdict, with three days of an account's figures."""
    page.goto(f"{film}trials/new/")
    for name, value in TRIAL:
        page.fill(f"[name={name}]", value)
    page.locator("details:has([name=id])").locator("summary").click()
    page.fill("[name=id]", TRIAL_ID)
    page.locator("main form.form > .act .btn").click()
    page.wait_for_url(re.compile(rf"/trials/at/{TRIAL_ID}/$"))
    first = date.fromisoformat(page.input_value("form[action$='/start/'] [name=begins]"))
    page.locator("form[action$='/start/'] .btn").click()
    rows = [
        f"{arm},{first + timedelta(days=day)},{SEEN},{done}\n"
        for day in range(DAYS)
        for arm, done in zip(("六秒版", "十五秒版"), FINISHED, strict=True)
    ]
    text = "版本,日期,曝光量,finish\n" + "".join(rows)
    table = {"name": "后台导出.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.set_input_files("form[action$='/rows/'] input[type=file]", files=[table])
    page.locator("form[action$='/rows/'] .btn").first.click()
    page.locator("form[action$='/look/'] .btn").click()
    page.on("dialog", lambda asked: asked.accept())
    page.locator("form[action$='/judge/'] .btn").click()
    page.wait_for_url(re.compile(r"/verdict/$"))


def watched(page: Page, film: str) -> None:
    """Have a figure watched, and wait until its decision stands on the page."""
    page.goto(f"{film}alerts/?new=figure")
    for name, value in RULE:
        page.fill(f"[name={name}]", value)
    figure = page.locator("[name=figure]")
    every = figure.locator("option").evaluate_all("all => all.map(one => one.value)")
    figure.select_option(next(one for one in every if ".reproduction." in one and one.endswith("weibo")))
    page.locator("#rule .btn").first.click()
    page.locator("form[action$='/alerts/look/'] .btn").click()
    until = time.monotonic() + DONE / 1000
    while not page.locator("article.decision").count():
        if time.monotonic() > until:
            raise TimeoutError(film)
        time.sleep(1)
        page.goto(f"{film}alerts/")
