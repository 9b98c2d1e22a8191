"""Who says what, when and where: hourly counts become comments with a hidden truth."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from longtake.domain.comment import Comment
from longtake.domain.timed.moment import Precision
from longtake.simulate.grammar import ASPECTS, Grammar, Utterance, speak
from longtake.simulate.sample import Said

Mood = Mapping[str, float]
TAG = re.compile(r"#([^#\s]{1,30})#")
REGIONS = (
    *("广东", "江苏", "浙江", "上海", "北京", "四川", "山东", "河南", "湖北", "湖南", "福建", "陕西"),
    *("重庆", "辽宁", "安徽", "河北", "江西", "广西", "云南", "天津", "贵州", "山西", "黑龙江", "吉林"),
)
STARS = {"pos": (4.0, 5.0, 5.0, 4.0), "neutral": (3.0, 3.0, 4.0, 2.0), "neg": (1.0, 2.0, 2.0, 3.0)}
FIRST_ID = {
    "weibo": 5_252_000_000_000_000,
    "douyin": 7_592_000_000_000_000_000,
    "bilibili": 281_000_000_000,
    "douban": 4_980_000_000,
    "maoyan": 1_204_000_000,
    "xiaohongshu": 0,
}


@dataclass(frozen=True, slots=True)
class Crowd:
    """The speakers of one platform.

    Attributes:
        platform: As in the comment.
        kind: comment, review or danmaku.
        quota: How many comments, at most the counts given with them.
        node_id: What they speak under.
        moods: Pairs of first hour and weights of intents, in order of hour.
        bought: Weights of intents of those whom promotion brought, by the same hours; the moods' when empty.
        post_share: Share of first-level comments that are posts of their own.
        region_share: Share whose province or city the platform shows.
        regions: Where speakers live.
        aspects: What they may have in mind.
    """

    platform: str
    kind: str
    quota: int
    node_id: str
    moods: Sequence[tuple[int, Mood]]
    bought: Sequence[tuple[int, Mood]] = ()
    post_share: float = 0.0
    region_share: float = 0.0
    regions: Sequence[str] = REGIONS
    aspects: Sequence[str] = ASPECTS


@dataclass(frozen=True, slots=True)
class Notice:
    """A post of the campaign itself or of an opinion leader: hour, intent and author's name."""

    hour: int
    intent: str
    author: str


def voices(
    rng: np.random.Generator,
    spoken: Grammar,
    crowd: Crowd,
    *,
    start: datetime,
    promoted: NDArray[np.int64],
    organic: NDArray[np.int64],
    notices: Sequence[Notice] = (),
    moments: Sequence[int] = (),
) -> list[tuple[Comment, Said]]:
    """Return the comments of one crowd in order of time.

    Which of the counts become comments is drawn without replacement, so that the share of promotion among
    them is that of the counts but for chance.

    Args:
        rng: Source of chance.
        spoken: The film's grammar.
        crowd: Who speaks.
        start: First hour, aware.
        promoted: Counts brought by promotion, shape (n,).
        organic: Counts bred by others, shape (n,).
        notices: Posts of the campaign itself, part of the quota.
        moments: Positions in the film that danmaku gather at, milliseconds; needed for danmaku.

    Raises:
        ValueError: The quota is larger than the counts and notices, or danmaku have nowhere to gather.
    """
    if crowd.kind == "danmaku" and not moments:
        raise ValueError("danmaku need moments of the film")
    drawn = rng.multivariate_hypergeometric(
        np.concatenate([promoted, organic]), crowd.quota - len(notices), method="marginals"
    )
    n = promoted.size
    when: list[tuple[float, bool, Notice | None]] = [(notice.hour + 0.01, True, notice) for notice in notices]
    for i in np.flatnonzero(drawn).tolist():
        when += [(i % n + float(u), i < n, None) for u in rng.random(int(drawn[i]))]
    when.sort(key=lambda item: item[0])
    out: list[tuple[Comment, Said]] = []
    for number, (hour, bought, notice) in enumerate(when):
        intent = notice.intent if notice else _intent(rng, crowd, int(hour), bought=bought)
        words = speak(rng, spoken, intent, platform=crowd.platform, aspects=crowd.aspects)
        if words.voice == "bot":
            # Hired accounts post in the first seconds of an hour.
            hour = int(hour) + 0.002 * rng.random()  # noqa: PLW2901 -- the drawn instant does not hold for them
        name = notice.author if notice else _name(rng, crowd, words)
        answers = crowd.kind == "comment" and words.voice == "audience"
        parent = _parent(rng, out) if answers else None
        at = start + timedelta(seconds=int(hour * 3600))
        row = _comment(rng, crowd, words, at=at, number=number, author=name, parent=parent)
        if crowd.kind == "danmaku":
            row = replace(row, film_ms=_position(rng, moments))
        out.append((row, Said(words, bought)))
    return sorted(out, key=lambda pair: (pair[0].at or start, pair[0].comment_id))


def _intent(rng: np.random.Generator, crowd: Crowd, hour: int, *, bought: bool) -> str:
    phases = crowd.bought if bought and crowd.bought else crowd.moods
    mood = [mood for first, mood in phases if first <= hour][-1]
    pick = rng.random() * sum(mood.values())
    for intent, weight in mood.items():
        pick -= weight
        if pick < 0:
            return intent
    return next(iter(mood))


def _name(rng: np.random.Generator, crowd: Crowd, words: Utterance) -> str:
    """Return an account; a few speak often, bots are few."""
    if words.voice == "bot":
        return f"bot {int(rng.random() * 14)}"
    return f"viewer {int(rng.random() ** 1.6 * crowd.quota * 1.1)}"


def _parent(rng: np.random.Generator, before: Sequence[tuple[Comment, Said]]) -> str | None:
    if len(before) < 20 or rng.random() > 0.12:
        return None
    parent = before[-1 - int(rng.random() ** 2 * min(len(before), 200))][0]
    return None if parent.parent_id else parent.comment_id


def _position(rng: np.random.Generator, moments: Sequence[int]) -> int:
    """Return a position in the film: mostly within six seconds after a telling line."""
    if rng.random() < 0.7:
        return moments[int(rng.random() * len(moments))] + int(rng.random() * 6000)
    return int(rng.random() * (max(moments) + 6000))


def _comment(
    rng: np.random.Generator,
    crowd: Crowd,
    words: Utterance,
    *,
    at: datetime,
    number: int,
    author: str,
    parent: str | None,
) -> Comment:
    danmaku = crowd.kind == "danmaku"
    kind = crowd.kind
    if words.voice in ("official", "kol", "giveaway", "bot") and crowd.platform == "weibo":
        kind = "post"
    elif not danmaku and parent:
        kind = "reply"
    elif not danmaku and rng.random() < crowd.post_share:
        kind = "post"
    reach = {"official": 900.0, "kol": 2500.0}.get(words.voice, 1.2)
    tags = dict.fromkeys(TAG.findall(words.text))
    region = str(crowd.regions[int(rng.random() ** 1.5 * len(crowd.regions))])
    stars = STARS[words.polarity][int(rng.random() * 4)]
    return Comment(
        comment_id=_id(crowd, number),
        platform=crowd.platform,
        kind=kind,
        text=words.text,
        source_line=number + 1,
        at=at.astimezone(UTC),
        at_end=at.astimezone(UTC) + timedelta(seconds=1),
        at_precision=Precision.SECOND,
        author=blake2b(f"{crowd.platform} {author}".encode(), digest_size=8).hexdigest(),
        author_kind=words.voice if words.voice in ("official", "kol") else None,
        node_id=crowd.node_id,
        parent_id=None if danmaku else parent,
        likes=None if danmaku else min(80_000, int(rng.pareto(1.15) * reach)),
        replies=None if danmaku else min(5_000, int(rng.pareto(1.4) * reach * 0.2)),
        shares=min(9_000, int(rng.pareto(1.3) * reach * 0.2)) if kind == "post" else None,
        rating=stars if crowd.platform in ("douban", "maoyan") and rng.random() < 0.93 else None,
        region=region if rng.random() < crowd.region_share else None,
        topics="".join(f"#{tag}#" for tag in tags) or None,
    )


def _id(crowd: Crowd, number: int) -> str:
    """Return an id in the shape of the platform's own."""
    if crowd.platform == "xiaohongshu":
        return f"695c{number:08x}000000001f00{number % 65536:04x}"
    if crowd.kind == "danmaku":
        return str(1_990_000_000_000_000_000 + number * 10_007)
    return str(FIRST_ID[crowd.platform] + number * 10_007)
