"""Danmaku, short reviews, ticket-office reviews and hot lists in the shapes their sites give."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from xml.sax.saxutils import escape

from longtake.domain.comment import Comment
from longtake.simulate.exports.crawled import nickname, seconds
from longtake.simulate.plots.plot import CHINA
from longtake.simulate.sample import Snapshot

STAR_TITLES = {5: "力荐", 4: "推荐", 3: "还行", 2: "较差", 1: "很差"}


def danmaku(comments: Sequence[Comment]) -> dict[str, bytes]:
    """Return ``bilibili/danmaku.xml``, in order of position in the film."""
    rows = [some for some in comments if some.kind == "danmaku"]
    if not rows:
        return {}
    items = []
    for some in sorted(rows, key=lambda row: (row.film_ms or 0, row.comment_id)):
        mode = 5 if int(some.comment_id) % 23 == 0 else 1
        author = (some.author or "")[:8]
        place = f"{(some.film_ms or 0) / 1000:.5f},{mode},25,16777215"
        place += f",{seconds(some)},0,{author},{some.comment_id},10"
        items.append(f'<d p="{place}">{escape(some.text)}</d>')
    head = '<?xml version="1.0" encoding="UTF-8"?><i><chatserver>chat.bilibili.com</chatserver>'
    limits = f"<chatid>{rows[0].node_id}</chatid><mission>0</mission><maxlimit>3000</maxlimit>"
    return {"bilibili/danmaku.xml": (head + limits + "".join(items) + "</i>").encode()}


def short_reviews(comments: Sequence[Comment]) -> dict[str, bytes]:
    """Return ``douban/comments.html``, newest first."""
    rows = [some for some in comments if some.platform == "douban"]
    if not rows:
        return {}
    parts = ['<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><div id="comments">']
    for some in reversed(rows):
        when = some.at.astimezone(CHINA) if some.at else None
        stars = round(some.rating) if some.rating else 0
        rating = f'<span class="allstar{stars}0 rating" title="{STAR_TITLES[stars]}"></span>' if stars else ""
        place = f'<span class="comment-location">{some.region}</span>' if some.region else ""
        stamp = when.strftime("%Y-%m-%d %H:%M:%S") if when else ""
        parts.append(
            f'<div class="comment-item" data-cid="{some.comment_id}"><div class="comment"><h3>'
            f'<span class="comment-vote"><span class="votes vote-count">{some.likes or 0}</span></span>'
            f'<span class="comment-info"><a href="https://www.douban.com/people/{some.author}/">'
            f"{escape(nickname(some))}</a><span>看过</span>{rating}"
            f'<span class="comment-time" title="{stamp}">{stamp[:10]}</span>{place}</span></h3>'
            f'<p class="comment-content"><span class="short">{escape(some.text)}</span></p></div></div>\n'
        )
    return {"douban/comments.html": "".join([*parts, "</div></body></html>\n"]).encode()}


def ticket_reviews(comments: Sequence[Comment]) -> dict[str, bytes]:
    """Return ``maoyan/comments.json``, newest first."""
    rows = [some for some in comments if some.platform == "maoyan"]
    if not rows:
        return {}
    items = []
    for some in reversed(rows):
        item: dict[str, str | int | float] = {"id": int(some.comment_id), "nickName": nickname(some)}
        if some.region:
            item["cityName"] = some.region
        item["content"] = some.text
        if some.rating is not None:
            item["score"] = some.rating
        when = some.at.astimezone(CHINA) if some.at else None
        item["startTime"] = when.strftime("%Y-%m-%d %H:%M:%S") if when else ""
        item["approve"] = some.likes or 0
        item["reply"] = some.replies or 0
        items.append(item)
    body = {"cmts": items, "hcmts": [], "total": len(items)}
    return {"maoyan/comments.json": (json.dumps(body, ensure_ascii=False) + "\n").encode()}


def hot_lists(snapshots: Sequence[Snapshot]) -> dict[str, bytes]:
    """Return one JSON list an hour, ``hotlist/DAY/HOUR.json`` in Chinese time."""
    out = {}
    for snapshot in snapshots:
        at = snapshot.at.astimezone(CHINA)
        shown = int((at + timedelta(minutes=2)).timestamp())
        items = []
        for place, entry in enumerate(snapshot.entries, 1):
            extra = f"band_rank%3D{place}%26realpos%3D{place}%26flag%3D0%26display_time%3D{shown}"
            items.append(
                {
                    "title": entry.title,
                    "category": entry.category or "\n      暂无\n  ",
                    "description": entry.description,
                    "url": f"https://m.weibo.cn/search?containerid=1&extparam={extra}",
                    "hot": entry.hot,
                    "ads": entry.sponsored,
                }
            )
        name = f"hotlist/{at:%Y-%m-%d}/{at:%H}.json"
        out[name] = (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode()
    return out
