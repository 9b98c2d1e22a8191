"""The plot of the invented feature film 《渡口没有夜班船》."""

from __future__ import annotations

from datetime import datetime

from longtake.domain.campaign import Campaign, Character, Circle, Film, Story
from longtake.domain.event import Event
from longtake.domain.node import Node
from longtake.simulate.cascade import Push
from longtake.simulate.plots.plot import CHINA, Plot, falling
from longtake.simulate.takings import CITIES
from longtake.simulate.voices import Crowd, Notice

START = datetime(2026, 1, 3, tzinfo=CHINA)
RELEASE = datetime(2026, 1, 9, 9, tzinfo=CHINA)
OUT, BREAK = 153, 288

BEFORE = {"talk": 6.0, "question": 3.0, "praise": 2.0, "short_praise": 1.0}
OPEN = {
    **{"praise": 24.0, "short_praise": 7.0, "self_story": 7.0, "echo": 8.0, "exceeded": 3.0, "met": 5.0},
    **{
        "question": 6.0,
        "talk": 8.0,
        "complaint": 12.0,
        "short_complaint": 4.0,
        "mismatch": 4.0,
        "mixed": 7.0,
    },
    **{"essay_pos": 4.0, "essay_neg": 1.5},
}
LATER = {**OPEN, "praise": 20.0, "complaint": 15.0, "essay_neg": 2.5, "talk": 5.0}
MOODS = ((0, BEFORE), (OUT, OPEN), (BREAK, LATER))


def _at(day: int, hour: int) -> datetime:
    return datetime(2026, 1, day, hour, tzinfo=CHINA)


CAMPAIGN = Campaign(
    id="ferry",
    name="渡口没有夜班船",
    kind="feature",
    release_at=RELEASE,
    proposition="有些岸要靠留下的人守着，走的人才敢走远。",
    emotions=("moved", "tension"),
    competitors=("长街雪夜", "倒着走的钟"),
    topics=("渡口没有夜班船",),
    film=Film(
        subtitles="film.srt",
        characters=(
            Character("阿潮", ("哥", "船长")),
            Character("程晚"),
            Character("老鲁", ("鲁叔",)),
            Character("鲁婶"),
            Character("小螺", ("弟弟",)),
        ),
        intended_reversal=True,
    ),
    nodes=(
        Node("trailer-1", "trailer", 0, _at(3, 12), "douyin", "终极预告", None, "trailer.srt", "none"),
        Node(
            "poster-1", "poster", 0, _at(6, 12), "weibo", "终极海报", "雾再大，笛要拉够三声。", None, "none"
        ),
        Node("vote-1", "interview", 0, _at(12, 20), "weibo", "你会上船吗", None, None, "vote"),
    ),
    events=(
        Event("trailer", _at(3, 12), 1, None, "douyin", None, 80_000.0, 500_000.0, False, "trailer-1"),
        Event("screening", _at(3, 14), 2, _at(4, 23), None, None, 0.0, None, False, None, "点映"),
        Event("poster", _at(6, 12), 3, None, "weibo", None, 0.0, 300_000.0, False, "poster-1"),
        Event("ad", _at(8, 0), 4, _at(12, 0), "douyin", None, 900_000.0, 0.0, False, None, "信息流"),
        Event("premiere", RELEASE, 5, None, None, None, 0.0, None, False, "film"),
        Event("kol", _at(9, 20), 6, None, "weibo", None, 150_000.0, 2_100_000.0, False, None),
        Event("roadshow", _at(10, 14), 7, _at(10, 21), None, "成都", 30_000.0, None, False, None, "主创路演"),
        Event("roadshow", _at(11, 14), 8, _at(11, 21), None, "武汉", 30_000.0, None, False, None, "主创路演"),
        Event("interview", _at(12, 20), 9, None, "weibo", None, 0.0, 300_000.0, False, "vote-1"),
    ),
    circles=(
        Circle("沿海城市观众", ("渡口", "船", "台风"), (), ("福建", "浙江", "广东")),
        Circle("文艺片观众", ("镜头", "台词", "留白"), ("douban",), ()),
    ),
    story=Story(key_words=("岸", "船", "守"), lines=("雾再大，笛要拉够三声",), genre="drama"),
    sample=True,
)


def plot() -> Plot:
    """Return the plot of the feature film."""
    hours = 24 * 37
    return Plot(
        film="feature",
        campaign=CAMPAIGN,
        start=START,
        release=RELEASE,
        hours=hours,
        reproduction=falling(hours, before=0.8, after=0.65, at=BREAK),
        breaks=BREAK,
        background=0.25,
        pushes={
            "maoyan": [Push(14, 30, 60.0), Push(OUT, 72, 500.0)],
            "douban": [Push(OUT, 72, 300.0)],
            "weibo": [Push(84, 3, 60.0), Push(OUT, 4, 260.0), Push(164, 3, 300.0), Push(236, 3, 90.0)],
            "douyin": [Push(12, 3, 120.0), Push(120, 96, 900.0)],
        },
        crowds=(
            Crowd("maoyan", "review", 800, "1500001", MOODS, (), 0.0, 0.95, CITIES),
            Crowd("douban", "review", 400, "37000002", MOODS, (), 0.0, 0.3),
            Crowd("weibo", "comment", 450, "5251000000000001", MOODS, (), 0.5, 0.8),
            Crowd("douyin", "comment", 350, "7590000000000000001", MOODS),
        ),
        opens={"comment": 12, "review": 14},
        notices={
            "weibo": (
                Notice(84, "official", "片方"),
                Notice(164, "kol", "kol 1"),
                Notice(236, "official", "片方"),
            ),
            "douyin": (Notice(OUT, "official", "片方"),),
        },
        telling=(),
        works=(("终极预告", "douyin", 12),),
        list_top=0.0,
        side_topics=(),
        more_aspects=("hall",),
        cinema=True,
    )
