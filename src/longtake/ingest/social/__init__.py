"""Social platforms: what people wrote, and how works were received, as collectors export it."""

from longtake.ingest.reader import Reader
from longtake.ingest.social.bilibili_replies import BilibiliReplies
from longtake.ingest.social.mediacrawler import READERS as _MEDIACRAWLER
from longtake.ingest.social.weibo import READERS as _WEIBO

READERS: tuple[Reader, ...] = (*_MEDIACRAWLER, *_WEIBO, BilibiliReplies())

__all__ = ["READERS"]
