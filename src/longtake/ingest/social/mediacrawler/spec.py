"""What one MediaCrawler table looks like, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

AUTHOR: Mapping[str, str] = MappingProxyType(
    {
        "creator_hash": "author",
        "user_id": "author",
        "user_link": "author",
        "nickname": "nickname",
        "user_nickname": "nickname",
    }
)
"""Who wrote it, surest first: the newer hash, the older raw id, the profile link of Tieba, a name."""

PERSONAL: frozenset[str] = frozenset(
    {
        "avatar",
        "gender",
        "profile_url",
        "sec_uid",
        "sex",
        "short_user_id",
        "sign",
        "user_avatar",
        "user_signature",
        "user_unique_id",
        "user_url_token",
    }
)
"""Known and dropped: they describe a person, not an utterance."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One table of one platform, in every generation of its columns.

    Attributes:
        platform: As in :class:`~longtake.domain.comment.Comment`.
        table: comments or contents.
        marks: Columns that are all there in every generation and together tell the table apart.
        without: Columns of near-identical tables; one of them rules this table out.
        fields: Column to field. Where several columns feed one field, the first filled one wins.
            Fields: id, at, at_text, node, title, text, author, nickname, likes, replies, shares,
            region, parent, tags and seen (when the row was fetched).
        metrics: Column to metric, for the counters of a work; empty for comments.
        dropped: Further columns that are known and of no use (addresses, sizes, tokens).
        escaped: Whether the collector cut the tags out of HTML but left its entities in.
        about: One line for people.
    """

    platform: str
    table: str
    marks: frozenset[str]
    fields: Mapping[str, str]
    about: str
    without: frozenset[str] = frozenset()
    metrics: Mapping[str, str] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()
    escaped: bool = False

    @property
    def name(self) -> str:
        """Name of the reader.

        Examples:
            >>> Shape("weibo", "comments", frozenset(), {}, "").name
            'mediacrawler-weibo-comments'
        """
        return f"mediacrawler-{self.platform}-{self.table}"

    @property
    def known(self) -> frozenset[str]:
        """Every column of every generation, read or dropped on purpose."""
        return frozenset(self.fields) | frozenset(self.metrics) | self.dropped | PERSONAL | frozenset(AUTHOR)

    def fits(self, columns: frozenset[str]) -> bool:
        """Tell whether a table with these columns is this one.

        Examples:
            >>> shape = Shape("x", "comments", frozenset({"a"}), {}, "", without=frozenset({"b"}))
            >>> shape.fits(frozenset({"a", "c"})), shape.fits(frozenset({"a", "b"}))
            (True, False)
        """
        return self.marks <= columns and not self.without & columns
