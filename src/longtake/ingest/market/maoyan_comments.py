"""Reviews of one film as Maoyan's mobile pages answer them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from longtake.domain.comment import Comment
from longtake.domain.receipt import Item, Notice
from longtake.domain.timed.moment import Moment, Precision
from longtake.errors import UnreadableFileError
from longtake.ingest.cells import Unfit, fit, needed, strangers
from longtake.ingest.formats.jsonfile import document
from longtake.ingest.head import Head
from longtake.ingest.identity import content_id
from longtake.ingest.observed import instant, observed
from longtake.ingest.reader import Context
from longtake.ingest.values.hashtags import hashtags
from longtake.ingest.values.moment import moment
from longtake.ingest.values.number import count, ident, number
from longtake.ingest.values.region import region
from longtake.ingest.values.text import clean

KNOWN = frozenset({
    "id", "content", "score", "startTime", "time", "approve", "upCount", "reply", "replyCount", "cityName",
    "nickName", "nick", "userId", "movieId", "gender", "userLevel", "approved", "avatarUrl", "avatarurl",
    "authInfo", "isMajor", "juryLevel", "majorType", "oppose", "pro", "spoiler", "supportComment",
    "supportLike", "sureViewed", "tagList", "vipType", "vipInfo", "filmView", "readonly", "created",
    "degree", "imageUrls", "likedByCurrentUser", "replyList", "ugcType", "topicName", "hotComment",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class MaoyanCommentsReader:
    """Reads ``cmts`` and ``hcmts`` (scores 0 to 5), or ``data.comments`` (scores 0 to 10)."""

    name: str = "maoyan-comments"
    about: str = "Reviews of a film on Maoyan's mobile pages, the JSON answer saved as a file."

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure it is that the head is Maoyan's, in [0, 1]."""
        if head.form != "json":
            return 0.0
        if "cmts" in head.record or {"cityName", "score", "content"} <= set(head.columns):
            return 0.95 if '"score"' in head.text else 0.6
        if "data" in head.record or {"nick", "score"} <= set(head.columns):
            keys = ('"comments"', '"nick"', '"score"', '"upCount"')
            return 0.9 if all(key in head.text for key in keys) else 0.0
        return 0.0

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield one Comment or one refusal a review: the plain ones, then the hot ones."""
        found = document(path, context.head)
        outer: Mapping[str, object] = found if isinstance(found, dict) else {}
        data = outer.get("data")
        newer = isinstance(data, dict) and isinstance(data.get("comments"), list)
        if not newer and "cmts" not in outer and "hcmts" not in outer:
            raise UnreadableFileError(path, "holds neither cmts nor data.comments")
        older = [*_all(outer.get("cmts")), *_all(outer.get("hcmts"))]
        records = _all(data.get("comments")) if newer and isinstance(data, dict) else older
        stars = _stars(records) if newer else 1.0
        if stars is None:
            yield Notice("drift", ("score",))
        if records and isinstance(records[0], dict):
            yield from strangers(records[0], KNOWN)
        for line, record in enumerate(records, 1):
            if not isinstance(record, dict):
                yield Unfit("*", record, "an object with content and score").refused(line)
                continue
            try:
                yield _comment(record, line, context, stars)
            except Unfit as unfit:
                yield unfit.refused(line)


def _all(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _stars(records: Sequence[object]) -> float | None:
    """Return stars a point of ``data.comments``: half a star once a score passes 5, else not known."""
    scores = [record.get("score") for record in records if isinstance(record, dict)]
    return 0.5 if any(isinstance(score, (int, float)) and score > 5 for score in scores) else None


def _rating(raw: object, stars: float | None) -> float | None:
    value = fit(number, raw if isinstance(raw, (str, int, float)) else None, "score").value
    if not value or stars is None:
        return None
    if not 0.5 <= value * stars <= 5:
        raise Unfit("score", raw, "a score that makes 0.5 to 5 stars")
    return value * stars


def _when(record: Mapping[str, object], context: Context) -> Moment:
    taken = instant(observed(context))
    for key in ("startTime", "time"):
        raw = record.get(key)
        if isinstance(raw, (str, int)) and raw not in ("", 0):
            return fit(lambda value: moment(value, observed_at=taken), raw, key)
    return Moment(None, None, Precision.UNKNOWN)


def _first(record: Mapping[str, object], *keys: str) -> str:
    found = (clean(str(record[key])) for key in keys if isinstance(record.get(key), (str, int, float)))
    return next((text for text in found if text), "")


def _comment(record: Mapping[str, object], line: int, context: Context, stars: float | None) -> Comment:
    text = needed(_first(record, "content"), "content", "what was written")
    when = _when(record, context)
    author = _first(record, "userId", "nickName", "nick")
    return Comment(
        fit(ident, _first(record, "id"), "id") or content_id("maoyan", author, when.raw, text),
        "maoyan", "review", text, line,
        at=when.low, at_end=when.high, at_precision=when.precision,
        author=context.pseudonym("maoyan", author) if author else None,
        node_id=fit(ident, _first(record, "movieId"), "movieId"),
        likes=fit(count, _first(record, "approve", "upCount"), "approve"),
        replies=fit(count, _first(record, "reply", "replyCount"), "reply"),
        rating=_rating(record.get("score"), stars),
        region=region(_first(record, "cityName")),
        topics=hashtags(text),
        observed_at=instant(observed(context)),
    )  # fmt: skip


READER = MaoyanCommentsReader()
