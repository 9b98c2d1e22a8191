"""What the columns of a table mean."""

from __future__ import annotations

import collections.abc
from dataclasses import dataclass, field

from longtake.ingest.templates.blank import KINDS
from longtake.ingest.templates.columns import Column

VALUE = "value:"
"""Prefix of a target that is one metric of a wide table of counts, such as ``value:plays``."""

FIELDS: collections.abc.Mapping[str, tuple[str, ...]] = {
    kind: tuple(column.name for column in KINDS[kind])
    for kind in ("comments", "counts", "events", "boxoffice", "nodes", "referrals")
}
"""The fields a column can stand for, by kind of row."""

DEFAULTED = frozenset({("comments", "platform")})
"""Fields the template asks for and a mapping may leave out."""

EITHER = (("code", "person"), ("inviter_code", "inviter"))
"""Fields of a referral of which one will do."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column of an unknown table stands for which field of a row.

    Attributes:
        kind: comments, counts, events, boxoffice, nodes or referrals.
        columns: Header of the source column by field; in counts also by ``value:`` and a metric, for
            a table with one column a metric.
        constants: A value for every row by field, where no column tells; a platform, say.

    Examples:
        >>> mapping = Mapping("comments", {"text": "评论内容"}, {"platform": "weibo"})
        >>> mapping.fits(("评论内容", "时间")), mapping.fits(("时间",)), mapping.missing
        (True, False, ())
    """

    kind: str
    columns: collections.abc.Mapping[str, str]
    constants: collections.abc.Mapping[str, str] = field(default_factory=dict)

    def fits(self, header: collections.abc.Sequence[str]) -> bool:
        """Whether a table with this header has every column the mapping names."""
        return bool(self.columns) and set(self.columns.values()) <= set(header)

    @property
    def metrics(self) -> tuple[str, ...]:
        """Metrics that have a column of their own, in the mapping's order."""
        return tuple(name.removeprefix(VALUE) for name in self.columns if name.startswith(VALUE))

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields without which no row can be made and that nothing stands for."""
        told = {*self.columns, *self.constants}
        wide = {"metric", "value"} if self.metrics else set()
        needed = (column.name for column in self.template if column.required)
        lacking = [name for name in needed if name not in told | wide and (self.kind, name) not in DEFAULTED]
        # Who came and through whom may each stand in either of two columns.
        either = EITHER if self.kind == "referrals" else ()
        return (*lacking, *(pair[0] for pair in either if not set(pair) & told))

    @property
    def template(self) -> tuple[Column, ...]:
        """The columns of the kind's own template."""
        return KINDS[self.kind]
