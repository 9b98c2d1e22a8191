"""Comments of a YouTube video as youtube-comment-downloader writes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from longtake.domain.comment import Comment
from longtake.domain.receipt import Item, Refused
from longtake.ingest.cells import Unfit, fit, needed, strangers
from longtake.ingest.formats.table import dicts
from longtake.ingest.head import Head
from longtake.ingest.observed import instant, observed
from longtake.ingest.reader import Context
from longtake.ingest.values.hashtags import hashtags
from longtake.ingest.values.moment import epoch
from longtake.ingest.values.number import count
from longtake.ingest.western.ages import written
from longtake.ingest.western.fields import number_of, text_of

KNOWN = frozenset({
    "cid", "text", "time", "author", "channel", "votes", "replies", "photo", "heart", "reply", "time_parsed",
    "paid",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class YoutubeCommentsReader:
    """Reads JSON Lines with ``cid``, ``text``, ``time`` and ``time_parsed``."""

    name: str = "youtube-comment-downloader"
    about: str = "YouTube comments saved with youtube-comment-downloader (JSON Lines)."

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure it is that the head is the tool's, in [0, 1]."""
        if head.form not in {"jsonl", "json"}:
            return 0.0
        seen = set(head.columns) | set(head.record)
        return 0.95 if {"cid", "text", "votes", "channel"} <= seen else 0.0

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield one Comment or one refusal a line, in file order."""
        yield from strangers(context.head.columns, KNOWN)
        for line, record in dicts(path, context.head):
            if isinstance(record, Refused):
                yield record
                continue
            try:
                yield _comment(record, line, context)
            except Unfit as unfit:
                yield unfit.refused(line)


def _comment(record: Mapping[str, object], line: int, context: Context) -> Comment:
    cid = needed(text_of(record, "cid"), "cid", "the id of the comment")
    text = needed(text_of(record, "text"), "text", "what was written")
    guessed = fit(epoch, number_of(record, "time_parsed") or 0, "time_parsed")
    taken = instant(observed(context))
    when = written(
        text_of(record, "time"), guessed, context.observed_at or (None if guessed else taken), "time"
    )
    author = text_of(record, "channel") or text_of(record, "author")
    reply = record.get("reply") is True or "." in cid
    return Comment(
        cid, "youtube", "reply" if reply else "comment", text, line,
        at=when.low, at_end=when.high, at_precision=when.precision,
        author=context.pseudonym("youtube", author) if author else None,
        parent_id=cid.split(".", 1)[0] if "." in cid else None,
        likes=fit(count, text_of(record, "votes"), "votes"),
        replies=fit(count, text_of(record, "replies"), "replies"),
        topics=hashtags(text), observed_at=taken,
    )  # fmt: skip


READER = YoutubeCommentsReader()
