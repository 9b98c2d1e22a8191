"""One Weibo post from a JSON object, whatever the names of its keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from longtake.domain.comment import Comment
from longtake.ingest.cells import Unfit, fit
from longtake.ingest.reader import Context
from longtake.ingest.social.fields import identifier, named, parent, person, place, tally, topics, when, words
from longtake.ingest.social.records import flat
from longtake.ingest.values import plain

_PLATFORM = "weibo"


@dataclass(frozen=True, slots=True)
class Source:
    """What stays the same for every post of a file.

    Attributes:
        context: As the reader got it.
        seen: When the counts were read off the platform, aware UTC.
    """

    context: Context
    seen: datetime | None


def build_post(
    record: Mapping[str, object],
    line: int,
    source: Source,
    *,
    markup: str,
    at: str,
    region: str,
    user: str,
    kind: str | None,
    original: str,
) -> Comment:
    """Return one post.

    Args:
        record: The object; its counts are attitudes_count, comments_count and reposts_count.
        line: Number of its record.
        source: What stays the same.
        markup: The text as HTML or plain.
        at: The time as it stands.
        region: The region as it stands.
        user: The author's id or name; empty when unknown.
        kind: official, kol or audience, None when unknown.
        original: Id of the post it passes on; empty for none.

    Raises:
        Unfit: A value does not fit.
    """
    own = fit(identifier, flat(record, "id") or flat(record, "mid") or flat(record, "idstr"), "id")
    if own is None:
        raise Unfit("id", "", "the id of the post")
    low, high, precision = fit(lambda raw: when(raw, source.seen), at, "created_at")
    text = words(plain(markup))
    author = person(user)
    return Comment(
        own,
        _PLATFORM,
        "post",
        text,
        line,
        at=low,
        at_end=high,
        at_precision=precision,
        author=source.context.pseudonym(_PLATFORM, author) if author else None,
        author_kind=kind,
        parent_id=fit(lambda raw: parent(raw, own), original, "retweet"),
        likes=fit(tally, flat(record, "attitudes_count"), "attitudes_count"),
        replies=fit(tally, flat(record, "comments_count"), "comments_count"),
        shares=fit(tally, flat(record, "reposts_count"), "reposts_count"),
        region=place(region),
        topics=named(flat(record, "topics")) or topics(text),
        observed_at=source.seen,
    )
