"""Box office and reviews of films: Maoyan, EntGroup, Douban."""

from longtake.ingest.market import dashboard, douban, maoyan_comments, sheet
from longtake.ingest.reader import Reader

READERS: tuple[Reader, ...] = (
    dashboard.READER,
    sheet.MAOYAN_SHEET,
    maoyan_comments.READER,
    sheet.ENDATA_REALTIME,
    sheet.ENDATA_DAILY,
    sheet.ENDATA_CINEMA,
    douban.READER,
)

__all__ = ["READERS"]
