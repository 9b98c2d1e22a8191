"""Import: a million comments, sixteen thousand hourly lists, a workbook; beside pandas and openpyxl.

    longtake bench imports [--rows 1000000] [--files 16000] [--write]

Each side does the same work in its own process: read, parse times and counts, replace author ids by keyed
hashes, drop repeated ids, write Parquet. Longtake also scores polarity and writes a receipt; the peer's
polarity is SnowNLP on a sample, its time per comment multiplied.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks._page import Page

HEADER = (
    "comment_id",
    "create_time",
    "create_date_time",
    "note_id",
    "content",
    "sub_comment_count",
    "comment_like_count",
    "last_modify_ts",
    "parent_comment_id",
    "creator_hash",
    "nickname",
)
WORDS = tuple(
    "看完真的觉得这个故事演员节奏结尾音乐画面台词有点特别还是不太感动眼泪笑死一般值得推荐朋友爸爸妈妈"[
        i : i + 2
    ]
    for i in range(0, 50, 2)
)
SNOWNLP_SAMPLE = 300


def main(arguments: list[str] | None = None) -> None:
    """Run every row and print the table."""
    parser = argparse.ArgumentParser(description="Import benchmark.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--files", type=int, default=16_000)
    parser.add_argument("--write", action="store_true", help="write docs/*/benchmarks/import.md")
    options = parser.parse_args(arguments)
    rows: list[list[str]] = []
    with tempfile.TemporaryDirectory(prefix="longtake-bench-") as folder:
        rows += _comments(Path(folder), options.rows)
        rows += _lists(Path(folder), options.files)
        rows += _workbook(Path(folder))
    page = Page(
        name="import",
        title={"en": "Import", "zh": "导入"},
        intro={
            "en": "Whole processes, invented files, one run. Ratio is the peer's seconds over ours.",
            "zh": "整个进程计时，文件为虚构，同一次运行。倍数是对方秒数除以我们的秒数。",
        },
        header={
            "en": ("work", "who", "seconds", "peak memory, MB", "ratio"),
            "zh": ("工作", "谁", "秒", "内存峰值 MB", "倍数"),
        },
        rows=rows,
    )
    page.show()
    if options.write:
        page.write()


def _comments(folder: Path, count: int) -> list[list[str]]:
    path = folder / "comments.csv"
    write_comments(path, count)
    work = f"{count:,} comments, CSV, {path.stat().st_size / 1e6:.0f} MB"
    ours = _longtake(folder / "a", path)
    peer = _process([sys.executable, "-c", PANDAS, str(path), str(folder / "peer.parquet")])
    snow = _snownlp(path)
    total = (peer[0] + snow * count, peer[1]) if snow else peer
    name = f"pandas + SnowNLP ({SNOWNLP_SAMPLE} scored, scaled)" if snow else "pandas, no polarity"
    return [
        [work, "Longtake, polarity and receipt", *_cells(ours), "1"],
        [work, "pandas, no polarity, no receipt", *_cells(peer), f"{peer[0] / ours[0]:.2f}"],
        [work, name, *_cells(total), f"{total[0] / ours[0]:.1f}"],
    ]


def _lists(folder: Path, count: int) -> list[list[str]]:
    lists = folder / "lists"
    _write_lists(lists, count)
    work = f"{count:,} hourly hot lists, JSON"
    ours = _longtake(folder / "b", lists)
    peer = _process([sys.executable, "-c", LISTS, str(lists), str(folder / "lists.parquet")])
    return [
        [work, "Longtake", *_cells(ours), "1"],
        [work, "json + pandas, no receipt", *_cells(peer), f"{peer[0] / ours[0]:.2f}"],
    ]


def _workbook(folder: Path) -> list[list[str]]:
    path = folder / "works.xlsx"
    count = 50_000
    _write_workbook(path, count)
    work = f"{count:,} rows, XLSX comments template"
    ours = _longtake(folder / "c", path)
    peer = _process([sys.executable, "-c", OPENPYXL, str(path), str(folder / "works.parquet")])
    return [
        [work, "Longtake, polarity and receipt", *_cells(ours), "1"],
        [work, "openpyxl + pandas", *_cells(peer), f"{peer[0] / ours[0]:.2f}"],
    ]


def _longtake(workspace: Path, path: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "longtake", "add", str(path), "--campaign", "bench", "--json"]
    return _process(command, LONGTAKE_WORKSPACE=str(workspace))


def _process(command: list[str], **extra: str) -> tuple[float, float]:
    """Run a command and return its wall seconds and peak memory in MB, children included."""
    probe = (
        "import resource,subprocess,sys,json,time\n"
        "t=time.perf_counter();r=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL)\n"
        "print(json.dumps([r.returncode,time.perf_counter()-t,"
        "resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss/1024]))"
    )
    env = {**os.environ, **extra}
    done = subprocess.run(
        [sys.executable, "-c", probe, *command], check=False, env=env, capture_output=True, text=True
    )
    code, seconds, memory = json.loads(done.stdout)
    if code:
        raise SystemExit(f"{command[:4]} ended with {code}: {done.stderr[-500:]}")
    return seconds, memory


def _cells(measured: tuple[float, float]) -> list[str]:
    return [f"{measured[0]:.1f}", f"{measured[1]:.0f}"]


def _snownlp(path: Path) -> float | None:
    try:
        from snownlp import SnowNLP
    except ImportError:
        return None
    with path.open(encoding="utf-8-sig", newline="") as file:
        texts = [row["content"] for _, row in zip(range(SNOWNLP_SAMPLE), csv.DictReader(file), strict=False)]
    SnowNLP("预热").sentiments  # noqa: B018 -- loading its model is not scoring
    begun = time.perf_counter()
    for text in texts:
        SnowNLP(text).sentiments  # noqa: B018 -- the property does the work
    return (time.perf_counter() - begun) / len(texts)


def write_comments(path: Path, count: int) -> None:
    rng = random.Random(7)
    start = datetime(2026, 1, 8, 10)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for i in range(count):
            at = start + timedelta(seconds=rng.expovariate(1 / 86400))
            stamp = int(at.timestamp())
            text = "".join(rng.choices(WORDS, k=rng.randint(4, 18)))
            writer.writerow(
                (
                    4_725_000_000_000_000 + i,
                    stamp,
                    f"{at:%Y-%m-%d %H:%M:%S}+08:00",
                    4_724_999_999_999_999,
                    text,
                    rng.randint(0, 3),
                    rng.randint(0, 400),
                    stamp * 1000,
                    0,
                    f"{rng.getrandbits(64):016x}",
                    "某***某",
                )
            )


def _write_lists(folder: Path, count: int) -> None:
    rng = random.Random(11)
    start = datetime(2024, 6, 1)
    for i in range(count):
        at = start + timedelta(hours=i)
        path = folder / f"{at:%Y-%m-%d}" / f"{at:%H}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        items = [
            {
                "title": "".join(rng.choices(WORDS, k=4)),
                "category": "\n      暂无\n  ",
                "description": "",
                "url": "",
                "hot": rng.randint(20_000, 2_000_000),
                "ads": False,
            }
            for _ in range(42)
        ]
        path.write_text(json.dumps(items, ensure_ascii=False), "utf-8")


def _write_workbook(path: Path, count: int) -> None:
    import xlsxwriter

    rng = random.Random(13)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("comments")
        names = ("id", "platform", "at", "author", "text", "likes", "rating", "region", "verified")
        sheet.write_row(0, 0, names)
        for i in range(1, count + 1):
            text = "".join(rng.choices(WORDS, k=8))
            sheet.write_row(
                i, 0, (f"r{i}", "douban", "2026-01-08 12:30", f"u{i % 9000}", text, i % 50, 4, "上海", "")
            )


PANDAS = """
import hashlib, hmac, sys
import pandas as pd
f = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
f["at"] = pd.to_datetime(f.create_time.astype("int64"), unit="s", utc=True)
f["observed_at"] = pd.to_datetime(f.last_modify_ts.astype("int64"), unit="ms", utc=True)
for c in ("sub_comment_count", "comment_like_count"):
    f[c] = pd.to_numeric(f[c], errors="coerce")
f["author"] = [hmac.digest(b"k" * 32, a.encode(), "sha256").hex()[:16] for a in f.creator_hash]
f = f.sort_values("observed_at").drop_duplicates("comment_id", keep="last")
f.drop(columns=["creator_hash", "nickname"]).to_parquet(sys.argv[2], compression="zstd")
"""
LISTS = """
import json, pathlib, sys
import pandas as pd
rows = []
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.json")):
    at = path.parent.name + " " + path.stem + ":00"
    for rank, item in enumerate(json.loads(path.read_text("utf-8")), 1):
        rows.append((at, rank, item["title"], item["category"].strip(), item["hot"], item["ads"]))
f = pd.DataFrame(rows, columns=["at", "rank", "title", "category", "hot", "ads"])
f["at"] = pd.to_datetime(f["at"]).dt.tz_localize("Asia/Shanghai")
f.drop_duplicates(["at", "title"]).to_parquet(sys.argv[2], compression="zstd")
"""
OPENPYXL = """
import hashlib, hmac, sys
import pandas as pd
f = pd.read_excel(sys.argv[1], dtype=str, engine="openpyxl")
f["at"] = pd.to_datetime(f["at"]).dt.tz_localize("Asia/Shanghai")
f["author"] = [hmac.digest(b"k" * 32, a.encode(), "sha256").hex()[:16] for a in f.author]
for c in ("likes", "rating"):
    f[c] = pd.to_numeric(f[c])
f.drop_duplicates("id").to_parquet(sys.argv[2], compression="zstd")
"""

if __name__ == "__main__":
    main(sys.argv[1:])
