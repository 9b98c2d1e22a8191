"""Labels: precision, recall and F1 against what two annotators marked, and how far they agree.

    longtake bench labels [--part test|dev|all] [--write]

Reads tests/data/gold (hashes and marks, no text) and finds the texts in $LONGTAKE_DATA. Rules were written
with the dev half in view; the table that is published is of the test half. Each label is compared with both
annotators and the counts are added up; a label that neither of them marked has no row.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks._page import ROOT, Page
from longtake.language.feeling.scorer import emotion_version
from longtake.language.labels import labeller
from longtake.language.labels.card import PATH
from longtake.language.labels.said import NAMED
from longtake.language.patterns import read_packs

GOLD = ROOT / "tests" / "data" / "gold"
SETS = ("douban_comments.parquet", "film_comments.parquet")
PASSES = ("1", "2")
WIDE = ("aspect", "expectation", "film_emotion", "question", "selfstory", "share", "summary", "promotion")
DIGITS = 3
PARTS = {"test": "测试", "dev": "开发", "all": "全部"}

Marks = Mapping[str, set[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """One label's figures."""

    label: str
    precision: float
    recall: float
    f1: float
    kappa: float
    marked: float


def main(arguments: list[str] | None = None) -> None:
    """Measure every label and print the table."""
    parser = argparse.ArgumentParser(description="Labels benchmark.")
    parser.add_argument("--part", choices=("test", "dev", "all"), default="test")
    parser.add_argument("--write", action="store_true", help="write docs/*/benchmarks/labels.md and the card")
    options = parser.parse_args(arguments)
    folder = Path(os.environ.get("LONGTAKE_DATA") or "../shared/data") / "text"
    keys = [row["key"] for row in _read("rows.csv") if options.part in {row["part"], "all"}]
    if not all((folder / name).exists() for name in SETS):
        print(f"Left out: the texts are not in {folder}; set LONGTAKE_DATA.")
        return
    texts = _texts(folder, set(keys))
    given, seconds = _given(keys, [texts[key] for key in keys])
    passes = [_marks(keys, one) for one in PASSES]
    rows = list(figures(keys, given, passes))
    page = _page(rows, len(keys), options.part)
    page.show()
    print(f"{len(keys):,} comments labelled in {seconds:.2f} s")
    if options.write and options.part == "test":
        page.write()
        card = {
            "emotion": emotion_version(),
            "labels": [
                {
                    name: round(value, DIGITS) if isinstance(value, float) else value
                    for name, value in told(row)
                }
                for row in rows
            ],
            "packs": {pack.name: pack.digest for pack in read_packs()},
            "rows": len(keys),
        }
        PATH.write_text(json.dumps(card, ensure_ascii=False, indent=2, sort_keys=True) + "\n", "utf-8")


def told(row: Row) -> Iterator[tuple[str, str | float]]:
    """Yield a row's fields by name."""
    for name in Row.__dataclass_fields__:
        yield name, getattr(row, name)


def figures(keys: Sequence[str], given: Marks, passes: Sequence[Marks]) -> Iterator[Row]:
    """Yield each label's figures, families (any value) first, then values."""
    found = sorted({code for marks in (given, *passes) for key in keys for code in marks[key]})
    marked = {code for marks in passes for key in keys for code in marks[key]}
    for family in WIDE:
        own = {code for code in found if code.split(".")[0] == family}
        yield _row(family, keys, own, given, passes)
    for code in found:
        if code in marked and code not in WIDE:
            yield _row(code, keys, {code}, given, passes)


def _row(name: str, keys: Sequence[str], codes: set[str], given: Marks, passes: Sequence[Marks]) -> Row:
    both = wrong = missed = 0
    for marks in passes:
        for key in keys:
            said, true = given[key] & codes, marks[key] & codes
            both += len(said & true)
            wrong += len(said - true)
            missed += len(true - said)
    first, second = ([sorted(marks[key] & codes) for key in keys] for marks in passes)
    return Row(
        name,
        both / (both + wrong) if both + wrong else 0.0,
        both / (both + missed) if both + missed else 0.0,
        2 * both / (2 * both + wrong + missed) if both + wrong + missed else 0.0,
        kappa(list(map(tuple, first)), list(map(tuple, second))),
        (both + missed) / len(passes),
    )


def kappa(first: Sequence[object], second: Sequence[object]) -> float:
    """Return Cohen's kappa of two annotators (Cohen 1960, doi:10.1177/001316446002000104)."""
    n = len(first)
    agreed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    one, two = Counter(first), Counter(second)
    chance = sum(one[value] * two[value] for value in one) / n**2
    return (agreed - chance) / (1.0 - chance) if chance < 1.0 else 1.0


def _given(keys: Sequence[str], texts: Sequence[str]) -> tuple[Marks, float]:
    begun = time.perf_counter()
    rows = labeller().table(texts).to_pylist()
    seconds = time.perf_counter() - begun
    made: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["label"] not in {"polarity", "emotion"} and row["value"] != NAMED:
            made[keys[row["text"]]].add(_code(row["label"], row["value"]))
        elif row["label"] == "emotion":
            made[keys[row["text"]]].add(f"six.{row['value']}")
    return made, seconds


def _marks(keys: Sequence[str], one: str) -> Marks:
    wanted = set(keys)
    made: dict[str, set[str]] = defaultdict(set)
    for row in _read("labels.csv"):
        if row["key"] in wanted and row["passes"] in {one, "both"}:
            made[row["key"]].add(_code(row["label"], row["value"]))
    return made


def _code(label: str, value: str) -> str:
    """Return a label with its value; who a self-story names and which question it is are not compared."""
    return label if label in {"question", "selfstory"} else f"{label}.{value}"


def _read(name: str) -> list[dict[str, str]]:
    with (GOLD / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _texts(folder: Path, wanted: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in SETS:
        for text in pq.read_table(folder / name, columns=["text"])["text"].to_pylist():
            if text:
                key = blake2b(f"gold1:{text.strip()}".encode(), digest_size=8).hexdigest()
                if key in wanted:
                    found.setdefault(key, text.strip())
    return found


def _page(rows: Sequence[Row], n: int, part: str) -> Page:
    return Page(
        name="labels",
        title={"en": "Labels", "zh": "标签"},
        intro={
            "en": f"{n} film comments of the {part} half of the gold file, marked independently by two "
            "passes of a large language model that followed the codebook "
            "(tests/data/gold/CODEBOOK.md) and saw neither each other's marks nor the rules. Comments "
            "were drawn by hash, a third at random, the rest among those with words that make a label "
            "likely, so that rare labels can be measured at all: precision at a label's natural rate "
            "is lower. Both passes count. An aspect is right only with its polarity. Kappa is that of "
            "the two passes; marked is the mean of both.",
            "zh": f"标注集{PARTS[part]}部分的 {n} 条影评，由大语言模型按标注手册"
            "（tests/data/gold/CODEBOOK.md）"
            "独立标注两遍，两遍互不可见，也看不到规则。评论按散列抽取：三分之一随机，"
            "其余取自含有相关词语的评论，"
            "否则罕见标签无从衡量；因此在自然比例下精确率会更低。两遍都计入。方面连同极性都对才算对。"
            "κ 为两遍之间的一致性；标注数为两遍平均。",
        },
        header={
            "en": ("label", "precision", "recall", "F1", "kappa", "marked"),
            "zh": ("标签", "精确率", "召回率", "F1", "κ", "标注数"),
        },
        rows=[
            (
                row.label,
                *(f"{value:.2f}" for value in (row.precision, row.recall, row.f1, row.kappa)),
                f"{row.marked:g}",
            )
            for row in rows
        ],
    )


if __name__ == "__main__":
    main()
