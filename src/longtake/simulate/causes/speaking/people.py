"""Counts become comments, each by someone of a circle, with its hidden truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from hashlib import blake2b

import numpy as np

from longtake.domain.comment import Comment
from longtake.domain.timed.moment import Precision
from longtake.simulate.causes.cast import REGIONS, Crowd
from longtake.simulate.causes.luck import Luck
from longtake.simulate.causes.nuisance import Nuisance
from longtake.simulate.causes.speaking import moods
from longtake.simulate.causes.speaking.moods import Wheel
from longtake.simulate.causes.speaking.tongue import Tongue
from longtake.simulate.causes.spread import Spread
from longtake.simulate.causes.strength import Effects
from longtake.simulate.grammar import Utterance
from longtake.simulate.sample import Said
from longtake.simulate.voices import FIRST_ID, STARS, TAG

REVIEWS = ("douban", "maoyan")
GIVEAWAYS = 0.05
# Likes, replies and shares of a post of the makers; their numbers follow those of everyone else.
SEEN, NOTICES = (900, 120, 60), 900_000
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, eq=False)
class Audience:
    """Who there is to speak.

    Attributes:
        drawn: What no cause decides.
        found: What the causes do.
        outside: What comes from outside at the shock, if anything.
        crowds: Circles, in the order of the counts.
        release: Hour of release.
        shock: Hour in which what comes from outside comes.
        film_ms: Length of the film, milliseconds.
        moments: Positions of lines that danmaku gather at; may be empty.
    """

    drawn: Nuisance
    found: Effects
    outside: tuple[str, ...]
    crowds: tuple[Crowd, ...]
    release: int
    shock: int
    film_ms: int
    moments: Sequence[int]


@dataclass(frozen=True, slots=True)
class Row:
    """A comment with its truth.

    Attributes:
        comment: As it stands on its platform.
        said: What was meant.
        circle: Number of the speaker's circle; -1 for the makers and opinion leaders.
        early: Whether it was written before the release.
    """

    comment: Comment
    said: Said
    circle: int
    early: bool

    @property
    def order(self) -> tuple[float, str, str]:
        """What comments are sorted by: time, platform, id."""
        at = self.comment.at
        return (at.timestamp() if at else 0.0, self.comment.platform, self.comment.comment_id)


def speak(luck: Luck, who: Audience, tongue: Tongue, counts: Spread) -> list[Row]:
    """Return comments with their truth.

    Which of the counts become comments is drawn without replacement, as many as the campaign has.
    """
    drawn = who.drawn
    parts = np.stack([counts.bought, counts.unasked, counts.bred])
    late = np.array([name in REVIEWS for name in drawn.platforms])
    parts[:, : who.release, :, late] = 0
    edges = np.cumsum(parts)
    n = min(drawn.comments, int(edges[-1]))
    drawn_at = np.sort(luck.rng.choice(int(edges[-1]), n, replace=False))
    source, hour, circle, place = np.unravel_index(
        np.searchsorted(edges, drawn_at, side="right"), parts.shape
    )
    moment = hour + luck.rng.random(n)
    order = np.lexsort((np.arange(n), moment))
    wheels = _wheels(who)
    liked = np.minimum(80_000, luck.rng.pareto(1.15, n) * 1.2).astype(np.int64)
    answered = np.minimum(5_000, luck.rng.pareto(1.4, n) * 0.25).astype(np.int64)
    shared = np.minimum(9_000, luck.rng.pareto(1.3, n) * 0.25 * who.found.inviting).astype(np.int64)
    columns = (moment, source, circle, place, liked, answered, shared)
    rows = zip(*(column[order].tolist() for column in columns), strict=True)
    scribe = _Scribe(luck, who, n)
    out: list[Row] = []
    for at, kind, home, where, likes, replies, shares in rows:
        platform = drawn.platforms[where]
        crowd = who.crowds[home]
        over = platform == "bilibili" and at >= who.release and luck.chance(drawn.danmaku)
        key = ("danmaku", crowd.side) if over else _phase(who, at, bought=kind == 0, side=crowd.side)
        words = tongue.say(wheels[key].draw(luck), platform, crowd.opens)
        comment = scribe.write(words, platform, crowd, at, over=over, counted=(likes, replies, shares))
        out.append(Row(comment, Said(words, kind == 0), home, at < who.release))
    return out


def notices(luck: Luck, who: Audience, tongue: Tongue, hours: Mapping[int, str]) -> list[Row]:
    """Return posts of the makers and of opinion leaders on Weibo, by hour and voice."""
    scribe = _Scribe(luck, who, 0)
    out = []
    for number, (hour, voice) in enumerate(sorted(hours.items())):
        words = tongue.say(voice, "weibo")
        row = scribe.write(
            words,
            "weibo",
            who.crowds[0],
            hour + 0.01,
            over=False,
            counted=(900, 120, 60),
            number=900_000 + number,
        )
        out.append(Row(row, Said(words, promoted=True), -1, hour < who.release))
    return out


def _phase(who: Audience, at: float, *, bought: bool, side: int) -> tuple[str, int]:
    if at < who.release:
        return ("early", 0)
    name = "late" if at >= who.shock else "open"
    return (f"{name} bought" if bought else name, side)


def _wheels(who: Audience) -> dict[tuple[str, int], Wheel]:
    drawn, found = who.drawn, who.found
    copies = drawn.habits["copies"] + found.copies
    out = {("early", 0): Wheel(moods.early(drawn))}
    for side in (-1, 1):
        out["danmaku", side] = Wheel(moods.danmaku(drawn, found, side=side))
        for name, shocked in (("open", False), ("late", True)):
            weights = moods.viewers(
                drawn, found, side=side, outside=who.outside if shocked else (), shocked=shocked
            )
            out[name, side] = Wheel(weights)
            out[f"{name} bought", side] = Wheel(moods.comers(weights, copies=copies, giveaways=GIVEAWAYS))
    return out


class _Scribe:
    """Writes comments down as their platforms show them."""

    def __init__(self, luck: Luck, who: Audience, n: int) -> None:
        self.luck, self.who = luck, who
        self.accounts = max(20, round(n * 1.1))
        self.written: dict[str, int] = {}
        self.first: dict[str, list[str]] = {}

    def write(
        self,
        words: Utterance,
        platform: str,
        crowd: Crowd,
        hour: float,
        *,
        over: bool,
        counted: tuple[int, int, int],
        number: int | None = None,
    ) -> Comment:
        luck = self.luck
        kind, parent = self._kind(words, platform, over=over)
        counter = "danmaku" if over else platform
        if number is None:
            number = self.written[counter] = self.written.get(counter, 0) + 1
        if words.voice == "bot":
            # Hired hands work through a list at the top of the hour.
            hour = int(hour) + 0.004 * luck.uniform()
        at = (self.who.drawn.start + timedelta(seconds=int(hour * 3600))).astimezone(UTC)
        comment_id = _id(platform, number, over=over)
        if kind in ("comment", "post"):
            self.first.setdefault(platform, []).append(comment_id)
        likes, replies, shares = counted
        rated = platform in REVIEWS and luck.chance(0.93)
        tags = dict.fromkeys(TAG.findall(words.text))
        return Comment(
            comment_id=comment_id,
            platform=platform,
            kind=kind,
            text=words.text,
            source_line=number,
            at=at,
            at_end=at + SECOND,
            at_precision=Precision.SECOND,
            author=blake2b(self._account(words, platform).encode(), digest_size=8).hexdigest(),
            author_kind=words.voice if words.voice in ("official", "kol") else None,
            node_id=_work(platform, over=over),
            parent_id=parent,
            likes=None if over else likes,
            replies=None if over else replies,
            shares=shares if kind == "post" else None,
            rating=luck.pick(STARS[words.polarity]) if rated else None,
            region=self._region(crowd) if luck.chance(0.8) else None,
            film_ms=self._position() if over else None,
            topics="".join(f"#{tag}#" for tag in tags) or None,
        )

    def _kind(self, words: Utterance, platform: str, *, over: bool) -> tuple[str, str | None]:
        if over:
            return "danmaku", None
        if platform in REVIEWS:
            return "review", None
        if words.voice != "audience":
            return ("post" if platform == "weibo" else "comment"), None
        before = self.first.get(platform, ())
        if len(before) > 15 and self.luck.chance(0.12):
            return "reply", before[-1 - self.luck.below(min(len(before), 150))]
        return ("post" if platform == "weibo" and self.luck.chance(0.45) else "comment"), None

    def _account(self, words: Utterance, platform: str) -> str:
        if words.voice == "bot":
            return f"{platform} bot {self.luck.below(9)}"
        if words.voice in ("official", "kol"):
            return f"{platform} {words.voice} {self.luck.below(3) if words.voice == 'kol' else 0}"
        return f"{platform} viewer {int(self.luck.uniform() ** 1.6 * self.accounts)}"

    def _region(self, crowd: Crowd) -> str:
        if crowd.regions and self.luck.chance(0.85):
            return self.luck.pick(crowd.regions)
        return REGIONS[int(self.luck.uniform() ** 1.5 * len(REGIONS))]

    def _position(self) -> int:
        """Return a position in the film: most within six seconds after a telling line."""
        if self.who.moments and self.luck.chance(0.65):
            return self.luck.pick(self.who.moments) + self.luck.below(6000)
        return self.luck.below(self.who.film_ms)


def _id(platform: str, number: int, *, over: bool) -> str:
    if over:
        return str(1_990_000_000_000_000_000 + number * 10_007)
    if platform == "xiaohongshu":
        return f"695c{number:08x}000000001f00{number % 65536:04x}"
    return str(FIRST_ID[platform] + number * 10_007)


def _work(platform: str, *, over: bool) -> str:
    works = {
        "weibo": "5252000000000001",
        "douyin": "7592000000000000001",
        "bilibili": "31860000001" if over else "115860000000001",
        "xiaohongshu": "695c00000000000022000001",
        "maoyan": "1500001",
        "douban": "37000001",
    }
    return works[platform]
