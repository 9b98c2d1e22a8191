"""Labelling: a million comments with every label, in processes over row groups.

    longtake bench labelling [--rows 1000000] [--write]

Comments are the public film comments of $LONGTAKE_DATA, repeated with a number at their end; without that
data they are invented. One run of the label step of an import, in a process of its own; memory is the sum of
the largest sizes of all its processes.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks._page import Page
from longtake.store.labels import default_labeller, write_labels
from longtake.store.schema import TABLES
from longtake.store.staging import GROUP

ARCHIVE = "text/film_comments.parquet"
INVENTED = (
    "剧情有点乱，但是结尾看哭了",
    "没想到这么好看，推荐给爸妈",
    "预告骗人，睡着了",
    "演员不错，音乐太吵",
)
TARGET = (90, 1500)


def main(arguments: list[str] | None = None) -> None:
    """Label and print the table."""
    parser = argparse.ArgumentParser(description="Labelling benchmark.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--write", action="store_true", help="write docs/*/benchmarks/labelling.md")
    parser.add_argument("--step", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.step:
        _step(*options.step)
        return
    with tempfile.TemporaryDirectory(prefix="longtake-bench-") as folder:
        comments, labels = Path(folder) / "comments.parquet", Path(folder) / "labels.parquet"
        length = _fill(comments, options.rows)
        command = [sys.executable, "-m", "benchmarks.labelling", "--step", str(comments), str(labels)]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        seconds, count, memory = float(told[0]), int(told[1]), float(told[2])
    page = Page(
        name="labelling",
        title={"en": "Labelling", "zh": "标注"},
        intro={
            "en": f"The label step of an import of {options.rows:,} comments of {length:.0f} characters: "
            "polarity, emotion and every pack, written as Parquet. The bar is "
            f"{TARGET[0]} s and {TARGET[1]:,} MB on two cores.",
            "zh": f"一次导入中 {options.rows:,} 条评论（平均 {length:.0f} 字）的标注步骤："
            f"极性、情绪与全部词包，写成 Parquet。要求：两核 {TARGET[0]} 秒、{TARGET[1]:,} MB 以内。",
        },
        header={
            "en": ("comments", "labels", "seconds", "comments/s", "memory of all processes, MB"),
            "zh": ("评论", "标签", "秒", "条/秒", "全部进程内存 MB"),
        },
        rows=[
            [
                f"{options.rows:,}",
                f"{count:,}",
                f"{seconds:.1f}",
                f"{options.rows / seconds:,.0f}",
                f"{memory:,.0f}",
            ]
        ],
    )
    page.show()
    if options.write:
        page.write()


def _step(comments: Path, labels: Path) -> None:
    begun = time.perf_counter()
    count = write_labels(comments, labels, default_labeller())
    seconds = time.perf_counter() - begun
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    sys.stdout.write(f"{seconds} {count} {(own + child * (os.cpu_count() or 1)) / 1024}\n")


def _texts(rows: int) -> Iterator[str]:
    path = Path(os.environ.get("LONGTAKE_DATA") or "../shared/data") / ARCHIVE
    texts: list[str] = list(INVENTED)
    if path.exists():
        texts = [text for text in pq.read_table(path, columns=["text"])["text"].to_pylist() if text]
    for number in range(rows):
        turn, place = divmod(number, len(texts))
        yield f"{texts[place]}{turn}" if turn else texts[place]


def _fill(path: Path, rows: int) -> float:
    """Write comments as an import stages them and return the mean number of characters."""
    schema, characters, held = TABLES["comments"], 0, []
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        done = 0
        for text in _texts(rows):
            held.append(text)
            if len(held) == GROUP or done + len(held) == rows:
                writer.write_table(_table(held, done), row_group_size=GROUP)
                characters += sum(map(len, held))
                done += len(held)
                held = []
    return characters / max(rows, 1)


def _table(texts: list[str], first: int) -> pa.Table:
    schema, n = TABLES["comments"], len(texts)
    known = {
        "import_id": pa.array(["0" * 20] * n),
        "row": pa.array(range(first, first + n), pa.int64()),
        "source_file": pa.array(["comments.csv"] * n),
        "source_line": pa.array(range(first + 2, first + n + 2), pa.int64()),
        "text": pa.array(texts),
    }
    return pa.Table.from_arrays(
        [known[f.name] if f.name in known else pa.nulls(n, f.type) for f in schema], schema=schema
    )


if __name__ == "__main__":
    main()
