"""Floods: near-copies among a million comments; a real storm of danmaku; the law of one in a hundred.

    longtake bench floods [--texts 1000000] [--write]

Invented comments, a twentieth of them reworded copies of a hundred texts. The peer groups equal texts
(pyarrow) and cannot see reworded ones. With $LONGTAKE_DATA the storm of text/danmaku_storm.csv is measured
too. Last, one in a hundred comments is copied ten thousand times, and the share of long comments, copies
counted once, is compared.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks._page import Page
from longtake.language import floods

SEED = 9
HAN = np.array(
    list("山河灯雪船桥巷窗雨雾风夜晨星月潮岸笛火炉门墙街树叶花鸟鱼云石水井田麦茶酒信纸笔书画琴弦钟")
)
STORM = "text/danmaku_storm.csv"
COPIED = 100


def main(arguments: list[str] | None = None) -> None:
    """Run every row and print the table."""
    parser = argparse.ArgumentParser(description="Floods benchmark.")
    parser.add_argument("--texts", type=int, default=1_000_000)
    parser.add_argument("--write", action="store_true", help="write docs/*/benchmarks/floods.md")
    parser.add_argument("--step", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.step:
        _step(options.texts)
        return
    command = [sys.executable, "-m", "benchmarks.floods", "--step", "--texts", str(options.texts)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    page = Page(
        name="floods",
        title={"en": "Floods", "zh": "刷屏"},
        intro={
            "en": "Found: share of planted copies that stand in a flagged group. False: share of other "
            "texts that do. The law: the share of long comments before and after one in a hundred was "
            "copied ten thousand times, copies counted once; it may move by a twentieth.",
            "zh": "找到：植入的复制中处于刷屏组的占比。误报：其他文本处于刷屏组的占比。"
            "定律：百分之一的评论被复制一万遍前后，长评占比（复制只算一次）；变动不得超过二十分之一。",
        },
        header={
            "en": ("work", "who", "seconds", "memory, MB", "found", "false"),
            "zh": ("工作", "谁", "秒", "内存 MB", "找到", "误报"),
        },
        rows=[*(line.split("\t") for line in told), *_storm(), *_law()],
    )
    page.show()
    if options.write:
        page.write()


def _invented(count: int, random: np.random.Generator) -> list[str]:
    letters = random.choice(HAN, (count, 18))
    length = random.integers(7, 18, count)
    return ["".join(row[:size]) for row, size in zip(letters.tolist(), length.tolist(), strict=True)]


def _step(count: int) -> None:
    random = np.random.default_rng(SEED)
    planted = count // 20
    texts = _invented(count - planted, random)
    models = ["".join(random.choice(HAN, 16)) for _ in range(COPIED)]
    for number in range(planted):
        text = models[number % COPIED]
        if number % 3 == 0:
            place = int(random.integers(0, 16))
            text = f"{text[:place]}{random.choice(HAN)}{text[place + 1 :]}"
        texts.append(text)
    begun = time.perf_counter()
    found = floods(texts)
    seconds = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    work = f"{count:,} texts, a twentieth copied"
    ours = (found.storm[-planted:].mean(), found.storm[:-planted].mean())
    _line(work, "Longtake", seconds, memory, ours)
    begun = time.perf_counter()
    coded = pa.array(texts).dictionary_encode()
    rows = np.bincount(coded.indices.to_numpy())[coded.indices.to_numpy()]
    flagged = rows >= 20
    peer = (flagged[-planted:].mean(), flagged[:-planted].mean())
    _line(work, "equal texts, 20 or more (pyarrow)", time.perf_counter() - begun, None, peer)


def _line(work: str, who: str, seconds: float, memory: float | None, shares: tuple[float, float]) -> None:
    told = "–" if memory is None else f"{memory:,.0f}"
    cells = (work, who, f"{seconds:.1f}", told, *(f"{share:.3f}" for share in shares))
    sys.stdout.write("\t".join(cells) + "\n")


def _storm() -> Iterator[list[str]]:
    path = Path(os.environ.get("LONGTAKE_DATA") or "../shared/data") / STORM
    if not path.exists():
        print(f"The real storm is left out: {STORM} is not under $LONGTAKE_DATA.")
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = [row["content"] for row in rows]
    begun = time.perf_counter()
    found = floods(texts)
    first = found.groups[0]
    yield [
        f"danmaku storm, {len(texts):,} rows, {len(set(texts)):,} wordings",
        f"Longtake: largest group {first.share:.1%}, flagged: {'yes' if first.storm else 'no'}",
        f"{time.perf_counter() - begun:.2f}",
        "–",
        f"{found.storm.mean():.3f}",
        "–",
    ]


def _law() -> Iterator[list[str]]:
    random = np.random.default_rng(SEED)
    texts = _invented(3_000, random)
    deep = np.array([len(text) >= 14 for text in texts])
    chosen = list(range(0, 3_000, 100))
    many = texts + [texts[i] for i in chosen for _ in range(10_000)]
    marks = np.concatenate((deep, np.repeat(deep[chosen], 10_000)))
    begun = time.perf_counter()
    found = floods(many)
    seconds = time.perf_counter() - begun
    after = float(found.weight[marks].sum() / found.weight.sum())
    raw = float(marks.mean())
    yield [
        f"one in a hundred of 3,000 copied 10,000 times ({len(many):,} rows)",
        f"Longtake: share {deep.mean():.3f} -> {after:.3f} ({after / deep.mean() - 1:+.1%}); "
        f"uncorrected {raw:.3f}",
        f"{seconds:.1f}",
        "–",
        f"{found.storm[3_000:].mean():.3f}",
        "–",
    ]


if __name__ == "__main__":
    main()
