"""A video and its comments as yt-dlp writes them into info.json."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from longtake.domain.comment import Comment
from longtake.domain.observation import Observation
from longtake.domain.receipt import Item
from longtake.domain.timed.moment import Moment, Precision
from longtake.errors import UnreadableFileError
from longtake.ingest.cells import Unfit, fit, needed
from longtake.ingest.formats.jsonfile import document
from longtake.ingest.head import Head
from longtake.ingest.observed import instant, observed
from longtake.ingest.reader import Context
from longtake.ingest.values.hashtags import hashtags
from longtake.ingest.values.moment import epoch, moment
from longtake.ingest.values.number import count
from longtake.ingest.values.text import clean
from longtake.ingest.western.ages import written
from longtake.ingest.western.fields import many, number_of, text_of

_COUNTERS = (
    ("view_count", "plays"),
    ("like_count", "likes"),
    ("comment_count", "comments"),
    ("repost_count", "shares"),
)
_PLATFORMS = {
    "youtube": "youtube",
    "bilibili": "bilibili",
    "tiktok": "tiktok",
    "twitter": "twitter",
    "vimeo": "vimeo",
}


@dataclass(frozen=True, slots=True)
class YtdlpReader:
    """Reads ``comments[]`` (records 1, 2, ...) and the video's counters (the record after the last)."""

    name: str = "ytdlp-info"
    about: str = "A video with its comments, saved by yt-dlp --write-info-json --write-comments."

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure it is that the head is yt-dlp's, in [0, 1]."""
        if head.form != "json":
            return 0.0
        seen = set(head.record) | set(head.columns)
        tool = {"_type", "extractor", "extractor_key", "webpage_url", "formats", "epoch", "comments"} & seen
        if {"id", "title"} <= seen and ("comments" in seen or "extractor" in seen):
            return 0.95 if len(tool) >= 3 else 0.85
        return 0.85 if {"id", "text", "parent", "like_count", "timestamp"} <= seen else 0.0

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield one Comment or one refusal a comment, then the video's counters, in file order.

        Raises:
            UnreadableFileError: The file is not one object.
        """
        video = document(path, context.head)
        if not isinstance(video, dict):
            raise UnreadableFileError(path, "is not one object")
        try:
            taken = _taken(video, context)
        except Unfit as unfit:
            yield unfit.refused(1)
            return
        comments = many(video, "comments")
        for line, record in enumerate(comments, 1):
            if not isinstance(record, dict):
                yield Unfit("*", record, "an object with id and text").refused(line)
                continue
            try:
                yield _comment(record, line, context, video, taken)
            except Unfit as unfit:
                yield unfit.refused(line)
        try:
            yield from list(_counters(video, len(comments) + 1, taken))
        except Unfit as unfit:
            yield unfit.refused(len(comments) + 1)


def _platform(video: Mapping[str, object]) -> str:
    told = (text_of(video, "extractor_key") or text_of(video, "extractor")).casefold()
    if not told:
        return "youtube"
    return next((kept for name, kept in _PLATFORMS.items() if told.startswith(name)), "other")


def _taken(video: Mapping[str, object], context: Context) -> Moment:
    at = fit(epoch, number_of(video, "epoch") or 0, "epoch")
    return Moment(at, at + timedelta(seconds=1), Precision.SECOND) if at else observed(context)


def _comment(
    record: Mapping[str, object], line: int, context: Context, video: Mapping[str, object], taken: Moment
) -> Comment:
    platform, node = _platform(video), text_of(video, "id") or None
    cid = needed(text_of(record, "id"), "id", "the id of the comment")
    text = needed(text_of(record, "text"), "text", "what was written")
    stamp = fit(epoch, number_of(record, "timestamp") or 0, "timestamp")
    age = text_of(record, "_time_text") if platform == "youtube" else ""
    seen = instant(taken) if taken.precision is Precision.SECOND or stamp is None else None
    when = written(age, stamp, seen if age else None, "_time_text")
    author = text_of(record, "author_id") or text_of(record, "author")
    parent = text_of(record, "parent")
    reply = parent not in {"", "root"}
    return Comment(
        cid, platform, "reply" if reply else "comment", text, line,
        at=when.low, at_end=when.high, at_precision=when.precision,
        author=context.pseudonym(platform, author) if author else None,
        author_kind="official" if record.get("author_is_uploader") is True else None,
        node_id=node, parent_id=parent if reply else None,
        likes=fit(count, number_of(record, "like_count"), "like_count"),
        topics=hashtags(text), observed_at=instant(taken),
    )  # fmt: skip


def _published(video: Mapping[str, object]) -> datetime | None:
    at = fit(epoch, number_of(video, "timestamp") or 0, "timestamp")
    if at is None and (day := text_of(video, "upload_date")):
        at = fit(lambda raw: moment(raw, observed_at=None), day, "upload_date").low
    return at


def _counters(video: Mapping[str, object], line: int, taken: Moment) -> Iterator[Observation]:
    node = text_of(video, "id") or None
    platform = _platform(video)
    subject = " ".join(clean(text_of(video, "title")).split()) or node
    if subject is None:
        return
    for key, metric in _COUNTERS:
        value = fit(count, number_of(video, key), key)
        if value is not None:
            yield Observation(
                subject, "node", platform, metric, float(value), "cumulative", line,
                taken.low, taken.high, taken.precision, subject_at=_published(video), node_id=node,
                observed_at=instant(taken),
            )  # fmt: skip


READER = YtdlpReader()
