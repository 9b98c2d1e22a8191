"""The seven platforms MediaCrawler writes, one file each, as data."""

from longtake.ingest.social.mediacrawler.platforms import (
    bilibili,
    douyin,
    kuaishou,
    tieba,
    weibo,
    xiaohongshu,
    zhihu,
)
from longtake.ingest.social.mediacrawler.spec import Shape

SHAPES: tuple[Shape, ...] = (
    *weibo.SHAPES,
    *douyin.SHAPES,
    *xiaohongshu.SHAPES,
    *bilibili.SHAPES,
    *kuaishou.SHAPES,
    *zhihu.SHAPES,
    *tieba.SHAPES,
)
"""Two tables a platform: what people said under a work, and the works themselves."""

__all__ = ["SHAPES"]
