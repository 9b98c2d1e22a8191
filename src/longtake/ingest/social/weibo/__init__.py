"""Weibo outside MediaCrawler: search exports, timelines of one account, and raw API pages."""

from longtake.ingest.reader import Reader
from longtake.ingest.social.weibo.crawler import WeiboCrawler
from longtake.ingest.social.weibo.raw import WeiboRaw
from longtake.ingest.social.weibo.search import WeiboSearch

READERS: tuple[Reader, ...] = (WeiboSearch(), WeiboCrawler(), WeiboRaw())

__all__ = ["READERS"]
