"""Words people write in a template, and the terms Longtake keeps."""

from __future__ import annotations

from longtake.ingest.cells import Unfit

PLATFORMS = {
    "微博": "weibo",
    "新浪微博": "weibo",
    "抖音": "douyin",
    "小红书": "xiaohongshu",
    "xhs": "xiaohongshu",
    "b站": "bilibili",
    "哔哩哔哩": "bilibili",
    "快手": "kuaishou",
    "知乎": "zhihu",
    "贴吧": "tieba",
    "百度贴吧": "tieba",
    "猫眼": "maoyan",
    "豆瓣": "douban",
    "视频号": "wechat_channels",
    "微信视频号": "wechat_channels",
    "头条": "toutiao",
    "今日头条": "toutiao",
    "艺恩": "endata",
    "其他": "other",
    "其它": "other",
}

METRICS = {
    "播放": "plays",
    "播放量": "plays",
    "阅读": "reads",
    "阅读量": "reads",
    "点赞": "likes",
    "点赞量": "likes",
    "点赞数": "likes",
    "评论": "comments",
    "评论量": "comments",
    "评论数": "comments",
    "转发": "shares",
    "转发量": "shares",
    "分享": "shares",
    "分享量": "shares",
    "收藏": "favourites",
    "收藏量": "favourites",
    "粉丝": "followers",
    "粉丝数": "followers",
    "讨论": "discussions",
    "讨论量": "discussions",
    "排名": "rank",
    "热度": "hot",
    "想看": "want_to_see",
    "想看人数": "want_to_see",
    "曝光": "impressions",
    "曝光量": "impressions",
    "弹幕": "danmaku",
    "弹幕量": "danmaku",
    "投币": "coins",
    "完播率": "completion_rate",
}

KINDS = {
    "increment": "increment",
    "增量": "increment",
    "新增": "increment",
    "cumulative": "cumulative",
    "累计": "cumulative",
    "总量": "cumulative",
    "score": "score",
    "分值": "score",
    "热度值": "score",
    "rank": "rank",
    "排名": "rank",
    "ratio": "ratio",
    "比例": "ratio",
}

EVENTS = {
    "广告": "ad",
    "投放": "ad",
    "达人": "kol",
    "kol": "kol",
    "预告": "trailer",
    "预告片": "trailer",
    "海报": "poster",
    "点映": "screening",
    "首映": "screening",
    "路演": "screening",
    "放映": "screening",
    "官方转发": "official_repost",
    "官媒转发": "endorsement",
    "权威转载": "endorsement",
    "媒体转载": "endorsement",
    "央媒转发": "endorsement",
    "专访": "interview",
    "采访": "interview",
    "花絮": "behind_the_scenes",
    "幕后": "behind_the_scenes",
    "彩蛋": "end_credit",
    "片尾彩蛋": "end_credit",
    "片段": "clip",
    "主题曲": "music",
    "直播": "live",
    "抽奖": "giveaway",
    "福利": "giveaway",
    "修复": "repair",
}

ENTRIES = {"投票": "vote", "模板": "template", "挑战": "challenge", "行动": "cta", "无": "none"}

NODES = {
    "预告": "trailer",
    "预告片": "trailer",
    "海报": "poster",
    "采访": "interview",
    "专访": "interview",
    "幕后": "behind_the_scenes",
    "花絮": "behind_the_scenes",
    "彩蛋": "end_credit",
    "片尾彩蛋": "end_credit",
    "片段": "clip",
    "主题曲": "music",
    "直播": "live",
    "达人": "kol_brief",
    "挑战": "challenge",
    "点映": "screening",
    "首映": "screening",
    "官方": "official_post",
}

_YES, _NO = {"1", "true", "yes", "y", "是", "已购票", "已看"}, {"0", "false", "no", "n", "否", "未看"}
_MISSING = {"", "-", "--", "暂无", "未知", "unknown"}


def term(words: dict[str, str], raw: str) -> str:
    """Return the kept term for a word, or the word itself in lower case with low lines.

    Examples:
        >>> term(PLATFORMS, " 微博 "), term(EVENTS, "Pop-up Store")
        ('weibo', 'pop-up_store')
    """
    word = raw.strip().casefold()
    return words.get(word) or "_".join(word.split())


def yes(raw: str, column: str) -> bool | None:
    """Return what a yes-or-no cell says; None when it says nothing.

    Raises:
        Unfit: Any other word.

    Examples:
        >>> yes("是", "verified"), yes("", "verified")
        (True, None)
    """
    word = raw.strip().casefold()
    if word in _MISSING:
        return None
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unfit(column, raw, "yes or no (是 or 否), or nothing")


def kind_of(metric: str, raw: str) -> str:
    """Return how a number is to be read: increment, cumulative, score, rank or ratio.

    An empty word is taken where the metric itself decides.

    Raises:
        Unfit: The word is unknown, or it is empty and the metric leaves it open.

    Examples:
        >>> kind_of("plays", "累计"), kind_of("rank", ""), kind_of("completion_rate", "")
        ('cumulative', 'rank', 'ratio')
    """
    word = raw.strip().casefold()
    if word:
        if word not in KINDS:
            raise Unfit("kind", raw, "increment, cumulative, score, rank or ratio")
        return KINDS[word]
    if metric == "rank":
        return "rank"
    if metric == "hot":
        return "score"
    if metric.endswith("_rate"):
        return "ratio"
    raise Unfit("kind", raw, "increment (new since the last row) or cumulative (total so far)")
