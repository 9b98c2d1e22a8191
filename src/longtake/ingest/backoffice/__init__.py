"""What creators export from their back offices: one row a work."""

from longtake.ingest.backoffice import domestic, youtube
from longtake.ingest.reader import Reader

READERS: tuple[Reader, ...] = (
    domestic.DOUYIN,
    domestic.XIAOHONGSHU,
    domestic.CHANNELS,
    domestic.BILIBILI,
    domestic.TOUTIAO,
    youtube.YOUTUBE,
)

__all__ = ["READERS"]
