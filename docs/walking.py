"""What a person does on the way to the pictures: wait for figures, invite an agency."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

SIZE: ViewportSize = {"width": 1200, "height": 800}
DONE = 1_200_000
SIGNED = "journey-42-longtake"


def framed(page: Page, at: str = "", *, below: int = 64) -> bytes:
    """Return a picture of the window.

    Args:
        page: The window.
        at: Selector of what is brought below the fixed header; empty for the top of the page.
        below: Pixels between the top of the window and it.
    """
    page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")
    if at:
        top = page.locator(at).first.evaluate("one => one.getBoundingClientRect().top")
        page.evaluate("top => scrollTo(0, top)", top - below)
    page.wait_for_timeout(300)
    return page.screenshot()


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
