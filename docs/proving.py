"""The way from a plan to its proof: a stage that cannot be proved, one that can, the trial behind it.

It is walked once in each language, because a plan and a trial speak the language they were written in.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from docs.walking import framed

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAME = "from-diagnosis-to-proof"
STEPS = ("board", "power", "design", "locked", "waiting", "winner", "alerts", "retrospective")
STAGE = "01-recut_opening"
TRIAL = "opening"
FIRST = ((412, 24, 405, 15), (436, 20, 441, 17), (398, 26, 402, 16))
LATER = ((640, 36, 655, 20), (702, 39, 688, 22), (671, 36, 680, 19))
"""Day by day: comments under the old opening, the disappointed among them; the same under the new one."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a person types, in one language."""

    question: str
    old: str
    new: str


TYPED = {
    "zh": Words("哪个开头让更少的人说“不如预期”？", "快剪开头", "一场戏开头"),
    "en": Words("Which opening leaves fewer people disappointed?", "fast cuts", "one scene"),
}


@dataclass(frozen=True, slots=True)
class Film:
    """Where the film of this way stands.

    Attributes:
        name: Its name.
        address: Of its pages.
        workspace: The folder behind them.
    """

    name: str
    address: str
    workspace: Path


def names() -> tuple[str, ...]:
    """Return the names of the pictures, in their order."""
    return tuple(f"{NAME}-{place}-{step}" for place, step in enumerate(STEPS, 1))


def proved(page: Page, film: Film, lang: str) -> Iterator[tuple[str, bytes]]:
    """Walk it in one language; yield the name and the PNG of each picture.

    Args:
        page: A signed-in window in that language.
        film: The film.
        lang: zh or en.
    """
    said, plan = TYPED[lang], f"{film.address}plan/"
    shown = iter(names())
    _forgotten(film, lang)
    page.goto(plan)
    page.click("form[action$='/adopt/'] .btn")
    page.wait_for_selector(".plan-lane")
    page.goto(plan)
    yield next(shown), framed(page, "h1")
    _power(page, f"{plan}stage/01-stop_buying/")
    yield next(shown), framed(page, "")
    page.goto(plan)
    page.locator("details.rest:has([name=cause]) summary").click()
    page.select_option("[name=cause]", "mismatch")
    page.click("form[action$='/adopt/'] .btn")
    page.wait_for_selector(f"a[href$='{STAGE}/']")
    _designed(page, film, said)
    yield next(shown), framed(page, "form .pairs")
    page.click("main form.form .act .btn")
    page.wait_for_url(f"**/trials/at/{TRIAL}/")
    begins = page.input_value("[name=begins]")
    _locked(page, f"{plan}stage/{STAGE}/", begins)
    page.check("[name=confirmed]")
    yield next(shown), framed(page, "")
    page.click("form[action$='/start/'] .btn")
    page.wait_for_selector(".plan-running")
    page.goto(f"{film.address}trials/at/{TRIAL}/")
    page.click("form[action$='/start/'] .btn")
    _looked(page, film, said, FIRST, date.fromisoformat(begins))
    yield next(shown), framed(page, ".trial-answer")
    _looked(page, film, said, LATER, date.fromisoformat(begins) + timedelta(days=len(FIRST)))
    yield next(shown), framed(page, ".trial-answer")
    page.once("dialog", lambda one: one.accept())
    page.click("form[action$='/judge/'] .btn")
    page.wait_for_url("**/verdict/")
    page.goto(f"{plan}stage/{STAGE}/")
    page.click("form[action$='/judge/'] .btn")
    page.wait_for_selector("#verdict")
    _alerted(page, film)
    yield next(shown), framed(page, "#waiting", below=86)
    page.goto(f"{plan}retrospective/")
    yield next(shown), framed(page, "")


def _power(page: Page, stage: str, **more: str) -> None:
    page.goto(stage)
    for name, value in more.items():
        page.fill(f"form[action$='/power/'] [name={name}]", value)
    page.click("form[action$='/power/'] .btn")
    page.wait_for_selector("form[action$='/lock/']")


def _designed(page: Page, film: Film, said: Words) -> None:
    page.goto(f"{film.address}trials/new/")
    for name, value in (
        ("question", said.question),
        ("arms", f"{said.old}\n{said.new}"),
        ("metric", "violated"),
        ("baseline", "5.4%"),
        ("minimum", "1.6%"),
        ("units", "8400"),
        ("days", "7"),
    ):
        page.fill(f"[name={name}]", value)
    page.select_option("[name=rise]", "down")
    page.locator("details.rest:has([name=id]) summary").click()
    page.fill("[name=id]", TRIAL)
    page.locator("details.rest:has([name=id]) summary").click()
    page.wait_for_timeout(1500)
    page.wait_for_selector("#power li")


def _locked(page: Page, stage: str, begins: str) -> None:
    page.goto(stage)
    page.locator("details.rest:has([name=budget_cny]) summary").click()
    page.fill("[name=budget_cny]", "30000")
    page.click("form[action$='/edit/'] .btn")
    _power(page, stage, begins=begins, trial=TRIAL)
    page.click("form[action$='/lock/'] .btn")
    page.wait_for_selector("h1 .plan-locked")
    page.goto(stage)


def _looked(page: Page, film: Film, said: Words, days: tuple[tuple[int, ...], ...], first: date) -> None:
    """Drop a table of these days in and look at the trial."""
    table = film.workspace / f"{first.isoformat()}.csv"
    with table.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("arm", "day", "units", "violated"))
        for step, (old, old_said, new, new_said) in enumerate(days):
            day = (first + timedelta(days=step)).isoformat()
            rows.writerow((said.old, day, old, old_said))
            rows.writerow((said.new, day, new, new_said))
    page.set_input_files("[name=files]", str(table))
    page.click("form[enctype] .btn")
    page.click("form[action$='/look/'] .btn")
    page.wait_for_selector("#answer")


def _alerted(page: Page, film: Film) -> None:
    page.goto(f"{film.address}alerts/?new=figure#rule")
    page.fill("#rule [name=name]", "r-low")
    page.select_option("#rule [name=figure]", "split.reproduction.weibo")
    page.fill("#rule [name=below]", "0.9")
    page.click("#rule .act .btn")
    page.click("form[action$='/alerts/look/'] .btn")
    page.wait_for_selector(".decision")
    page.wait_for_load_state()


def _forgotten(film: Film, lang: str) -> None:
    """Take plan, trials and alerts away, so that the other language begins where the first one did."""
    for name in ("plans", "trials", "alerts"):
        shutil.rmtree(film.workspace / name, ignore_errors=True)
    (film.workspace / "alerts.toml").write_text(f'lang = "{lang}"\n', "utf-8")
