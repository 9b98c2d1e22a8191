"""Works: posts, notes, videos, answers. One record, one post and an observation of each of its counters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from longtake.domain.comment import Comment
from longtake.domain.observation import Observation
from longtake.domain.receipt import Row
from longtake.domain.timed.moment import Moment, Precision
from longtake.ingest.identity import content_id
from longtake.ingest.observed import instant, observed
from longtake.ingest.reader import Context
from longtake.ingest.social.fields import (
    BLANK,
    identifier,
    named,
    place,
    tally,
    topics,
    when,
    words,
)
from longtake.ingest.social.mediacrawler.comments import author_of
from longtake.ingest.social.mediacrawler.plan import places
from longtake.ingest.social.mediacrawler.spec import Shape
from longtake.ingest.values import BadValue, number

_FIELDS = ("id", "title", "text", "at", "at_text", "likes", "replies", "shares", "region", "tags", "seen")
_SUBJECT = 60


def body(title: str, text: str) -> str:
    r"""Return title and text as one, without saying the same twice.

    Examples:
        >>> body("首映", "首映礼现场"), body("首映", "今晚见")
        ('首映礼现场', '首映\n今晚见')
    """
    if not title or text.startswith(title):
        return text or title
    return title if title.startswith(text) else f"{title}\n{text}"


class WorkPlan:
    """Makes a post and its observations of each record of a table of works."""

    __slots__ = ("_author", "_metrics", "_seen", "_shape", "_where")

    def __init__(self, shape: Shape, columns: Sequence[str], context: Context) -> None:
        self._shape = shape
        self._where = tuple((name, places(shape, columns, name)) for name in _FIELDS)
        self._metrics = tuple(
            (metric, columns.index(column)) for column, metric in shape.metrics.items() if column in columns
        )
        self._author = author_of(shape, columns, context)
        self._seen = observed(context)

    def rows(self, line: int, cells: Sequence[str]) -> tuple[Row, ...]:
        """Return the post of one record, then its counters in the order of the shape.

        Raises:
            BadValue: A cell does not fit.
        """
        cell = {
            name: next((cells[at] for at in where if cells[at] not in BLANK), "")
            for name, where in self._where
        }
        seen = Moment(*when(cell["seen"], None)) if cell["seen"] else self._seen
        taken = instant(seen)
        low, high, precision = when(cell["at"], taken)
        if low is None and cell["at_text"]:
            low, high, precision = when(cell["at_text"], taken)
        escaped = self._shape.escaped
        title, said = words(cell["title"], escaped=escaped), words(cell["text"], escaped=escaped)
        text = body(title, said)
        own = identifier(cell["id"])
        if own is None and not text:
            raise BadValue("an id, or at least a text")
        author = self._author(cells)
        post = Comment(
            own or content_id(self._shape.platform, cell["at"] or cell["at_text"], author, text),
            self._shape.platform,
            "post",
            text,
            line,
            at=low,
            at_end=high,
            at_precision=precision,
            author=author,
            likes=tally(cell["likes"]),
            replies=tally(cell["replies"]),
            shares=tally(cell["shares"]),
            region=place(cell["region"]),
            topics=named(cell["tags"]) or topics(text),
            observed_at=taken,
        )
        subject = title or said[:_SUBJECT] or post.comment_id
        return (post, *self._counters(post, own, subject, seen, cells))

    def _counters(
        self, post: Comment, own: str | None, subject: str, seen: Moment, cells: Sequence[str]
    ) -> Iterator[Observation]:
        for metric, at in self._metrics:
            raw = cells[at].strip()
            value = tally(raw)
            if value is None:
                continue
            plain = raw.isdecimal()
            yield Observation(
                subject,
                "node",
                post.platform,
                metric,
                float(value),
                "cumulative",
                post.source_line,
                at=seen.low,
                at_end=seen.high,
                at_precision=seen.precision if seen.low else Precision.UNKNOWN,
                censored=None if plain else number(raw).censored,
                raw=None if plain else raw,
                subject_at=post.at,
                node_id=own,
                observed_at=post.observed_at,
            )
