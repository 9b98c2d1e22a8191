"""Comments in the file shapes MediaCrawler has written since July 2026."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from longtake.domain.comment import Comment
from longtake.simulate.plots.plot import CHINA

Row = dict[str, str | int]
SEEN = datetime(2026, 1, 26, 1, 30, tzinfo=UTC)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"


def crawled(comments: Sequence[Comment]) -> dict[str, bytes]:
    """Return the files of first-level comments and replies of four platforms.

    Weibo and Bilibili as CSV with a byte-order mark, Douyin and Xiaohongshu as JSON Lines; Weibo posts are
    left to the search file. Counts were read on 26 January 2026.
    """
    shapes: tuple[tuple[str, str, Callable[[Comment], Row]], ...] = (
        ("weibo", "csv", _weibo),
        ("bilibili", "csv", _bilibili),
        ("douyin", "jsonl", _douyin),
        ("xiaohongshu", "jsonl", _xiaohongshu),
    )
    out = {}
    for platform, form, shape in shapes:
        rows = [
            shape(some)
            for some in comments
            if some.platform == platform and some.kind in ("comment", "reply")
        ]
        if not rows:
            continue
        folder = "xhs" if platform == "xiaohongshu" else platform
        name = f"{folder}/{form}/search_comments_2026-01-26.{form}"
        out[name] = table(rows) if form == "csv" else lines(rows)
    return out


def table(rows: Sequence[Row]) -> bytes:
    """Return rows as CSV with a header and a byte-order mark."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def lines(rows: Sequence[Row]) -> bytes:
    """Return rows as JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def seconds(comment: Comment) -> int:
    """Return when a comment was written, seconds since 1970."""
    return int((comment.at or SEEN).timestamp())


def nickname(comment: Comment) -> str:
    """Return a masked name that goes with the account."""
    digest = int(comment.author or "0", 16)
    return SURNAMES[digest % len(SURNAMES)] + "***" + SURNAMES[digest // 97 % len(SURNAMES)]


def _weibo(comment: Comment) -> Row:
    at = (comment.at or SEEN).astimezone(CHINA)
    return {
        "comment_id": comment.comment_id,
        "create_time": seconds(comment),
        "create_date_time": at.strftime("%Y-%m-%d %H:%M:%S+08:00"),
        "note_id": comment.node_id or "",
        "content": comment.text,
        "sub_comment_count": comment.replies or 0,
        "comment_like_count": comment.likes or 0,
        "last_modify_ts": int(SEEN.timestamp() * 1000),
        "parent_comment_id": comment.parent_id or comment.comment_id,
        "creator_hash": comment.author or "",
        "nickname": nickname(comment),
    }


def _bilibili(comment: Comment) -> Row:
    return {
        "comment_id": comment.comment_id,
        "parent_comment_id": comment.parent_id or "0",
        "create_time": seconds(comment),
        "video_id": comment.node_id or "",
        "content": comment.text,
        "creator_hash": comment.author or "",
        "nickname": nickname(comment),
        "sub_comment_count": comment.replies or 0,
        "like_count": comment.likes or 0,
        "last_modify_ts": int(SEEN.timestamp() * 1000),
    }


def _douyin(comment: Comment) -> Row:
    return {
        "comment_id": comment.comment_id,
        "create_time": seconds(comment),
        "aweme_id": comment.node_id or "",
        "content": comment.text,
        "creator_hash": comment.author or "",
        "nickname": nickname(comment),
        "sub_comment_count": str(comment.replies or 0),
        "like_count": comment.likes or 0,
        "last_modify_ts": int(SEEN.timestamp() * 1000),
        "parent_comment_id": comment.parent_id or "0",
        "pictures": "",
    }


def _xiaohongshu(comment: Comment) -> Row:
    likes = comment.likes or 0
    return {
        "comment_id": comment.comment_id,
        "create_time": seconds(comment) * 1000,
        "note_id": comment.node_id or "",
        "content": comment.text,
        "creator_hash": comment.author or "",
        "nickname": nickname(comment),
        "sub_comment_count": str(comment.replies or 0),
        "pictures": "",
        "parent_comment_id": comment.parent_id or "",
        "last_modify_ts": int(SEEN.timestamp() * 1000),
        "like_count": f"{likes / 10_000:.1f}万" if likes >= 10_000 else str(likes),
    }
