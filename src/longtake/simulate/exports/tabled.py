"""Tables: Weibo's search file, Longtake's own templates, and subtitles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from longtake.domain.boxoffice import BoxOffice
from longtake.domain.comment import Comment
from longtake.domain.cue import Cue
from longtake.domain.event import Event
from longtake.domain.observation import Observation
from longtake.simulate.exports.crawled import Row, nickname, table
from longtake.simulate.plots.plot import CHINA

VERIFIED = {"official": "蓝V", "kol": "黄V"}


def searched(comments: Sequence[Comment]) -> dict[str, bytes]:
    """Return ``weibo/search.csv`` with the 21 columns of the longer search file: posts only."""
    rows: list[Row] = []
    for some in comments:
        if some.platform != "weibo" or some.kind != "post":
            continue
        rows.append(
            {
                "id": some.comment_id,
                "bid": _base62(int(some.comment_id)),
                "user_id": str(int(some.author or "0", 16) % 7_000_000_000 + 1_000_000_000),
                "用户昵称": nickname(some),
                "微博正文": some.text,
                "头条文章url": "",
                "发布位置": "",
                "艾特用户": "",
                "话题": (some.topics or "").strip("#").replace("##", ","),
                "转发数": some.shares or 0,
                "评论数": some.replies or 0,
                "点赞数": some.likes or 0,
                "发布时间": _minute(some.at),
                "发布工具": "",
                "微博图片url": "",
                "微博视频url": "",
                "retweet_id": "",
                "ip": f"发布于 {some.region}" if some.region else "",
                "user_authentication": VERIFIED.get(some.author_kind or "", "普通用户"),
                "会员类型": "",
                "会员等级": "",
            }
        )
    return {"weibo/search.csv": table(rows)} if rows else {}


def counts(observations: Sequence[Observation]) -> dict[str, bytes]:
    """Return the template ``counts.csv``."""
    rows: list[Row] = [
        {
            "at": _minute(some.at),
            "platform": some.platform,
            "subject": some.subject,
            "metric": some.metric,
            "value": _number(some.value),
            "kind": some.kind,
        }
        for some in observations
    ]
    return {"counts.csv": table(rows)} if rows else {}


def events(some: Sequence[Event]) -> dict[str, bytes]:
    """Return the template ``events.csv``."""
    rows: list[Row] = [
        {
            "kind": event.kind,
            "start": _minute(event.start),
            "end": _minute(event.end),
            "platform": event.platform or "",
            "city": event.city or "",
            "cost_cny": _number(event.cost_cny),
            "followers": _number(event.followers),
            "note": event.note or "",
        }
        for event in some
    ]
    return {"events.csv": table(rows)} if rows else {}


def box_office(some: Sequence[BoxOffice]) -> dict[str, bytes]:
    """Return the template ``boxoffice.csv``."""
    rows: list[Row] = [
        {
            "date": row.date.isoformat() if row.date else "",
            "city": row.city or "",
            "gross_cny": _number(row.gross_cny),
            "admissions": _number(row.admissions),
            "showings": _number(row.showings),
            "seats": _number(row.seats),
        }
        for row in some
    ]
    return {"boxoffice.csv": table(rows)} if rows else {}


def subtitles(cues: Sequence[Cue]) -> dict[str, bytes]:
    """Return one SRT file a node, named after it."""
    out: dict[str, list[str]] = {}
    for cue in cues:
        words = f"{cue.speaker}：{cue.text}" if cue.speaker and cue.speaker != "字幕" else cue.text
        block = f"{cue.number}\n{_clock(cue.start_ms)} --> {_clock(cue.end_ms)}\n{words}\n"
        out.setdefault(f"{cue.node_id}.srt", []).append(block)
    return {name: "\n".join(blocks).encode() for name, blocks in out.items()}


def _minute(at: datetime | None) -> str:
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if at else ""


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if value.is_integer() else repr(value)


def _clock(ms: int) -> str:
    """Return a time of day as SRT writes it.

    Examples:
        >>> _clock(3_723_450)
        '01:02:03,450'
    """
    rest, part = divmod(ms, 1000)
    return f"{rest // 3600:02d}:{rest // 60 % 60:02d}:{rest % 60:02d},{part:03d}"


def _base62(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    out = ""
    while number:
        number, rest = divmod(number, 62)
        out = digits[rest] + out
    return out
