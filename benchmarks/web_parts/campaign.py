"""A campaign of any size: the brand short's sample files, invented comments and counters besides."""

from __future__ import annotations

import csv
import random
import time
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from benchmarks.imports import write_comments
from longtake.services.campaigns import known as campaigns
from longtake.services.imports.add import add
from longtake.services.measured.kept import kept
from longtake.services.measured.measure import keep_rows, measure
from longtake.services.work import described
from longtake.services.work.sample import FILE
from longtake.services.workspace import Workspace
from longtake.simulate import exports
from longtake.simulate.campaign import short_campaign

SAMPLE = "lamplight"
HOURS = 24 * 21
PLATFORMS = ("weibo", "douyin", "xiaohongshu", "bilibili")
COUNTERS = ("reads", "likes", "comments", "plays")


def made(
    workspace: Workspace, scratch: Path, *, comments: int, observations: int
) -> tuple[str, tuple[float, float, float]]:
    """Import and measure the campaign; what the workspace holds already is measured again only if it must be.

    Args:
        workspace: Where it lies.
        scratch: Where its files may be written.
        comments: How many there shall be, those of the sample among them.
        observations: Counters besides those of the sample.

    Returns:
        Its id, and the seconds of reading, measuring, and finding the rows behind its figures; zeros for what
        was there.
    """
    files = exports.samples()[SAMPLE]
    folder = scratch / SAMPLE
    for relative, content in files.items():
        path = folder / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    campaign = campaigns.remember(workspace, folder / FILE).id
    marks = [time.perf_counter()]
    if not list(workspace.lake.commits(campaign)):
        (folder / FILE).unlink()
        own = len(short_campaign().comments)
        if comments > own:
            write_comments(folder / "weibo" / "csv" / "search_comments_2026-01-27.csv", comments - own)
        if observations:
            write_counters(folder / "counters.csv", observations)
        marks[0] = time.perf_counter()
        add(workspace, campaign, [folder], relative_to=folder)
        described.follow(workspace, campaign)
    marks.append(time.perf_counter())
    if kept(workspace, campaign) is None:
        measure(workspace, campaign)
    marks.append(time.perf_counter())
    keep_rows(workspace, campaign)
    marks.append(time.perf_counter())
    read, measured, found = (late - early for early, late in pairwise(marks))
    return campaign, (read, measured, found)


def write_counters(path: Path, count: int) -> None:
    """Write hourly counters of many topics, each growing ever more slowly, as the template of counts."""
    rng = random.Random(5)
    start, left, series = datetime(2026, 1, 5), count, 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("at", "platform", "subject", "metric", "value", "kind"))
        while left:
            level, half, total = rng.uniform(200, 40_000), rng.uniform(20, 90), 0
            topic, platform, metric = series // 16, PLATFORMS[series % 4], COUNTERS[series // 4 % 4]
            for hour in range(min(HOURS, left)):
                total += int(level * 0.5 ** (hour / half)) + rng.randint(0, 9)
                at = start + timedelta(hours=hour)
                writer.writerow(
                    (f"{at:%Y-%m-%d %H:%M}", platform, f"#话题{topic}#", metric, total, "cumulative")
                )
            left -= min(HOURS, left)
            series += 1
