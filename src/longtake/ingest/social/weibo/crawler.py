"""The posts of one account, as weibo-crawler writes them to JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from longtake.domain.comment import Comment
from longtake.domain.receipt import Item, Notice, Refused
from longtake.errors import UnreadableFileError
from longtake.ingest.cells import Unfit
from longtake.ingest.formats.jsonfile import document
from longtake.ingest.head import Head
from longtake.ingest.observed import instant, observed
from longtake.ingest.reader import Context
from longtake.ingest.social.records import child, flat
from longtake.ingest.social.weibo.post import Source, build_post
from longtake.ingest.social.weibo.verified import verified_type

_CAP = "1000000"
_READ = frozenset(
    {
        "attitudes_count", "comments_count", "created_at", "full_created_at", "id", "ip", "region_name",
        "reposts_count", "retweet", "screen_name", "text", "topics", "user_id",
    }
)  # fmt: skip
_DROPPED = frozenset(
    {
        "article_url", "at_users", "bid", "edit_count", "edited", "is_original", "live_photo_url", "location",
        "pics", "source", "url", "video_url",
    }
)  # fmt: skip


class WeiboCrawler:
    """Reads ``{"user": {...}, "weibo": [...]}``; a passed-on post is kept beside its carrier."""

    name = "weibo-crawler"
    about = "weibo-crawler (dataabc), JSON: the posts of one account"

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure the reader is, by the keys of the first post."""
        if head.form != "json" or not head.text.lstrip("\ufeff \t\r\n").startswith("{"):
            return 0.0
        named = '"weibo"' in head.text and '"user"' in head.text
        posts = {"bid", "created_at", "attitudes_count", "reposts_count"} <= set(head.columns)
        if named and posts:
            return 0.95
        return 0.9 if named and '"bid"' in head.text and '"attitudes_count"' in head.text else 0.0

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield the posts or the refusal of each element of the list, in file order."""
        whole = document(path, context.head)
        posts = whole.get("weibo") if isinstance(whole, dict) else None
        if not isinstance(whole, dict) or not isinstance(posts, list):
            raise UnreadableFileError(path, "no list of posts stands under 'weibo'")
        source = Source(context, instant(observed(context)))
        strange: set[str] = set()
        capped = False
        for line, record in enumerate(posts, 1):
            if not isinstance(record, dict):
                yield Refused(line, "*", repr(record)[:80], "a JSON object")
                continue
            strange.update(record.keys() - _READ - _DROPPED)
            try:
                rows = tuple(_posts(record, line, source, child(whole, "user")))
            except Unfit as unfit:
                yield unfit.refused(line)
                continue
            capped = capped or any(row.shares == int(_CAP) for row in rows)
            yield from rows
        if capped:
            yield Notice("sample", (f"reposts_count={_CAP}",))
        if strange:
            yield Notice("unknown_columns", tuple(sorted(strange)))


def _posts(
    record: Mapping[str, object], line: int, source: Source, owner: Mapping[str, object]
) -> Iterator[Comment]:
    passed = child(record, "retweet")
    yield _post(record, line, source, owner, original=flat(passed, "id"))
    if flat(passed, "id"):
        yield _post(passed, line, source, owner, original="")


def _post(
    record: Mapping[str, object],
    line: int,
    source: Source,
    owner: Mapping[str, object],
    *,
    original: str,
) -> Comment:
    user = flat(record, "user_id")
    owned = bool(user) and user == flat(owner, "id")
    return build_post(
        record,
        line,
        source,
        markup=flat(record, "text"),
        at=flat(record, "full_created_at") or flat(record, "created_at"),
        region=flat(record, "region_name") or flat(record, "ip"),
        user=user or flat(record, "screen_name"),
        kind=verified_type(flat(owner, "verified_type")) if owned else None,
        original=original,
    )
