"""Labels as they are stored: one row a text and label."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

SCALE = 10_000
"""Scores and probabilities are stored times this, as whole numbers: sums do not depend on their order."""

SCHEMA = pa.schema(
    {
        "text": pa.int64(),
        "label": pa.string(),
        "value": pa.string(),
        "score_e4": pa.int64(),
        "p_e4": pa.int64(),
        "method": pa.string(),
        "span_start": pa.int64(),
        "span_end": pa.int64(),
    }
)
"""Columns: index of the text; label; value; score and probability x 10,000; method; range in the raw text."""


@dataclass(slots=True)
class Rows:
    """Labels on their way into a table; None is unknown.

    Attributes:
        text: Index of the text.
        label: Such as ``share`` or ``aspect.story``.
        value: Such as ``recommend`` or ``pos``.
        score_e4: Score times `SCALE`; None for labels without one.
        p_e4: Probability times `SCALE` that the label is right; None where nothing was measured.
        method: Model with version, or pack with date.
        begin: First character of the words that decided, in the raw text.
        end: One past the last.
    """

    text: list[int] = field(default_factory=list)
    label: list[str] = field(default_factory=list)
    value: list[str] = field(default_factory=list)
    score_e4: list[int | None] = field(default_factory=list)
    p_e4: list[int | None] = field(default_factory=list)
    method: list[str] = field(default_factory=list)
    begin: list[int | None] = field(default_factory=list)
    end: list[int | None] = field(default_factory=list)

    def add(
        self,
        text: int,
        label: str,
        value: str,
        method: str,
        *,
        span: tuple[int, int] | None = None,
        score_e4: int | None = None,
        p_e4: int | None = None,
    ) -> None:
        """Add one label."""
        self.text.append(text)
        self.label.append(label)
        self.value.append(value)
        self.score_e4.append(score_e4)
        self.p_e4.append(p_e4)
        self.method.append(method)
        self.begin.append(span[0] if span else None)
        self.end.append(span[1] if span else None)

    def table(self) -> pa.Table:
        """Return them as a table of `SCHEMA`, in the order they were added."""
        columns = (
            self.text,
            self.label,
            self.value,
            self.score_e4,
            self.p_e4,
            self.method,
            self.begin,
            self.end,
        )
        arrays = [pa.array(values, kind) for values, kind in zip(columns, SCHEMA.types, strict=True)]
        return pa.Table.from_arrays(arrays, schema=SCHEMA)
