"""A small invented lake with everything that goes wrong in large ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from longtake.domain.boxoffice import BoxOffice
from longtake.domain.comment import Comment
from longtake.domain.cue import Cue, ScriptLine
from longtake.domain.event import Event
from longtake.domain.node import Node
from longtake.domain.observation import Observation
from longtake.domain.receipt import Row
from longtake.domain.referral import Referral
from longtake.domain.timed.moment import Precision
from longtake.store.catalogue import Views
from longtake.store.engines.connect import connect
from longtake.store.labels import Labeller
from longtake.store.lake import Lake
from longtake.store.schema import IDENTITY

T0 = datetime(2022, 1, 5, 10, 30, tzinfo=UTC)
CAMPAIGN = "changjiang"


def stand_in_score(texts: Sequence[str]) -> NDArray[np.float64]:
    """Score a text by the characters 好 and 烂 in it; an empty one is not a number."""
    scores = [(text.count("好") - text.count("烂")) / max(len(text), 1) if text else np.nan for text in texts]
    return np.array(scores, dtype=np.float64)


def stand_in_classes(scores: NDArray[np.float64]) -> list[str]:
    """Name the class of each score."""
    return ["pos" if score > 0.05 else "neg" if score < -0.05 else "neutral" for score in scores]


def stand_in_labels(texts: Sequence[str]) -> pa.Table:
    """Label each text with the polarity of `stand_in_score`, and with a warning where 烂 stands in it."""
    scores = stand_in_score(texts)
    silent = np.isnan(scores)
    n = len(texts)
    columns = {
        "text": pa.array(range(n), pa.int64()),
        "label": pa.array(["polarity"] * n, pa.string()),
        "value": pa.array(stand_in_classes(np.nan_to_num(scores)), pa.string(), mask=silent),
        "score_e4": pa.array(np.rint(np.nan_to_num(scores) * 10_000).astype(np.int64), mask=silent),
        "p_e4": pa.nulls(n, pa.int64()),
        "method": pa.array(["stand-in-1"] * n, pa.string()),
        "span_start": pa.nulls(n, pa.int64()),
        "span_end": pa.nulls(n, pa.int64()),
    }
    polarity = pa.table(columns)
    bad = [index for index, text in enumerate(texts) if "烂" in text]
    warns = {
        "text": bad,
        "label": ["share"] * len(bad),
        "value": ["warn"] * len(bad),
        "score_e4": [None] * len(bad),
        "p_e4": [8_000] * len(bad),
        "method": ["pack:stand-in@2026-01-01"] * len(bad),
        "span_start": [texts[index].index("烂") for index in bad],
        "span_end": [texts[index].index("烂") + 1 for index in bad],
    }
    both = pa.concat_tables([polarity, pa.table(warns, schema=polarity.schema)])
    return both.sort_by([("text", "ascending"), ("label", "ascending")])


STAND_IN = Labeller(stand_in_labels, "stand-in-1")


def comment(number: int, text: str = "好看", **fields: object) -> Comment:
    """Return a comment whose time is known to the second unless told otherwise."""
    at = T0 + timedelta(minutes=17 * number)
    given: dict[str, object] = {
        "comment_id": f"c{number:03d}",
        "platform": "weibo",
        "kind": "comment",
        "text": text,
        "source_line": number + 2,
        "at": at,
        "at_end": at + timedelta(seconds=1),
        "at_precision": Precision.SECOND,
        "author": f"{number % 4:016x}",
    }
    return Comment(**{**given, **fields})  # type: ignore[arg-type]


def first_import() -> dict[str, list[Row]]:
    """Return rows by source file: gaps, emoji, full-width space, quotes, coarse and missing times."""
    day = datetime(2022, 1, 6, 16, tzinfo=UTC)
    comments: list[Row] = [
        comment(0, "好看😀😀", likes=5, region="北京", rating=4.5, author_kind="kol"),
        comment(1, "　全角 空格　好", likes=0, author=None),
        comment(
            2,
            "臺灣觀眾覺得好感動",
            platform="douyin",
            likes=7,
            region="台湾",
            rating=0.5,
            verified_viewer=True,
        ),
        comment(3, 'it\'s \\ 100% _烂_ "片"', platform="douyin", kind="review", rating=3.7, node_id="v1"),
        comment(4, "烂", at=day, at_end=day + timedelta(days=1), at_precision=Precision.DAY),
        comment(
            5, "烂", verified_viewer=False, at=None, at_end=None, at_precision=Precision.UNKNOWN, likes=None
        ),
        comment(6, "", kind="danmaku", film_ms=1200, author=None),
        comment(
            7,
            "三天前说的好",
            at=T0,
            at_end=T0 + timedelta(days=3),
            at_precision=Precision.INTERVAL,
            likes=2**40,
        ),
        comment(8, "烂", at=T0 + timedelta(hours=30), at_end=T0 + timedelta(hours=30, minutes=1)),
        comment(9, "好", likes=5, observed_at=T0 + timedelta(days=9), author_kind="official"),
        comment(9, "好", likes=4, source_line=99, observed_at=T0 + timedelta(days=8), region="上海"),
    ]
    lists: list[Row] = []
    for hour, entries in {
        0: ("长江与星", "别的片", "广告"),
        1: ("别的片",),
        5: ("长江与星", "别的片"),
    }.items():
        at = T0.replace(minute=0) + timedelta(hours=hour)
        for rank, subject in enumerate(entries, start=1):
            lists.append(
                Observation(
                    f"#{subject}#",
                    "topic",
                    "weibo",
                    "hot",
                    1000.5 / rank + hour,
                    "score",
                    10 * hour + rank,
                    at=at,
                    at_end=at + timedelta(hours=1),
                    at_precision=Precision.HOUR,
                    sponsored=True if subject == "广告" else None,
                    category="电影" if rank == 1 else None,
                    observed_at=at,
                )
            )
            place = (float(rank), "rank", 10 * hour + rank)
            times = {"at": at, "at_end": at + timedelta(hours=1), "at_precision": Precision.HOUR}
            lists.append(Observation(f"#{subject}#", "topic", "weibo", "rank", *place, **times))
    plays = [
        Observation(
            "预告片", "node", "douyin", "plays", 1e4, "cumulative", 50, at=T0, node_id="v1", raw="1万+"
        ),
        Observation(
            "预告片",
            "node",
            "douyin",
            "plays",
            25300.0,
            "cumulative",
            51,
            at=T0 + timedelta(days=1),
            node_id="v1",
            censored="above",
            raw="2.5万",
        ),
        Observation("预告片", "node", "douyin", "plays", 3.0, "cumulative", 52, node_id=None),
        Observation("预告片", "node", "douyin", "completion_rate", 0.231, "ratio", 53, at=T0, node_id="v1"),
        Observation("预告片", "node", "douyin", "likes", None, "cumulative", 54, censored="below", raw="<10"),
    ]
    return {"a/评论.csv": comments, "a/热搜.csv": lists, "a/plays.json": list(plays)}


def second_import() -> dict[str, list[Row]]:
    """Return later likes, filled gaps, takings at three levels, events, cues and nodes."""
    later = T0 + timedelta(days=2)
    comments: list[Row] = [
        comment(0, "好看😀😀", likes=9, observed_at=later, source_line=3),
        comment(1, "　全角 空格　好", likes=None, observed_at=later, region="北京", source_line=4),
        comment(
            5,
            "烂",
            at=T0 + timedelta(hours=2),
            at_end=T0 + timedelta(hours=2, seconds=1),
            observed_at=later,
            likes=3,
            source_line=5,
        ),
        comment(12, "没有时间", at=None, at_end=None, at_precision=Precision.UNKNOWN, source_line=8),
        comment(4, "烂", at=None, at_end=None, at_precision=Precision.UNKNOWN, observed_at=later),
        comment(11, "新来的好烂好", platform="bilibili", likes=5, source_line=7, parent_id="c000"),
    ]
    day = date(2022, 1, 5)
    takings: list[Row] = [
        BoxOffice("长江与星", 2, day, gross_cny=1000.1, occupancy_rate=0.231, release_day=1, price_cny=38.5),
        BoxOffice("长江与星", 3, day, city="北京", gross_cny=600.05, admissions=17, release_day=1),
        BoxOffice("长江与星", 4, day, city="上海", gross_cny=400.04, admissions=None, release_day=1),
        BoxOffice("长江与星", 5, day + timedelta(days=1), city="北京", gross_cny=0.1, showings=12),
        BoxOffice("长江与星", 6, day + timedelta(days=1), city="上海", gross_cny=0.2, showings=None),
        BoxOffice("长江与星", 7, day + timedelta(days=3), city="成都", cinema="甲", gross_cny=0.7, seats=120),
        BoxOffice("长江与星", 8, day + timedelta(days=3), city="成都", cinema="乙", gross_cny=0.1, seats=80),
        BoxOffice("别的片", 9, None, gross_cny=5e8, release_day=2, basis="net", preview=True),
        BoxOffice("别的片", 10, None, gross_cny=3.0),
        BoxOffice("长江与星", 11, day, gross_cny=1100.0, release_day=1, observed_at=later),
    ]
    timeline: list[Row] = [
        Event("ad", T0, 2, end=T0 + timedelta(hours=3), platform="weibo", cost_cny=0.0, planned=False),
        Event("ad", T0, 3, end=T0 + timedelta(hours=3), platform="weibo", cost_cny=2e5, planned=False),
        Event("kol", T0 - timedelta(days=1), 4, followers=1.5e6, note="引号 ' 与 \\"),
        Node("n1", "trailer", 5, at=T0, title="先导预告"),
        Node("n2", "poster", 6, platform="weibo", text="我们都是星星"),
        Node("n1", "trailer", 7, at=None, title="先导预告（改）", entry="vote"),
        Cue("film", 1, 0, 1500, "江\n水", 1),
        Cue("film", 2, 1500, 2500, "好 '烂'", 2, speaker="阿明"),
        Cue("trailer", 1, 0, 900, "烂", 3),
    ]
    invited: list[Row] = [
        Referral("c1", None, None, None, 2, used_at=T0, used_end=T0, channel="微信群"),
        Referral("c2", None, "c1", None, 3, used=False, arm="A", observed_at=T0),
        Referral("c2", None, "c1", None, 3, used_at=later, used_end=later, arm="A", observed_at=later),
        Referral(None, "p1", "c1", "p0", 4, channel="weibo"),
    ]
    script: list[Row] = [
        ScriptLine("剧本", 1, "scene", "夜 外 码头", 1, 0, 1091, 1, note="一"),
        ScriptLine("剧本", 2, "dialogue", "好 '烂'", 1, 3273, 4364, 2, speaker="阿明"),
    ]
    return {
        "b/评论.csv": comments,
        "b/票房.xlsx": takings,
        "b/节点.csv": timeline,
        "b/邀请.csv": invited,
        "b/剧本.txt": script,
    }


def add(lake: Lake, campaign: str, files: dict[str, list[Row]], *inputs: str) -> str:
    """Import files and return the import's id."""
    with lake.begin(campaign, inputs) as batch:
        for name, rows in files.items():
            batch.add(name, rows)
        return batch.commit({"files": sorted(files)}).import_id


def nasty_lake(root: Path) -> Lake:
    """Return a lake of three imports, the third of them the first once more, and one taken back."""
    lake = Lake(root, labeller=STAND_IN)
    add(lake, CAMPAIGN, first_import(), "1" * 64)
    add(lake, CAMPAIGN, second_import(), "2" * 64)
    add(lake, CAMPAIGN, first_import(), "3" * 64)
    gone = add(lake, CAMPAIGN, {"wrong.csv": [comment(77, "拿错了文件")]}, "4" * 64)
    lake.undo(gone)
    return lake


def logical(
    lake: Lake, campaign: str = CAMPAIGN, tables: Sequence[str] = tuple(IDENTITY)
) -> dict[str, list[dict[str, object]]]:
    """Return every thing the lake knows, by table, sorted, without the names of imports."""
    engine = connect("duckdb", spill=lake.root / ".spill")
    views = Views(engine, lake.commits(campaign), lake.files(campaign))
    found = {}
    for table in tables:
        rows = engine.fetch(getattr(views, table).drop("import_id", "row", "seq")).to_pylist()
        found[table] = sorted(rows, key=repr)
    engine.close()
    return found


def files_of(lake: Lake) -> list[str]:
    """Return every file below the lake's root but its locks, relative and sorted."""
    found = (path.relative_to(lake.root) for path in lake.root.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in found if path.parts[0] != ".locks")
