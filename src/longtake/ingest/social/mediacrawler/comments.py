"""Comments: one record, one utterance. The path a million rows take, so everything is decided up front."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter

from longtake.domain.comment import Comment
from longtake.ingest.identity import content_id
from longtake.ingest.observed import instant, observed
from longtake.ingest.reader import Context
from longtake.ingest.social.fields import (
    identifier,
    parent,
    person,
    place,
    stamp,
    tally,
    topics,
    when,
    words,
)
from longtake.ingest.social.mediacrawler.plan import place_or_end, places
from longtake.ingest.social.mediacrawler.spec import Shape
from longtake.ingest.values import BadValue

_FIELDS = ("id", "node", "at", "at_text", "text", "likes", "replies", "region", "parent", "seen")
_AUTHORS = 65_536


def author_of(
    shape: Shape, columns: Sequence[str], context: Context
) -> Callable[[Sequence[str]], str | None]:
    """Return what finds the author's pseudonym in a record: the first filled id, else an unmasked name."""
    where = (*places(shape, columns, "author"), *places(shape, columns, "nickname"))
    platform, hide = shape.platform, context.pseudonym

    @lru_cache(maxsize=_AUTHORS)
    def hidden(raw: str) -> str | None:
        key = person(raw)
        return hide(platform, key) if key else None

    def author(cells: Sequence[str]) -> str | None:
        for at in where:
            found = hidden(cells[at])
            if found is not None:
                return found
        return None

    return author


class CommentPlan:
    """Makes one Comment of each record of a table of comments."""

    __slots__ = ("_author", "_escaped", "_pick", "_platform", "_seen")

    def __init__(self, shape: Shape, columns: Sequence[str], context: Context) -> None:
        self._platform, self._escaped = shape.platform, shape.escaped
        self._pick = itemgetter(*(place_or_end(shape, columns, name) for name in _FIELDS))
        self._author = author_of(shape, columns, context)
        self._seen = instant(observed(context))

    def rows(self, line: int, cells: Sequence[str]) -> tuple[Comment]:
        """Return the comment of one record.

        Raises:
            BadValue: A cell does not fit.
        """
        key, node, at, at_text, said, likes, replies, region, above, fetched = self._pick([*cells, ""])
        seen = (stamp(fetched) if fetched else None) or self._seen
        low, high, precision = when(at, seen)
        if low is None and at_text:
            low, high, precision = when(at_text, seen)
        text = words(said, escaped=self._escaped)
        author = self._author(cells)
        own = identifier(key)
        if own is None:
            if not text:
                raise BadValue("an id, or at least a text")
            own = content_id(self._platform, node, at or at_text, author, text)
        answered = parent(above, own)
        return (
            Comment(
                own,
                self._platform,
                "comment" if answered is None else "reply",
                text,
                line,
                low,
                high,
                precision,
                author,
                None,
                identifier(node),
                answered,
                None,
                tally(likes),
                tally(replies),
                None,
                None,
                place(region),
                None,
                None,
                topics(text),
                seen,
            ),
        )
