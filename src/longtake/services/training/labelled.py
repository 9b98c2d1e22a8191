"""A team's own labelled rows: one table with a column of texts and a column that says good or bad."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from longtake.domain.receipt import Refused
from longtake.errors import UnreadableFileError
from longtake.ingest.formats.table import dicts
from longtake.ingest.mapping.synonyms import SYNONYMS
from longtake.ingest.peek import peek
from longtake.ingest.templates.columns import key
from longtake.services.training.scales import scale_of

TEXTS = ("text", "文本", "评论内容", "评论", "内容", "正文", "comments", *SYNONYMS["comments"]["text"])
"""Headers of the column of texts; the first that a table has counts."""

LABELS = (
    *("label", "标签", "polarity", "极性", "sentiment", "情感", "情感极性", "情感倾向", "情感标签", "正负面"),
    *("类别", "class", "labels", "标注"),
)
RATINGS = ("rating", "评分", "星级", "stars", "star", "打分", "星数", "score", "分数", "评级", "rate")

_UNIT = re.compile(r"\s*[（(\[【][^）)\]】]{0,20}[）)\]】]\s*$")
_SHOWN = 80
_BATCH = 1 << 14


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a table of labelled texts holds.

    Attributes:
        texts: Texts that were taken, in file order.
        values: From 0 (bad) to 1 (good) for each of them; 0.5 is neutral.
        refused: Every row that was not taken, with what would have been.
        text_column: Header of the column of texts.
        label_column: Header of the column of labels.
        scale: What the labels were read as.
    """

    texts: list[str]
    values: list[float]
    refused: list[Refused]
    text_column: str
    label_column: str
    scale: str


def read(path: Path) -> Labelled:
    """Read a table of labelled texts: CSV, XLSX, XLS, JSON, JSON Lines or Parquet.

    Every row is either taken or refused; ``len(texts) + len(refused)`` is the number of rows.

    Raises:
        UnreadableFileError: The file is damaged, no table, or lacks one of the two columns.
        HostileFileError: It would cost more to open than any real export does.
    """
    headers, records = _open(path)
    text_column = _column(path, headers, TEXTS, "text", "text, 文本, 内容 or 评论")
    wanted = "label, 标签, rating, 评分, stars, 星级 or polarity"
    label_column = _column(path, headers, (*LABELS, *RATINGS), "label", wanted)
    rated = _plain(label_column) in {key(name) for name in RATINGS}
    rows: list[tuple[int, str, object]] = []
    refused: list[Refused] = []
    for line, record in records:
        if isinstance(record, Refused):
            refused.append(record)
        elif not isinstance(text := record.get(text_column), str) or not text.strip():
            refused.append(Refused(line, text_column, _shown(text), "a text"))
        else:
            rows.append((line, text, record.get(label_column)))
    scale = scale_of([label for _, _, label in rows], rated=rated)
    texts, values = [], []
    for line, text, label in rows:
        value = scale.value(label)
        if value is None:
            refused.append(Refused(line, label_column, _shown(label), scale.expected))
        else:
            texts.append(text)
            values.append(value)
    refused.sort(key=lambda row: row.line)
    return Labelled(texts, values, refused, text_column, label_column, scale.name)


Records = Iterator[tuple[int, dict[str, object] | Refused]]


def _open(path: Path) -> tuple[Sequence[str], Records]:
    with path.open("rb") as file:
        parquet = file.read(4) == b"PAR1"
    if not parquet:
        head = peek(path)
        return head.columns, dicts(path, head)
    try:
        held = pq.ParquetFile(path)
    except (OSError, ValueError, pa.ArrowException) as error:
        raise UnreadableFileError(path, f"a damaged Parquet file ({error})") from error
    return held.schema_arrow.names, _parquet(path, held)


def _parquet(path: Path, held: pq.ParquetFile) -> Records:
    line = 0
    try:
        for batch in held.iter_batches(batch_size=_BATCH):
            for record in batch.to_pylist():
                line += 1
                yield line, record
    except (OSError, ValueError, pa.ArrowException) as error:
        raise UnreadableFileError(path, f"a damaged Parquet file after row {line} ({error})") from error


def _column(path: Path, headers: Sequence[str], names: Sequence[str], what: str, wanted: str) -> str:
    held = {_plain(header): header for header in reversed(headers)}
    for name in names:
        if key(name) in held:
            return held[key(name)]
    seen = ", ".join(headers[:12]) or "none"
    raise UnreadableFileError(path, f"no column of the {what}; it has {seen}", fix=f"Name one {wanted}.")


def _plain(header: str) -> str:
    return key(_UNIT.sub("", header))


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell)[:_SHOWN]
