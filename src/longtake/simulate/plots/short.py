"""The plot of the invented brand short 《灯下的人》."""

from __future__ import annotations

from datetime import datetime

from longtake.domain.campaign import Campaign, Character, Circle, Film, Story
from longtake.domain.event import Event
from longtake.domain.node import Node
from longtake.simulate.cascade import Push
from longtake.simulate.plots.plot import CHINA, Plot, falling
from longtake.simulate.voices import Crowd, Notice

START = datetime(2026, 1, 5, tzinfo=CHINA)
RELEASE = datetime(2026, 1, 8, 10, tzinfo=CHINA)
OUT, BREAK = 82, 144

BEFORE = {"talk": 5.0, "question": 3.0, "short_praise": 1.0}
LAUNCH = {
    **{"praise": 20.0, "short_praise": 12.0, "self_story": 14.0, "echo": 7.0, "exceeded": 3.0, "met": 4.0},
    **{"question": 6.0, "talk": 9.0, "complaint": 7.0, "short_complaint": 3.0, "mismatch": 9.0, "mixed": 5.0},
    **{"essay_pos": 2.0, "essay_neg": 0.5},
}
TURN = {
    **{"praise": 12.0, "short_praise": 6.0, "self_story": 10.0, "echo": 6.0, "exceeded": 1.5, "met": 2.0},
    **{
        "question": 6.0,
        "talk": 8.0,
        "complaint": 16.0,
        "short_complaint": 7.0,
        "mismatch": 18.0,
        "mixed": 7.0,
    },
    **{"essay_pos": 1.0, "essay_neg": 2.5},
}
SLIDE = {
    **{"praise": 15.0, "short_praise": 6.0, "self_story": 15.0, "echo": 9.0, "exceeded": 1.0, "met": 2.0},
    **{
        "question": 7.0,
        "talk": 12.0,
        "complaint": 14.0,
        "short_complaint": 5.0,
        "mismatch": 10.0,
        "mixed": 6.0,
    },
    **{"essay_pos": 2.0, "essay_neg": 1.5},
}
MOODS = ((0, BEFORE), (OUT, LAUNCH), (130, TURN), (190, SLIDE))
BOUGHT_WEIBO = (
    (0, {"talk": 5.0, "question": 1.0, "repost": 1.0}),
    (OUT, {**LAUNCH, "bot": 14.0, "repost": 6.0}),
    (130, {**TURN, "bot": 6.0, "repost": 26.0}),
    (190, {**SLIDE, "repost": 8.0}),
)
BOUGHT = ((0, BEFORE), (OUT, {**LAUNCH, "bot": 5.0}), (130, TURN), (190, SLIDE))
DANMAKU = (
    (0, {"danmaku_pos": 58.0, "danmaku_neg": 12.0, "danmaku_mid": 30.0}),
    (130, {"danmaku_pos": 44.0, "danmaku_neg": 28.0, "danmaku_mid": 28.0}),
    (190, {"danmaku_pos": 54.0, "danmaku_neg": 20.0, "danmaku_mid": 26.0}),
)
TELLING = (
    "灯亮着，人就没走远",
    "他说，灯亮着，人就没走远",
    "停电的时候，我才看清你的手",
    "爸，你也给自己留一盏",
    "黑的时候别怕，先数三下",
    "一，二，三",
    "亮了，都亮了",
    "屿光电器，陪你把灯留着",
)


def _at(day: int, hour: int) -> datetime:
    return datetime(2026, 1, day, hour, tzinfo=CHINA)


EVENTS = (
    Event("trailer", _at(5, 12), 1, None, "douyin", None, 30_000.0, 860_000.0, False, "trailer-1"),
    Event("poster", _at(6, 18), 2, None, "weibo", None, 0.0, 420_000.0, False, "poster-1"),
    Event("outdoor", _at(7, 0), 3, _at(16, 0), None, "上海", 180_000.0, None, False, None, "地铁灯箱"),
    Event("outdoor", _at(7, 0), 4, _at(14, 0), None, "杭州", 90_000.0, None, False, None, "公交站牌"),
    Event("premiere", RELEASE, 5, None, None, None, 0.0, None, False, "film", "正片全平台上线"),
    Event("ad", RELEASE, 6, _at(11, 0), "weibo", None, 200_000.0, 0.0, False, None, "热搜广告位与开屏"),
    Event("ad", _at(8, 12), 7, _at(11, 0), "douyin", None, 260_000.0, 0.0, False, None, "信息流"),
    Event("kol", _at(8, 20), 8, None, "weibo", None, 120_000.0, 3_200_000.0, False, "kol-1"),
    Event("kol", _at(9, 12), 9, None, "bilibili", None, 80_000.0, 1_100_000.0, False, "kol-2"),
    Event("kol", _at(9, 19), 10, None, "xiaohongshu", None, 45_000.0, 640_000.0, False, "kol-3"),
    Event("giveaway", _at(10, 10), 11, _at(12, 22), "weibo", None, 6_000.0, 420_000.0, False, None),
    Event("topic", _at(10, 20), 12, None, "douyin", None, 50_000.0, 860_000.0, False, "challenge-1"),
    Event("interview", _at(13, 12), 13, None, "bilibili", None, 8_000.0, 90_000.0, False, "making-1"),
    Event("official_repost", _at(16, 20), 14, None, "weibo", None, 0.0, 420_000.0, False, "post-2"),
    Event("screening", _at(19, 19), 15, _at(19, 22), None, "成都", 12_000.0, None, False, None, "社区放映"),
)
NODES = (
    Node("trailer-1", "trailer", 0, _at(5, 12), "douyin", "《灯下的人》预告", None, "trailer.srt", "none"),
    Node(
        "poster-1", "poster", 0, _at(6, 18), "weibo", "《灯下的人》海报", "灯亮着，人就没走远。", None, "none"
    ),
    Node("kol-1", "kol_brief", 0, _at(8, 20), "weibo", "三位博主观影笔记", None, None, "none"),
    Node("kol-2", "kol_brief", 0, _at(9, 12), "bilibili", "拉片：三束光", None, None, "none"),
    Node("kol-3", "kol_brief", 0, _at(9, 19), "xiaohongshu", "给爸妈留一盏灯", None, None, "template"),
    Node("challenge-1", "challenge", 0, _at(10, 20), "douyin", "数三下挑战", None, None, "challenge"),
    Node("making-1", "behind_the_scenes", 0, _at(13, 12), "bilibili", "七个夜晚", None, None, "cta"),
    Node("post-2", "official_post", 0, _at(16, 20), "weibo", "谁给你留过灯", "说给我们听。", None, "cta"),
)
CAMPAIGN = Campaign(
    id="lamplight",
    name="灯下的人",
    kind="short",
    release_at=RELEASE,
    proposition="有人在夜里守着灯，是为了让你放心走远。",
    emotions=("moved", "warmth"),
    topics=("灯下的人",),
    film=Film(
        subtitles="film.srt",
        characters=(
            Character("老秦", ("秦师傅", "小秦")),
            Character("小满", ("闺女",)),
            Character("何奶奶", ("何姨",)),
            Character("大鹏"),
        ),
    ),
    nodes=NODES,
    events=EVENTS,
    circles=(
        Circle("异乡打工人", ("值班", "过年", "回家", "出租屋"), (), ()),
        Circle("电力与维修从业者", ("电工", "爬杆", "接线", "工具包"), ("douyin",), ()),
        Circle("短片与影像爱好者", ("镜头", "光", "剪辑", "配乐"), ("bilibili", "douban"), ()),
    ),
    story=Story(
        key_words=("灯", "走远", "守着"),
        lines=("灯亮着，人就没走远",),
        never=("促销", "优惠"),
        genre="family",
        brand=("屿光电器", "屿光"),
        claims=("陪你把灯留着",),
        hashtags=("谁给你留过灯",),
    ),
    sample=True,
)


def plot() -> Plot:
    """Return the plot of the brand short."""
    hours = 504
    return Plot(
        film="short",
        campaign=CAMPAIGN,
        start=START,
        release=RELEASE,
        hours=hours,
        reproduction=falling(hours, before=0.85, after=0.5, at=BREAK),
        breaks=BREAK,
        background=0.5,
        pushes={
            "weibo": [
                *(Push(42, 2, 120.0), Push(OUT, 62, 5200.0), Push(OUT, 2, 1500.0), Push(92, 3, 1900.0)),
                *(Push(130, 24, 1100.0), Push(284, 3, 500.0)),
            ],
            "douyin": [
                *(Push(12, 3, 420.0), Push(OUT, 3, 900.0), Push(84, 60, 4200.0), Push(140, 4, 700.0)),
                Push(OUT, 90, 400.0),
            ],
            "bilibili": [Push(OUT, 3, 700.0), Push(108, 4, 1500.0), Push(204, 4, 420.0)],
            "xiaohongshu": [Push(OUT, 4, 300.0), Push(115, 5, 1400.0)],
            "douban": [Push(OUT, 8, 330.0)],
        },
        crowds=(
            Crowd("weibo", "comment", 6200, "5252000000000001", MOODS, BOUGHT_WEIBO, 0.45, 0.8),
            Crowd("douyin", "comment", 5600, "7592000000000000001", MOODS, BOUGHT),
            Crowd("bilibili", "comment", 1900, "115860000000001", MOODS),
            Crowd("bilibili", "danmaku", 2600, "31860000001", DANMAKU),
            Crowd("xiaohongshu", "comment", 2800, "695c00000000000022000001", MOODS, BOUGHT),
            Crowd("douban", "review", 900, "37000001", MOODS[1:], (), 0.0, 0.3),
        ),
        opens={"comment": 12, "danmaku": OUT, "review": OUT},
        notices={
            "weibo": (
                *(Notice(42, "official", "屿光电器"), Notice(OUT, "official", "屿光电器")),
                *(Notice(92, "kol", f"kol {i}") for i in range(3)),
                *(Notice(130, "giveaway", "屿光电器"), Notice(284, "official", "屿光电器")),
            ),
            "douyin": (Notice(OUT, "official", "屿光电器"),),
            "bilibili": (Notice(108, "kol", "kol 4"), Notice(204, "official", "屿光电器")),
            "xiaohongshu": (Notice(115, "kol", "kol 5"), Notice(115, "kol", "kol 6")),
        },
        telling=TELLING,
        works=(
            ("《灯下的人》预告", "douyin", 12),
            ("《灯下的人》正片", "douyin", OUT),
            ("《灯下的人》正片", "bilibili", OUT),
            ("七个夜晚", "bilibili", 204),
            ("给爸妈留一盏灯", "xiaohongshu", 115),
        ),
        list_top=1_150_000.0,
        side_topics=((OUT + 3, 0.5), (OUT + 12, 0.4), (128, 0.55), (204, 0.5)),
        more_aspects=("brand",),
        cinema=False,
    )
