"""Build campaign folders from the public measuring data; nothing of that data is part of the project.

    python examples/real/build.py --out real
    longtake report real/nezha --out real/nezha-report --lang zh

Reads ``$LONGTAKE_DATA`` (default ``../shared/data``) and writes folders in the shapes people export:
hourly hot-list snapshots as JSON files, a ranked list as a table, rated short comments as a table.
``longtake diagnose real/douban-1`` to ``real/douban-5`` go from the worst to the best rated of their films.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path

import duckdb

DATA = Path(os.environ.get("LONGTAKE_DATA") or "../shared/data")


def main() -> int:
    """Write the folders that the data at hand allows and say what is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("real"))
    out: Path = parser.parse_args().out
    if not (DATA / "heat").exists():
        print(f"No measuring data at {DATA}; set LONGTAKE_DATA.", file=sys.stderr)
        return 1
    for build in (nezha, film_731, houbei, douban_film):
        folder, files = build(out)
        print(f"{folder}: {files} files")
    for folder, files in five_films(out):
        print(f"{folder}: {files} files")
    return 0


def nezha(out: Path) -> tuple[Path, int]:
    """《哪吒之魔童闹海》: five weeks before release to four months after."""
    folder = out / "nezha"
    _campaign(folder, "哪吒之魔童闹海", "feature", "2025-01-29T00:00:00+08:00", ["哪吒"])
    return folder, 1 + _hot_list(folder, "2024-12-25", "2025-06-01")


def film_731(out: Path) -> tuple[Path, int]:
    """《731》: from two weeks before release to the end of October."""
    folder = out / "film-731"
    _campaign(folder, "731", "feature", "2025-09-18T09:18:00+08:00", ["731"])
    return folder, 1 + _hot_list(folder, "2025-09-04", "2025-11-01")


def houbei(out: Path) -> tuple[Path, int]:
    """《后背》: the week of its launch on the ranked list, beside the reads its makers claimed."""
    folder = out / "houbei"
    _campaign(folder, "后背", "short", "2022-01-10T10:00:00+08:00", ["我和我的后背"])
    rows = duckdb.execute(
        f"select ts, rank, title from '{DATA}/heat/weibo_rank_hourly.parquet'"
        " where ts between '2022-01-06' and '2022-01-17' order by ts, rank"
    ).fetchall()
    _table(folder / "weibo-list.csv", ("ts", "rank", "title"), rows)
    claims = [
        ("2022-01-13 11:15", "weibo", "我和我的后背", "reads", "12.4亿", "cumulative"),
        ("2022-01-13 11:15", "weibo", "我和我的后背", "plays", "3.3亿", "cumulative"),
    ]
    _table(folder / "claims.csv", ("at", "platform", "subject", "metric", "value", "kind"), claims)
    return folder, 3


def douban_film(out: Path) -> tuple[Path, int]:
    """The film with the most dated short comments."""
    folder = out / "douban-film"
    source = f"'{DATA}/text/film_comments.parquet'"
    film, source_id = duckdb.execute(
        f"""select film, source from {source} where platform = 'douban'
        group by film, source order by count("at") desc limit 1"""
    ).fetchone() or ("", "")
    rows = duckdb.execute(
        f"""select 'douban', "at", text, likes, rating from {source}
        where film = ? and source = ? order by "at", text, likes""",
        [film, source_id],
    ).fetchall()
    lines = [(f"d{i}", *row) for i, row in enumerate(rows, 1)]
    _campaign(folder, film, "feature", f"{rows[0][1]:%Y-%m-%d}T00:00:00+08:00", [])
    _table(folder / "comments.csv", ("id", "platform", "at", "text", "likes", "rating"), lines)
    return folder, 2


def five_films(out: Path) -> Iterator[tuple[Path, int]]:
    """Five films of very different ratings: the worst, the quartiles and the best by mean stars."""
    source = f"'{DATA}/text/douban_comments.parquet'"
    films = duckdb.execute(
        f"select film from {source} group by film having count(stars) >= 150 order by avg(stars), film"
    ).fetchall()
    for number in range(5):
        film = films[round(number * (len(films) - 1) / 4)][0]
        folder = out / f"douban-{number + 1}"
        rows = duckdb.execute(
            f"""select user_hash, 'douban', ts, text, useful, stars from {source}
            where film = ? and text is not null order by ts, user_hash, text""",
            [film],
        ).fetchall()
        days = Counter(row[2].date() for row in rows if row[2] is not None)
        busiest = max(sorted(days), key=lambda day: days[day])
        _campaign(folder, film, "feature", f"{busiest}T00:00:00+08:00", [])
        lines = [(f"d{i}", *row[1:]) for i, row in enumerate(rows, 1)]
        _table(folder / "comments.csv", ("id", "platform", "at", "text", "likes", "rating"), lines)
        yield folder, 2


def _hot_list(folder: Path, start: str, end: str) -> int:
    """Write whole hourly snapshots, because the threshold of a list is the lowest value on it."""
    rows = duckdb.execute(
        f"""select ts, title, category, description, hot, ads from '{DATA}/heat/weibo_hot_hourly.parquet'
        where ts between ? and ? order by ts, rank""",
        [start, end],
    ).fetchall()
    files = 0
    for at, entries in groupby(rows, key=lambda row: row[0]):
        _snapshot(folder / "hot-list", at, entries)
        files += 1
    return files


def _snapshot(folder: Path, at: datetime, entries: Iterator[tuple[object, ...]]) -> None:
    path = folder / f"{at:%Y-%m-%d}" / f"{at:%H}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    keys = ("title", "category", "description", "hot", "ads")
    items = [dict(zip(keys, entry[1:], strict=True)) | {"url": ""} for entry in entries]
    path.write_text(json.dumps(items, ensure_ascii=False), "utf-8")


def _table(path: Path, header: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def _campaign(folder: Path, name: str, kind: str, release_at: str, topics: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = f"[campaign]\nname = {json.dumps(name, ensure_ascii=False)}\nkind = {kind!r}\n"
    text += f"release_at = {release_at}\n"
    text += f"topics = {json.dumps(topics, ensure_ascii=False)}\n" if topics else ""
    (folder / "campaign.toml").write_text(text, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
