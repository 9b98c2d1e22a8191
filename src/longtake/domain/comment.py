"""One utterance by one person: a comment, post, review, reply or danmaku."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from longtake.domain.timed.moment import Precision


@dataclass(frozen=True, slots=True)
class Comment:
    """One utterance, identified by ``(platform, comment_id)``.

    Attributes:
        comment_id: The platform's id as text; ``h:`` and a content hash where the platform gives none.
        platform: weibo, douyin, xiaohongshu, bilibili, kuaishou, zhihu, tieba, maoyan, douban,
            wechat_channels, toutiao, youtube, mastodon, bluesky, or another lower-case name.
        kind: comment, reply, post, review or danmaku.
        text: What was written, Unicode NFC, HTML stripped, otherwise untouched.
        source_line: 1-based line or record number in the source file.
        at: First possible instant, aware UTC; None when unknown.
        at_end: First instant that is too late, aware UTC; None when unknown.
        at_precision: How finely the source told the time.
        author: HMAC of the platform's author id or name, 16 hexadecimal digits; never the id itself.
        author_kind: official, kol or audience where the file tells; None where it does not.
        node_id: The post, video or film the utterance hangs under, as the platform names it.
        parent_id: The comment it answers; None for a first-level one.
        lang: ISO 639-1 code where the file tells.
        likes: Likes when last observed; None when the file does not tell.
        replies: Replies when last observed.
        shares: Reposts when last observed.
        rating: Stars from 0.5 to 5.
        region: City, province or country, never finer than city.
        verified_viewer: Whether the platform marks the author as having seen the film.
        film_ms: Position in the film or clip, milliseconds (danmaku).
        topics: Hashtags, each between two number signs: ``#a##b#``.
        observed_at: When the counts were read off the platform, aware UTC.
    """

    comment_id: str
    platform: str
    kind: str
    text: str
    source_line: int
    at: datetime | None = None
    at_end: datetime | None = None
    at_precision: Precision = Precision.UNKNOWN
    author: str | None = None
    author_kind: str | None = None
    node_id: str | None = None
    parent_id: str | None = None
    lang: str | None = None
    likes: int | None = None
    replies: int | None = None
    shares: int | None = None
    rating: float | None = None
    region: str | None = None
    verified_viewer: bool | None = None
    film_ms: int | None = None
    topics: str | None = None
    observed_at: datetime | None = None
