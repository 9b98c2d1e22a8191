from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from longtake.domain.receipt import Notice, Refused
from longtake.ingest import read, readers, recognise
from longtake.ingest.identity import pseudonym
from longtake.ingest.peek import peek
from longtake.ingest.reader import Context
from shared_data import shared

SEEDS = Path(__file__).parent / "seeds"
SEEN = datetime.fromisoformat("2023-07-09T18:30:45+08:00")
COUNT = 51
EXPORTS = {
    "akshare_movie_boxoffice_daily_20240219.csv": "endata-daily",
    "bilibili_近期稿件对比.csv": "bilibili-compare",
    "bluesky_postview.json": "bluesky-post",
    "danmaku.xml": "bilibili-danmaku",
    "danmaku.xml.deflate": "bilibili-danmaku",
    "douban_comments.html": "douban-comments",
    "douyin_作品列表.xlsx": "douyin-works",
    "film_gb18030.ass": "subtitles",
    "justjavac_2022-01-12.json": "hotlist-titles",
    "lxw_summary.json": "hotlist-hourly",
    "maoyan_comments.json": "maoyan-comments",
    "maoyan_dashboard.json": "maoyan-dashboard",
    "maoyan_manual_gbk.csv": "maoyan-sheet",
    "mastodon_status.json": "mastodon-status",
    "mc_drift_bilibili_comments.csv": "mediacrawler-bilibili-comments",
    "mc_new_douyin_search_comments_2022-01-12.jsonl": "mediacrawler-douyin-comments",
    "mc_new_weibo_search_comments_2022-01-12.csv": "mediacrawler-weibo-comments",
    "mc_old_weibo_search_comments_2022-01-12.csv": "mediacrawler-weibo-comments",
    "mc_old_xhs_search_comments_2022-01-12.json": "mediacrawler-xiaohongshu-comments",
    "trailer.srt": "subtitles",
    "trendradar_2026-01-12.db": "trendradar",
    "weibo_search_16.csv": "weibo-search",
    "weibo_search_21_tabid.csv": "weibo-search",
    "xhs_笔记列表明细表.xlsx": "xiaohongshu-notes",
    "youtube_Table data.csv": "youtube-studio",
    "youtube_comment_downloader.jsonl": "youtube-comment-downloader",
    "ytdlp.info.json": "ytdlp-info",
    "视频号动态数据明细.csv": "channels-posts",
}
DRIFTED = {"mc_drift_bilibili_comments.csv": 1}
"""Files that hold a record which must be refused, and how many."""


def seeds():
    return sorted(SEEDS.iterdir())


def items_of(path):
    reader, head = recognise(path)
    return list(reader.read(path, Context(head, SEEN, pseudonym(b"k" * 32), path.name)))


def test_the_readers_are_all_there_each_with_a_name_a_line_and_a_seed():
    names = [reader.name for reader in readers()]
    assert len(names) == len(set(names)) == COUNT
    assert all(name == name.lower() and " " not in name for name in names)
    assert all(reader.about.strip() and "\n" not in reader.about for reader in readers())
    assert sorted(path.name.split(".")[0] for path in seeds()) == sorted(names)


@pytest.mark.parametrize("path", seeds(), ids=lambda path: path.name)
def test_a_reader_is_sure_of_its_own_seed_and_nobody_else_is(path):
    head = peek(path)
    sure = {reader.name: reader.sniff(head, path) for reader in readers()}
    own = sure.pop(path.name.split(".")[0])
    assert own >= 0.9
    assert max(sure.values()) < own
    assert max(sure.values()) < 0.5


@pytest.mark.parametrize("path", seeds(), ids=lambda path: path.name)
def test_recognition_does_not_need_the_name(path, tmp_path):
    other = tmp_path / "数据"
    other.write_bytes(path.read_bytes())
    assert recognise(other)[0].name == path.name.split(".")[0]


@pytest.mark.parametrize("path", seeds(), ids=lambda path: path.name)
def test_every_record_of_a_seed_gives_rows_or_one_refusal(path):
    items = [item for item in items_of(path) if not isinstance(item, Notice)]
    lines = Counter(item.line if isinstance(item, Refused) else item.source_line for item in items)
    refused = [item for item in items if isinstance(item, Refused)]
    assert len(items) > len(refused)
    assert all(lines[item.line] == 1 for item in refused)
    assert all(item.column and item.expected and len(item.value) <= 80 for item in refused)


@pytest.mark.parametrize("path", seeds(), ids=lambda path: path.name)
def test_reading_twice_gives_the_same_rows(path):
    assert items_of(path) == items_of(path)


@pytest.mark.parametrize("path", seeds(), ids=lambda path: path.name)
def test_nobody_in_a_seed_can_be_read_in_its_rows(path):
    authors = {getattr(item, "author", None) for item in items_of(path)} - {None}
    assert all(len(author) == 16 and int(author, 16) >= 0 for author in authors)
    assert not any(author.encode() in path.read_bytes() for author in authors)


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_of_every_platform_is_recognised_and_read(name):
    path = shared(f"exports/{name}")
    assert recognise(path)[0].name == EXPORTS[name]
    items = list(read(path, "2022-01-12T15:00:00+08:00", key=b"k" * 32))
    refused = [item for item in items if isinstance(item, Refused)]
    assert len(refused) == DRIFTED.get(name, 0)
    assert len(items) > len(refused)


def test_no_export_is_left_out():
    assert sorted(path.name for path in shared("exports").iterdir()) == sorted(EXPORTS)
