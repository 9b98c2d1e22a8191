"""Posts found by a keyword, as the weibo-search spider and its forks write them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from pathlib import Path

from longtake.domain.comment import Comment
from longtake.domain.receipt import Item, Notice
from longtake.ingest.cells import Unfit
from longtake.ingest.formats.table import table
from longtake.ingest.head import Head
from longtake.ingest.identity import content_id
from longtake.ingest.observed import instant, observed
from longtake.ingest.reader import Context
from longtake.ingest.social.drift import Drift
from longtake.ingest.social.fields import identifier, named, parent, person, place, tally, topics, when, words
from longtake.ingest.social.weibo.verified import badge
from longtake.ingest.values import BadValue

_PLATFORM = "weibo"
_READ = (
    "id",
    "user_id",
    "用户昵称",
    "微博正文",
    "话题",
    "转发数",
    "评论数",
    "点赞数",
    "发布时间",
    "retweet_id",
    "ip",
    "user_authentication",
)
_DROPPED = frozenset(
    {
        "bid", "keyword", "头条文章url", "发布位置", "艾特用户", "发布工具", "微博图片url", "微博视频url",
        "会员类型", "会员等级", "关键词", "搜索关键词",
    }
)  # fmt: skip
_MARKS = frozenset({"id", "微博正文", "转发数", "评论数", "点赞数", "发布时间"})
_CHECKS: dict[str, Callable[[str], object]] = {
    "id": identifier,
    "user_id": identifier,
    "retweet_id": identifier,
    "转发数": tally,
    "评论数": tally,
    "点赞数": tally,
    "发布时间": lambda raw: when(raw, None),
}
_AUTHORS = 65_536


class WeiboSearch:
    """Reads the 16 columns of the spider and the 20 to 22 of its forks, by their names."""

    name = "weibo-search"
    about = "weibo-search (dataabc) and its forks: posts found by a keyword, one CSV a keyword"

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure the reader is, by the columns alone."""
        columns = frozenset(head.columns)
        if head.form not in {"csv", "xlsx", "xls"} or not columns >= _MARKS:
            return 0.0
        return 0.95 if {"bid", "retweet_id"} <= columns else 0.7

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield a post or a refusal for each record, in file order."""
        columns = context.head.columns
        strange = {column for column in columns if column}.difference(_READ, _DROPPED)
        if strange:
            yield Notice("unknown_columns", tuple(sorted(strange)))
        post = _maker(columns, context)
        drift, width = Drift(columns), len(columns)
        for line, cells in table(path, context.head):
            if len(cells) != width:
                yield drift.refused(line, cells)
                continue
            try:
                made = post(line, cells)
            except BadValue as bad:
                yield drift.refused(line, cells, _faults(columns, cells, bad))
                continue
            drift.steady()
            yield made
        yield from drift.notices()


def _maker(columns: Sequence[str], context: Context) -> Callable[[int, Sequence[str]], Comment]:
    pick = itemgetter(*(columns.index(name) if name in columns else len(columns) for name in _READ))
    seen, hide = instant(observed(context)), context.pseudonym

    @lru_cache(maxsize=_AUTHORS)
    def hidden(user: str, nick: str) -> str | None:
        key = person(identifier(user) or "") or person(nick)
        return hide(_PLATFORM, key) if key else None

    def post(line: int, cells: Sequence[str]) -> Comment:
        key, user, nick, said, tags, shares, replies, likes, at, above, ip, kind = pick([*cells, ""])
        text = words(said)
        author = hidden(user, nick)
        low, high, precision = when(at, seen)
        own = identifier(key)
        if own is None:
            if not text:
                raise BadValue("an id, or at least a text")
            own = content_id(_PLATFORM, at, author, text)
        return Comment(
            own,
            _PLATFORM,
            "post",
            text,
            line,
            at=low,
            at_end=high,
            at_precision=precision,
            author=author,
            author_kind=badge(kind),
            parent_id=parent(above, own),
            likes=tally(likes),
            replies=tally(replies),
            shares=tally(shares),
            region=place(ip),
            topics=named(tags) or topics(text),
            observed_at=seen,
        )

    return post


def _faults(columns: Sequence[str], cells: Sequence[str], bad: BadValue) -> list[Unfit]:
    found: list[Unfit] = []
    for column, cell in zip(columns, cells, strict=True):
        try:
            _CHECKS.get(column, str)(cell)
        except BadValue as fault:
            found.append(Unfit(column, "" if column == "user_id" else cell, fault.expected))
    return found or [Unfit("*", "", bad.expected)]
