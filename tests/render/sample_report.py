# ruff: noqa: E501, PLR0917 -- a table of invented values, one a line
"""An invented film, its invented comments, and every shape a report can take."""

import math
from datetime import UTC, datetime, timedelta
from functools import cache

from longtake.domain.answers.report import (
    Chart,
    Column,
    Mark,
    Quote,
    Report,
    RowSample,
    Section,
    Sentence,
    Table,
)
from longtake.domain.estimate import Estimate, Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.domain.receipt import FileReceipt, Notice, Refused

START = datetime(2031, 1, 7, 16, tzinfo=UTC)
HOSTILE = (
    "<script>window.hacked=1</script>",
    '"><img src=x onerror="window.hacked=2">',
    "javascript:window.hacked=3",
    "</script><script>window.hacked=4</script>",
    "'; window.hacked=5; //",
    "evil\u202egpj.exe",
    '=HYPERLINK("http://example.org","x")',
    "{{ 7*7 }}{% raw %}",
    "<!--",
    "]]>&lt;&#x3c;script>",
)


def figure(name, quantity, **slots):
    return Figure(
        id=f"houtai:{name}",
        label=name.split(".")[1],
        quantity=quantity,
        evidence=Evidence("comments_between", {"from": "2031-01-08T00:00:00Z", "platform": "weibo"}),
        slots={"platform": "weibo", "subject": "#后台有人#", **slots},
    )


def estimate(value, low, high, unit, n, method="bootstrap, 2000 draws"):
    return Estimate(value, low, high, 0.9, unit, method, n)


FIGURES = {
    "total": figure("heat.comments_total", Estimate.count(214_306, unit="comments", method="count")),
    "peak": figure("heat.comments_peak_hour", Estimate.count(1240, unit="comments per hour", method="count", n=1240)),
    "share": figure("heat.peak_day_share", estimate(0.384, 0.371, 0.397, "share", 214_306)),
    "half": figure("heat.comments_half_life", estimate(9.43, 7.9, 11.6, "hours", 188, "Poisson decay, HAC")),
    "hours": figure("list.list_hours", Estimate.count(31, unit="hours", method="count")),
    "days": figure("list.list_days", Estimate.count(3, unit="days", method="count")),
    "best": figure("list.list_best_rank", Estimate.count(4, unit="rank", method="minimum", n=31)),
    "listhalf": figure("list.list_topic_half_life", Unknown("list_gap", "censored decay", "hours", 31, needed=48)),
    "reads": figure("counters.claimed_reads", Estimate.count(1.24e9, unit="reads", method="as stated", n=1)),
    "seen": figure("counters.comments_seen", Estimate.count(214_306, unit="comments", method="count")),
    "pos": figure("voice.positive_share", estimate(0.61, 0.552, 0.664, "share", 4120, "Wilson 1927")),
    "neg": figure("voice.negative_share", estimate(0.173, 0.151, 0.198, "share", 4120, "Wilson 1927")),
    "mean": figure("voice.polarity_mean", estimate(0.312, 0.281, 0.334, "score", 4120)),
    "rating": figure("voice.rating_mean", estimate(4.21, 4.1, 4.32, "stars", 812)),
    "audience": figure("who.author_share", estimate(0.81, 0.79, 0.83, "share", 9_120, "Wilson 1927"), kind="audience"),
    "official": figure("who.author_share.official", estimate(0.19, 0.17, 0.21, "share", 9_120), kind="official"),
    "box": figure("box.box_office_total", Estimate.count(186_400_000, unit="CNY", method="last running total", n=17)),
    "open3": figure("box.opening_3_days", Estimate.count(58_900_000, unit="CNY", method="sum", n=3)),
    "legs": figure("box.legs", estimate(3.16, 3.16, math.inf, "times", 17, "ratio, run not over")),
    "spend": figure("events.spend_total", Estimate.count(2_350_000, unit="CNY", method="sum", n=5)),
    "hostile": figure("counters.counter_latest", Estimate.count(7, unit="likes", method=HOSTILE[1]),
                      subject=HOSTILE[0], metric="likes"),
}  # fmt: skip
FIGURES["seen"] = Figure(
    "houtai:counters.seen",
    "comments_total",
    FIGURES["seen"].quantity,
    FIGURES["seen"].evidence,
    {"platform": "weibo"},
)
FIGURES["official"] = Figure(
    "houtai:who.author_share.official", "author_share", FIGURES["official"].quantity,
    FIGURES["official"].evidence, {"kind": "official"},
)  # fmt: skip

MARKS = (
    Mark("trailer", START + timedelta(hours=10), note="预告一"),
    Mark("premiere", START + timedelta(hours=34)),
    Mark("hot_search", START + timedelta(hours=58), START + timedelta(hours=64), paid=True),
    Mark("kol", START + timedelta(hours=60), paid=True, note="六位达人"),
    Mark("release", START + timedelta(hours=66)),
    Mark("roadshow", START + timedelta(hours=130), note=HOSTILE[3]),
    Mark("飞行表演", START + timedelta(hours=190), paid=False, note=HOSTILE[0]),
    Mark("repair", START + timedelta(hours=200), note="修复 1"),
)


def heat(hour, scale):
    day = 1.0 + 0.75 * math.sin((hour % 24 - 9) / 24 * 2 * math.pi)
    value = 0.02 + 0.1 * math.exp(-max(0, hour - 10) / 20) * (hour >= 10)
    value += 0.18 * math.exp(-max(0, hour - 34) / 14) * (hour >= 34)
    value += 1.0 * math.exp(-max(0, hour - 60) / 15) * (hour >= 60) * min(1, (hour - 56) / 8)
    value += 0.1 * math.exp(-max(0, hour - 130) / 16) * (hour >= 130)
    value += 0.08 * math.exp(-max(0, hour - 200) / 40) * (hour >= 200)
    return round(scale * value * day * (1 + 0.09 * math.sin(hour * 12.9898)), 1)


def timeline(hours=288):
    rows = []
    for hour in range(hours):
        gap = 96 <= hour < 103 or hour == 150
        y = None if gap else heat(hour, 900)
        low, high = (None, None) if gap else (round(y * 0.88, 1), round(y * 1.13, 1))
        rows.append((START + timedelta(hours=hour), y, low, high))
    columns = (
        Column("hour", "time"),
        Column("comments", "number"),
        Column("low", "number"),
        Column("high", "number"),
    )
    return Table(columns, tuple(rows))


def platforms(hours=288):
    rows = []
    for scale, name in ((620, "weibo"), (230, "douyin"), (48, HOSTILE[0])):
        for hour in range(hours):
            gap = name == "douyin" and 40 <= hour < 52
            rows.append((START + timedelta(hours=hour), name, None if gap else heat(hour + len(name), scale)))
    return Table((Column("hour", "time"), Column("platform"), Column("comments", "number")), tuple(rows))


def ranks():
    rows = []
    for hour in range(0, 120):
        at = START + timedelta(hours=hour + 30)
        if 70 <= hour < 76:
            rows.append((at, None, "missing"))
        elif 28 <= hour < 52 or 54 <= hour < 60 or hour == 90:
            rows.append((at, float(4 + abs(hour - 36)), "observed"))
        else:
            rows.append((at, None, "absent"))
    return Table((Column("hour", "time"), Column("rank", "number"), Column("state")), tuple(rows))


@cache
def sample_report():
    f = FIGURES
    lead = (
        Sentence(
            "heat_peak",
            {"peak": f["peak"], "share": f["share"]},
            {"when": START + timedelta(hours=67), "platform": "weibo"},
            "wom",
        ),
        Sentence("heat_half_life", {"half_life": f["half"]}, tone="wom"),
        Sentence("events_paid", {"spend": f["spend"]}, {"n": 8, "told": 5}, "promo"),
    )
    sections = (
        Section(
            "heat",
            (
                Sentence("heat_peak", {"peak": f["peak"], "share": f["share"]},
                         {"when": START + timedelta(hours=67), "platform": "weibo"}, "wom"),
                Sentence("gaps", words={"hours": 8}),
            ),
            (f["total"], f["peak"], f["share"], f["half"]),
            (
                Chart("heat", "heat_timeline", "timeline", timeline(), "hour", "comments", "comments per hour",
                      low="low", high="high", marks=MARKS, figures=(f["peak"].id, f["half"].id)),
                Chart("heat-platforms", "heat_platforms", "timeline", platforms(), "hour", "comments",
                      "comments per hour", series="platform", marks=MARKS, figures=(f["total"].id,)),
            ),
            notes=("sampling",),
        ),
        Section(
            "list",
            (
                Sentence("list_presence", {"hours": f["hours"], "days": f["days"], "best": f["best"]},
                         {"subject": "#后台有人#", "platform": "weibo", "first": START + timedelta(hours=58),
                          "last": START + timedelta(hours=120)}),
                Sentence("claimed_against_seen", {"claimed": f["reads"], "seen": f["seen"]}, tone="warn"),
            ),
            (f["hours"], f["days"], f["best"], f["listhalf"], f["reads"]),
            (
                Chart("rank", "list_rank", "list", ranks(), "hour", "rank", "rank", marks=MARKS,
                      figures=(f["hours"].id,)),
            ),
            notes=("list_gap", "claimed"),
            more=(f["hostile"], f["seen"]),
        ),
        Section(
            "voice",
            (
                Sentence("voice_polarity", {"positive": f["pos"], "negative": f["neg"], "mean": f["mean"]}, tone="wom"),
            ),
            (f["pos"], f["neg"], f["mean"], f["rating"]),
            (
                Chart("polarity-time", "polarity_timeline", "timeline",
                      Table((Column("day", "day"), Column("share", "share"), Column("low", "share"),
                             Column("high", "share"), Column("n", "number")),
                            tuple((f"2031-01-{8 + d:02d}", *((None, None, None) if d == 4 else
                                   (0.7 - 0.02 * d, 0.66 - 0.025 * d, 0.74 - 0.012 * d)), 400 - 30 * d)
                                  for d in range(12))),
                      "day", "share", "share", low="low", high="high", marks=MARKS, figures=(f["pos"].id,)),
                Chart("polarity-platforms", "polarity_platforms", "interval",
                      Table((Column("platform"), Column("score", "number"), Column("low", "number"),
                             Column("high", "number"), Column("n", "number")),
                            (("weibo", 0.21, 0.18, 0.25, 2210), ("douyin", 0.44, 0.39, 0.48, 1410),
                             ("douban", -0.08, -0.19, 0.04, 220), (HOSTILE[1], 0.3, -0.2, 0.61, 12),
                             ("zhihu", None, None, None, 1))),
                      "platform", "score", "score", low="low", high="high", figures=(f["mean"].id,)),
            ),
            quotes={
                "positive": (
                    Quote("以为是喜剧，结果坐着哭完的。散场没人起身，我想我爸了。", "weibo", START + timedelta(hours=70, minutes=2),
                          "weibo_comments.csv", 8214, "polarity.pos", 0.94, 312, ((0, 13),)),
                    Quote("后台那句话，回家路上一直在想。", "douban", START + timedelta(hours=80), "douban.jsonl", 377,
                          "polarity.pos", 0.88, None, ((6, 14),)),
                ),
                "negative": (
                    Quote("被预告骗进来的，朋友半路走了。" + HOSTILE[0], "douyin", START + timedelta(hours=76),
                          "evil\u202egpj.csv", 12_950, "polarity.neg", -0.81, 41, ((0, 6),)),
                    Quote(HOSTILE[3], HOSTILE[1], None, HOSTILE[0], 3, "polarity.neg"),
                ),
            },
            notes=("polarity", "masked"),
        ),
        Section(
            "who",
            (Sentence("who_wrote", {"audience": f["audience"], "official": f["official"], "kol": f["official"]}, tone="wom"),),
            (f["audience"], f["official"]),
            (
                Chart("kinds", "author_kinds", "bars",
                      Table((Column("author_kind"), Column("share", "share"), Column("low", "share"),
                             Column("high", "share")),
                            (("audience", 0.81, 0.79, 0.83), ("kol", 0.12, 0.11, 0.14), ("official", 0.07, 0.06, 0.08))),
                      "author_kind", "share", "share", low="low", high="high", figures=(f["audience"].id,)),
            ),
        ),
        Section(
            "box_office",
            (
                Sentence("box_total", {"total": f["box"], "opening": f["open3"]}, {"days": 17}),
                Sentence("box_legs", {"legs": f["legs"]}, {"release": START + timedelta(hours=66)}),
            ),
            (f["box"], f["open3"], f["legs"]),
            (
                Chart("box", "box_daily", "bars",
                      Table((Column("day", "day"), Column("gross_cny", "cny")),
                            tuple((f"2031-01-{10 + d:02d}", None if d == 6 else round(2.4e7 * 0.86**d))
                                  for d in range(17))),
                      "day", "gross_cny", "CNY", marks=MARKS, figures=(f["box"].id,)),
            ),
        ),
        Section(
            "events",
            (Sentence("events_paid", {"spend": f["spend"]}, {"n": 8, "told": 5}, "promo"),),
            (f["spend"],),
            tables={
                "events": Table(
                    (Column("kind"), Column("start", "time"), Column("paid"), Column("cost_cny", "cny"), Column("note")),
                    tuple((m.kind, m.start, m.paid, None, m.note) for m in MARKS),
                )
            },
        ),
        Section("method", (), notes=("reproducible", "no_model_numbers")),
    )  # fmt: skip
    columns = (
        Column("at", "time"), Column("platform"), Column("text"), Column("likes", "number"),
        Column("source_file"), Column("source_line", "number"),
    )  # fmt: skip
    sample = Table(
        columns,
        tuple(
            (
                START + timedelta(hours=60 + i),
                "weibo",
                text,
                None if i % 3 else i * 17,
                "weibo_comments.csv",
                8200 + i,
            )
            for i, text in enumerate(("散场没人起身", "我想我爸了", "预告不是这个片子", *HOSTILE))
        ),
    )
    rows = {name.id: RowSample(name.id, 214_306, sample) for key, name in FIGURES.items() if key != "open3"}
    receipts = (
        FileReceipt("weibo_comments.csv", "weibo_comments", "a" * 64, 120_000, 119_400, 588,
                    tuple(Refused(412 + i, "时间", "昨天", "a date like 2031-01-12 18:30") for i in range(12)),
                    ("粉丝牌",), (Notice("unknown_columns", ("粉丝牌",)), Notice("missing_hours", ("2031-01-11 16:00",)))),
        FileReceipt("evil\u202egpj.csv", "douyin_comments", "b" * 64, 90_000, 89_998, 0,
                    (Refused(7, HOSTILE[0], HOSTILE[1], HOSTILE[6]), Refused(9, "*", HOSTILE[3], "12 columns"))),
        FileReceipt("坏文件.xlsx", None, "c" * 64, error="no reader recognises it"),
    )  # fmt: skip
    return Report(
        campaign="houtai", name="后台有人" + HOSTILE[0], kind="short", release_at=START + timedelta(hours=66),
        sample=True, lead=lead, strip=(f["total"], f["half"], f["pos"], f["listhalf"], f["box"]), sections=sections,
        receipts=receipts, rows=rows, unknown_keys=("film.colour",),
    )  # fmt: skip
