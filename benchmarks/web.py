"""Every route of a measured campaign: how long the server takes, and how much the first page weighs.

    longtake bench web [--comments 1000000] [--observations 100000] [--requests 20] [--workspace FOLDER]

The brand short's sample files, invented Weibo comments and invented hourly counters are imported and
measured, a plan, a trial with its verdict, alerts and documents are made; then every route of the campaign,
taken from the URL patterns, is asked for again and again in one process, without a network. `--workspace`
keeps the campaign for the next run; `--write` writes the page of the documentation.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks._page import Page
from benchmarks.web_parts.addresses import addresses
from benchmarks.web_parts.campaign import made
from longtake.services.measured.kept import kept
from longtake.services.upkeep.serving import prepare
from longtake.services.workspace import Workspace

SCREEN_MS, FIRST_BYTES = 300.0, 350_000


def main(arguments: list[str] | None = None) -> None:
    """Ask for every route and print the table."""
    parser = argparse.ArgumentParser(description="Web benchmark.")
    parser.add_argument("--comments", type=int, default=1_000_000)
    parser.add_argument("--observations", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=20)
    parser.add_argument("--workspace", type=Path, help="keep the measured campaign here, and use it again")
    parser.add_argument("--write", action="store_true", help="write docs/*/benchmarks/web.md")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="longtake-bench-") as scratch:
        workspace = Workspace(options.workspace or Path(scratch) / "workspace")
        prepare(workspace, sample=False)
        campaign, seconds = made(
            workspace, Path(scratch), comments=options.comments, observations=options.observations
        )
        page = _page(workspace, campaign, seconds, options)
    page.show()
    if options.write:
        page.write()


def _page(
    workspace: Workspace, campaign: str, seconds: tuple[float, float, float], options: argparse.Namespace
) -> Page:
    """Time every route and put the page of the documentation together.

    Raises:
        RuntimeError: The campaign is not measured, or a route answered with something else than a page.
    """
    from benchmarks.web_parts.furnish import furnished, owner
    from benchmarks.web_parts.timing import Timed, client, first_page, timed

    asks = client(owner())
    given = furnished(workspace, campaign, asks)
    found = kept(workspace, campaign)
    if found is None:
        raise RuntimeError("the campaign is not measured")
    answers = list(timed(asks, campaign, addresses(found, given), options.requests))
    times = [one for one in answers if isinstance(one, Timed)]
    forms = sorted({one for one in answers if isinstance(one, str)})
    slow = [one.name for one in times if one.page and one.busy > SCREEN_MS]
    weight = f"{first_page(asks, campaign) / 1000:.0f} kB"
    rows = next(one for one in times if one.name == "rows-csv")
    read, measured, rest = (f"{spent:,.0f} s" for spent in seconds)
    size = f"{options.comments:,}", f"{options.observations:,}"
    return Page(
        name="web",
        title={"en": "Web", "zh": "网页"},
        intro={
            "en": f"One campaign with {size[0]} comments and {size[1]} observations besides those of the "
            f"sample (imported in {read}, measured in {measured}, rows behind every figure found in {rest}). "
            f"Every route of a campaign, taken from the URL patterns: {len(times)} addresses are asked for "
            f"{options.requests} times each in one process, no network; {len(forms)} routes only take a form "
            "and show no page. Milliseconds of processor time, milliseconds that passed (neighbours on the "
            "machine count), queries of the records, bytes before compression. Bar for a page: "
            f"{SCREEN_MS:.0f} ms of processor time at the median; over the bar: {', '.join(slow) or 'none'}. "
            f"First page with styles and scripts, compressed as served: {weight} of "
            f"{FIRST_BYTES / 1000:.0f} kB. Files to take along are timed {rows.requests} times and no page "
            "waits for them; the rows of the widest figure as CSV, 200,000 at most, take "
            f"{rows.median / 1000:.1f} s ({rows.size / 1e6:.0f} MB).",
            "zh": f"一部影片，{size[0]} 条评论，示例之外再加 {size[1]} 个观测值（导入 {read}，"
            f"测量 {measured}，找齐每个数字背后的行 {rest}）。影片的每一条地址都取自路由表："
            f"{len(times)} 个地址各请求 {options.requests} 次，在同一进程里，不经网络；"
            f"{len(forms)} 条路由只收表单，没有页面。先是处理器用时，再是过去的时间（机器上的别人也算在内），"
            "查询数是对记录库的查询，字节未压缩。页面的要求：处理器用时的中位数不超过 "
            f"{SCREEN_MS:.0f} 毫秒；超过的：{'、'.join(slow) or '没有'}。"
            f"首页连同样式和脚本，按实际压缩后：{weight}（上限 {FIRST_BYTES / 1000:.0f} kB）。"
            f"带走的文件计时 {rows.requests} 次，没有页面等它们；行数最多的那个数字，它的行导出 CSV"
            f"（最多 200,000 行）用 {rows.median / 1000:.1f} 秒（{rows.size / 1e6:.0f} MB）。",
        },
        header={
            "en": ("route", "requests", "processor, ms", "median, ms", "95 %, ms", "queries", "bytes"),
            "zh": ("地址", "次数", "处理器（毫秒）", "中位数（毫秒）", "95%（毫秒）", "查询数", "字节"),
        },
        rows=[one.cells for one in times],
    )


if __name__ == "__main__":
    main()
