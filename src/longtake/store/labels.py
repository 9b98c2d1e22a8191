"""The label step: what each stored comment says, written beside it in the same import."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from longtake.errors import LongtakeError
from longtake.store.schema import PROVENANCE, TABLES

VARIABLE = "LONGTAKE_WORKERS"
"""Names how many processes label; by default one a core."""

Told = Callable[[int, int], None]
"""Is told how many comments are labelled, and of how many."""

_READ = (*PROVENANCE, "text")
_FEWEST = 2
"""Row groups below which other processes would cost more than they bring."""


class LabellingError(LongtakeError):
    """A process that labels comments ended before its time."""

    code = "labelling"

    def __init__(self, comments: int) -> None:
        super().__init__(
            f"A process that labels comments died after {comments:,} of them. Nothing was changed.",
            fix=f"Free some memory, or set {VARIABLE}=1, and run it again.",
        )
        self.comments = comments


@dataclass(frozen=True, slots=True)
class Labeller:
    """What labels texts; it travels to other processes, so both parts must be importable.

    Attributes:
        label: Texts, none of them missing, to a table: ``text`` (index), ``label``, ``value``, ``score_e4``,
            ``p_e4``, ``method``, ``span_start``, ``span_end``, sorted by ``text``.
        version: Name and version, kept with the import.
    """

    label: Callable[[Sequence[str]], pa.Table]
    version: str


def default_labeller() -> Labeller:
    """Return the labeller of the weights and packs in use.

    Raises:
        LongtakeError: The weights or a pack are damaged.
    """
    from longtake.language.labels import label_rows, labeller  # noqa: PLC0415 -- slow import

    return Labeller(label_rows, labeller().version)


def write_labels(comments: Path, target: Path, labeller: Labeller, *, told: Told = lambda *_: None) -> int:
    """Label the comments of one file and write their labels; return how many labels there are.

    Row groups are labelled one a process and written in their order, so that the bytes do not depend on the
    number of processes; no more than two groups a process are held.

    Args:
        comments: Parquet file of comments.
        target: Parquet file to write.
        labeller: What labels.
        told: Shown how far it is.

    Raises:
        LabellingError: A process died; the target is no whole file.
    """
    file = pq.ParquetFile(comments)
    groups, total = file.num_row_groups, file.metadata.num_rows
    written = done = 0
    with (
        pq.ParquetWriter(target, TABLES["labels"], compression="zstd") as writer,
        _labelled(comments, groups, labeller) as tables,
    ):
        try:
            for number, table in enumerate(tables):
                writer.write_table(table)
                written += table.num_rows
                done += file.metadata.row_group(number).num_rows
                told(done, total)
        except BrokenProcessPool as error:
            raise LabellingError(done) from error
    return written


@contextmanager
def _labelled(comments: Path, groups: int, labeller: Labeller) -> Iterator[Iterator[pa.Table]]:
    """Give the labels of each row group, in order."""
    workers = min(_workers(), groups)
    if groups < _FEWEST or workers == 1:
        yield (label_group(comments, number, labeller) for number in range(groups))
        return
    # A forked child would inherit the engine's threads in an unknown state; a fresh one does not.
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    try:
        yield _in_order(pool, comments, groups, labeller, ahead=2 * workers)
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor, comments: Path, groups: int, labeller: Labeller, *, ahead: int
) -> Iterator[pa.Table]:
    waiting: list[Future[pa.Table]] = []
    for number in range(groups):
        waiting.append(pool.submit(label_group, comments, number, labeller))
        if len(waiting) >= ahead:
            yield waiting.pop(0).result()
    for one in waiting:
        yield one.result()


def label_group(comments: Path, number: int, labeller: Labeller) -> pa.Table:
    """Return the labels of one row group as rows of the lake."""
    rows = pq.ParquetFile(comments).read_row_group(number, columns=list(_READ))
    texts = rows["text"].combine_chunks()
    said = rows.filter(texts.is_valid()) if texts.null_count else rows
    found = labeller.label(said["text"].to_pylist())
    origin = said.select(list(PROVENANCE)).take(found["text"])
    columns = [
        (origin if name in PROVENANCE else found)[name].cast(kind)
        for name, kind in zip(TABLES["labels"].names, TABLES["labels"].types, strict=True)
    ]
    return pa.Table.from_arrays(columns, schema=TABLES["labels"])


def _workers() -> int:
    told = os.environ.get(VARIABLE, "")
    return max(1, int(told)) if told.isdigit() else os.cpu_count() or 1
