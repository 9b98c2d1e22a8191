"""Take the pictures of the tutorials from the running application, with the invented sample films only.

    python -m docs.screenshots [--browser /usr/bin/chromium]

A person's way is walked once in Chinese; every screen is then shown in both languages. The way to a
proof is walked in each.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from docs import proving
from docs.walking import DONE, SIGNED, SIZE, framed, invited, measured
from longtake.simulate import exports

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DOCS = Path(__file__).parent
HEAVIEST = 120_000
COLOURS = 160
FERRY, LAMP = "渡口没有夜班船", "灯下的人"
OWN = "我的片"
PROPOSITION = "有些岸要靠留下的人守着，走的人才敢走远。"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture.

    Attributes:
        name: File name without its ending; begins with the tutorial's name.
        path: Address inside the application; empty where the way itself takes the picture.
        at: Selector that is brought to the top of the window; empty for the top of the page.
        opens: Selector of what is pressed before the picture is taken.
        fill: What is typed before the picture is taken, by the name of the field.
    """

    name: str
    path: str
    at: str = ""
    opens: str = ""
    fill: tuple[tuple[str, str], ...] = ()


def shots(own: str, receipt: str, board: str) -> tuple[Shot, ...]:
    """Return every picture, in the order of the tutorials.

    Args:
        own: Address of the film that was made on the way.
        receipt: Address of its receipt.
        board: Address of the film the agency is invited to.
    """
    asked = (
        ("name", OWN),
        ("release", "2026-01-09T09:00"),
        ("proposition", PROPOSITION),
        ("competitors", "长街雪夜、倒着走的钟"),
        ("circles", "沿海城市观众、文艺片观众"),
    )
    return (
        Shot("from-files-to-diagnosis-1-new", "/new/", fill=asked),
        Shot("from-files-to-diagnosis-2-files", f"{own}files/"),
        Shot("from-files-to-diagnosis-3-receipt", receipt),
        Shot("from-files-to-diagnosis-4-overview", own),
        Shot("from-files-to-diagnosis-5-heat", f"{own}at/heat/"),
        Shot("from-files-to-diagnosis-6-diagnosis", f"{own}at/diagnosis/"),
        Shot("from-files-to-diagnosis-7-cause", f"{own}at/diagnosis/", ".chapters", ".chapters summary"),
        Shot("from-files-to-diagnosis-8-rows", f"{own}at/voice/", opens=".strip .value"),
        Shot("one-brand-short-film-1-card", f"{board}card/"),
        Shot("one-brand-short-film-2-nodes", f"{board}nodes/"),
        Shot("one-brand-short-film-3-ledger", f"{board}ledger/"),
        Shot("one-brand-short-film-4-story", f"{board}at/story/", ".chart"),
        Shot("one-brand-short-film-5-lines", f"{board}at/story/lines/"),
        Shot("one-brand-short-film-6-interaction", f"{board}at/interaction/"),
        Shot("one-brand-short-film-7-members", f"{board}members/"),
        Shot("one-brand-short-film-8-agency", f"{board}board/"),
        *(Shot(name, "") for name in proving.names()),
    )


def walk(
    browser: Browser, first: str, address: str, folder: Path, workspace: Path
) -> Iterator[tuple[str, str, bytes]]:
    """Yield language, name and PNG of every picture.

    Args:
        browser: A running Chromium.
        first: The address that makes the first account.
        address: Where the application answers.
        folder: The files of the feature film.
        workspace: Where the application keeps everything.
    """
    owner = browser.new_page(viewport=SIZE, color_scheme="light", locale="zh-CN")
    owner.set_default_timeout(DONE)
    owner.goto(first)
    for name, value in (("name", "li"), ("shown_name", "李明"), ("password", SIGNED)):
        owner.fill(f"[name={name}]", value)
    owner.click("main .btn")
    own, board = f"/c/{quote(OWN)}/", f"/c/{quote(LAMP)}/"
    every = {shot.name: shot for shot in shots(own, "", board)}
    owner.goto(f"{address}/new/")
    _fill(owner, every["from-files-to-diagnosis-1-new"])
    owner.click("main form.form .btn")
    owner.wait_for_url(re.compile(r"/files/$"))
    owner.evaluate("document.getElementById('pick').webkitdirectory = true")
    owner.set_input_files("#pick", folder)
    owner.wait_for_url(re.compile(r"/files/receipt/"), timeout=DONE)
    receipt = owner.url.removeprefix(address)
    for campaign in (own, board):
        measured(owner, address + campaign)
    agency = invited(browser, owner, address, board)
    for lang in ("zh", "en"):
        for page in (owner, agency):
            page.context.add_cookies([{"name": "longtake_lang", "value": lang, "url": address}])
        for shot in shots(own, receipt, board):
            page = agency if shot.name.endswith("agency") else owner
            if shot.path:
                yield lang, shot.name, _taken(page, address, shot)
        for name, png in proving.proved(owner, proving.Film(LAMP, address + board, workspace), lang):
            yield lang, name, png


def light(png: bytes) -> bytes:
    """Return a PNG with a palette small enough for a text page.

    Raises:
        ValueError: It is still too heavy.
    """
    from PIL import Image  # noqa: PLC0415 -- optional dependency

    with Image.open(io.BytesIO(png)) as whole:
        small = whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    if len(out.getvalue()) > HEAVIEST:
        raise ValueError(f"a picture of {len(out.getvalue())} bytes is more than {HEAVIEST}")
    return out.getvalue()


def _fill(page: Page, shot: Shot) -> None:
    for name, value in shot.fill:
        field = page.locator(f"[name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def _taken(page: Page, address: str, shot: Shot) -> bytes:
    page.goto(address + shot.path)
    _fill(page, shot)
    if shot.opens:
        page.locator(shot.opens).first.click()
        page.wait_for_load_state()
    return framed(page, shot.at)


@contextmanager
def served(workspace: Path) -> Iterator[tuple[str, str]]:
    """Run ``longtake up`` with the sample films; yield the address of the first account, and its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    log = workspace.with_suffix(".log")
    command = [sys.executable, "-m", "longtake", "up", "--no-open", "--port", port, "--lang", "zh"]
    with log.open("w") as out:
        running = subprocess.Popen(  # noqa: S603 -- this interpreter and fixed words
            command, env={**os.environ, "LONGTAKE_WORKSPACE": str(workspace)}, stdout=out, stderr=out
        )
    try:
        until = time.monotonic() + DONE / 1000
        while not (found := re.search(r"http://127\.0\.0\.1:\d+/join/\S+/", log.read_text("utf-8"))):
            if running.poll() is not None or time.monotonic() > until:
                raise TimeoutError(log.read_text("utf-8"))
            time.sleep(0.2)
        yield found.group(0), f"http://127.0.0.1:{port}"
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(timeout=60)


def main() -> None:
    """Take every picture anew."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- optional dependency

    parser = argparse.ArgumentParser(description="Pictures of the tutorials.")
    parser.add_argument("--browser", default="/usr/bin/chromium")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="longtake-") as scratch, sync_playwright() as play:
        folder = Path(scratch) / FERRY
        for relative, content in exports.samples()["ferry"].items():
            if relative != "campaign.toml":
                path = folder / relative
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        browser = play.chromium.launch(executable_path=options.browser, args=["--no-sandbox"])
        workspace = Path(scratch) / "workspace"
        with served(workspace) as (first, address):
            for lang, name, png in walk(browser, first, address, folder, workspace):
                path = DOCS / lang / "tutorials" / "pictures" / f"{name}.png"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(light(png))
                sys.stdout.write(f"{path.relative_to(DOCS)} {path.stat().st_size}\n")
        browser.close()


if __name__ == "__main__":
    main()
