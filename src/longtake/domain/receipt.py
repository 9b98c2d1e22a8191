"""What an import did with every row it met."""

from __future__ import annotations

from dataclasses import dataclass, field

from longtake.domain.boxoffice import BoxOffice
from longtake.domain.comment import Comment
from longtake.domain.cue import Cue, ScriptLine
from longtake.domain.event import Event
from longtake.domain.node import Node
from longtake.domain.observation import Observation
from longtake.domain.referral import Referral

Row = Comment | Observation | BoxOffice | Event | Cue | Node | Referral | ScriptLine


@dataclass(frozen=True, slots=True)
class Refused:
    """One source record that was not taken in, and what would have done.

    Attributes:
        line: 1-based line or record number in the source file.
        column: The column at fault; ``*`` when the record as a whole is.
        value: What stood there, at most 80 characters.
        expected: What would have been taken.
    """

    line: int
    column: str
    value: str
    expected: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about a file that a person should know; it costs no row.

    Attributes:
        kind: unknown_columns, missing_hours, summary_row, sample, row_cap, banner, no_time, drift,
            script_time, script_cut or personal_left_out.
        values: The columns, hours or lines it speaks of, sorted.
    """

    kind: str
    values: tuple[str, ...] = ()


Item = Row | Refused | Notice


@dataclass(frozen=True, slots=True)
class FileReceipt:
    """What became of one file; ``rows_in == kept + duplicate + len(refused)``.

    Attributes:
        path: As the person gave it; members of an archive as ``archive.zip!/member``.
        reader: Name of the reader; None when none recognised the file.
        sha256: Of the file's bytes, hexadecimal.
        rows_in: Source records met.
        kept: Records that added something new.
        duplicate: Records already there; a later count of likes is still taken over.
        refused: Records not taken in, in file order.
        unknown_columns: Columns the reader does not know, in file order.
        notices: Everything else worth knowing.
        error: Why the file as a whole was refused; empty when it was read to its end.
        tables: Rows stored by table.
    """

    path: str
    reader: str | None
    sha256: str
    rows_in: int = 0
    kept: int = 0
    duplicate: int = 0
    refused: tuple[Refused, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    error: str = ""
    tables: dict[str, int] = field(default_factory=dict)
