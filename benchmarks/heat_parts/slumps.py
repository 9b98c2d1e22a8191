"""How soon a slump is seen in known worlds, and how often one is seen where none is."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks._page import Page
from benchmarks.heat_parts.peers import cumulative_ratio
from longtake.heat.slump.detect import detect_slump
from longtake.simulate.renewal import renewal_world

Floats = NDArray[np.float64]

SLIDES = ("no change", "promotion ends", "R .8 to .4", "R .8 to .6")


def one_slide(task: tuple[int, str, bool]) -> list[float]:
    """Return what the detector and its peer say of one world that changes at hour 360."""
    seed, slide, steady = task
    r = np.full(720, 0.8)
    if slide.startswith("R"):
        r[360:] = float(slide[-2:])
    rng = np.random.default_rng([seed, SLIDES.index(slide), 3])
    campaign = (48, 360, 1.5) if slide == "promotion ends" else None
    world = renewal_world(rng, hours=720, rate=50.0, reproduction=r, steady=steady, campaign=campaign)
    begin = time.perf_counter()
    told = detect_slump(world.counts, step_hours=1.0, events=world.events, seasonality=world.season)
    took = time.perf_counter() - begin
    peer = cumulative_ratio(world, seed)
    truth = 1 - float(r[-1]) / 0.8
    nothing = float("nan")
    return [
        nothing if told.alarm is None else float(told.alarm),
        nothing if told.onset is None else float(told.onset),
        nothing if told.onset_low is None else float(told.onset_low <= 360 <= (told.onset_high or 0)),
        nothing if told.severity is None else told.severity.value - truth,
        nothing if told.severity is None else float(told.severity.low <= truth <= told.severity.high),
        nothing if peer is None else float(peer),
        float(told.kind == "promotion_ended"),
        1e3 * took,
    ]


def slumps(over: Callable[..., list[list[float]]], worlds: int) -> Page:
    rows = []
    for steady in (False, True):
        for slide in SLIDES:
            got = np.array(over(one_slide, [(i, slide, steady) for i in range(worlds)]))
            falls = slide.startswith("R")
            rows.append([slide, "steady" if steady else "silent", *_slide_cells(got, falls)])
    return Page(
        name="heat-slump",
        title={"en": "Seeing a slump", "zh": "看见下栽"},
        intro={
            "en": f"{worlds} worlds a row: 30 days by the hour, 50 an hour, R .8, eight named pulses; what "
            "changes "
            "changes at hour 360. Alarms where nothing broke, alarms too early, share found, hours until the "
            "alarm (median and nine of ten), error of the onset (median of the absolute) and coverage of its "
            "interval, error and coverage of the severity; how often the end of promotion is named; "
            "beside it "
            "a cumulative sum of likelihood ratios (R to .7 R) fitted on the first ten days, its "
            "threshold set at 5 % by series "
            "drawn from that fit.",
            "zh": f"每行 {worlds} 个世界：30 天逐小时，每小时 50，R 为 .8，八次已知脉冲；"
            "变化都发生在第 360 小时。"
            "没有断却报警的比例、提前报警的比例、发现的比例、报警前的小时数（中位数和九成）、"
            "起点误差（绝对值中位数）与区间覆盖、"
            "幅度误差与覆盖、说出“推广结束”的比例；旁边是用前十天拟合的似然比累积和（R 变为 .7R），"
            "阈值由该拟合抽出的序列定在 5%。",
        },
        header={
            "en": [
                *("world", "start", "false alarms", "early", "found", "delay h", "p90", "onset error"),
                "cover",
                *("severity RMSE", "cover", "named", "CUSUM false", "CUSUM found", "CUSUM delay", "ms"),
            ],
            "zh": [
                *("世界", "开头", "误报", "提前", "发现", "延迟", "九成", "起点误差", "覆盖", "幅度误差"),
                *("覆盖", "说出推广结束", "累积和误报", "累积和发现", "累积和延迟", "毫秒"),
            ],
        },
        rows=rows,
    )  # fmt: skip


def _slide_cells(got: Floats, falls: bool) -> Sequence[str]:
    alarm, peer = got[:, 0], got[:, 5]
    late = alarm[alarm >= 360] - 360
    peer_late = peer[peer >= 360] - 360
    any_alarm, any_peer = np.isfinite(alarm), np.isfinite(peer)
    dash = "–"
    if not falls:
        return [
            f"{any_alarm.mean():.3f}", dash, dash, dash, dash, dash, dash, dash, dash,
            f"{got[:, 6].mean():.2f}", f"{any_peer.mean():.3f}", dash, dash, f"{np.median(got[:, 7]):.0f}",
        ]  # fmt: skip
    return [
        dash, f"{(alarm < 360).mean():.3f}", f"{(alarm >= 360).mean():.2f}", f"{np.median(late):.1f}",
        f"{np.quantile(late, 0.9):.0f}", f"{np.nanmedian(np.abs(got[:, 1] - 360)):.1f}",
        f"{np.nanmean(got[:, 2]):.2f}", f"{np.sqrt(np.nanmean(got[:, 3] ** 2)):.3f}",
        f"{np.nanmean(got[:, 4]):.2f}", dash, f"{(peer < 360).mean():.3f}", f"{(peer >= 360).mean():.2f}",
        f"{np.median(peer_late):.1f}", f"{np.median(got[:, 7]):.0f}",
    ]  # fmt: skip
