"""The label step: what each stored comment says, written beside it in the same import."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from longtake.store.engine import Engine
from longtake.store.schema import TABLES
from longtake.store.udf import Score, batch_udf

SCALE = 10_000
_BATCH = 65_536


@dataclass(frozen=True, slots=True)
class Scorer:
    """A model of what a text says.

    Attributes:
        score: Texts to polarity in [-1, 1], shape (n,); NaN where the model abstains.
        classify: Scores to neg, neutral or pos.
        version: Name and version of the model, kept with every label.
    """

    score: Score
    classify: Callable[[NDArray[np.float64]], Sequence[str]]
    version: str


def default_scorer() -> Scorer:
    """Return the built-in polarity model."""
    from longtake.language import model_version, polarity, polarity_class  # noqa: PLC0415 -- slow import

    return Scorer(polarity, polarity_class, model_version())


def write_labels(engine: Engine, comments: Path, target: Path, scorer: Scorer) -> int:
    """Score the comments of one staged file and write their labels; return how many.

    Args:
        engine: Where the scorer runs; rows come back in batches, in the order of ``row``.
        comments: Parquet file of staged comments.
        target: Parquet file to write.
        scorer: The model.
    """
    staged = engine.scan("staged_comments", [comments], TABLES["comments"])
    scored = batch_udf(engine, "longtake_polarity", scorer.score)(staged.text)
    expression = staged.select("import_id", "row", "source_file", "source_line", score=scored).order_by("row")
    written = 0
    with pq.ParquetWriter(target, TABLES["labels"], compression="zstd") as writer:
        for batch in engine.batches(expression, rows=_BATCH):
            writer.write_batch(_labels(batch, scorer), row_group_size=_BATCH)
            written += batch.num_rows
    return written


def _labels(batch: pa.RecordBatch, scorer: Scorer) -> pa.RecordBatch:
    """Turn scored rows into label rows."""
    column = batch.column("score")
    silent = column.is_null().to_numpy(zero_copy_only=False)
    scores = np.nan_to_num(column.to_numpy(zero_copy_only=False).astype(np.float64))
    values = pa.array(list(scorer.classify(scores)), pa.string(), mask=silent)
    columns = {
        **{name: batch.column(name) for name in ("import_id", "row", "source_file", "source_line")},
        "label": pa.repeat(pa.scalar("polarity"), len(scores)),
        "value": values,
        "score_e4": pa.array(np.rint(scores * SCALE).astype(np.int64), mask=silent),
        "method": pa.repeat(pa.scalar(scorer.version), len(scores)),
    }
    schema = TABLES["labels"]
    arrays = [
        columns[field.name].cast(field.type) if field.name in columns else pa.nulls(len(scores), field.type)
        for field in schema
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
