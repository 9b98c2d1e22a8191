"""MediaCrawler's files: seven platforms, two tables each, four forms, two generations of columns."""

from longtake.ingest.reader import Reader
from longtake.ingest.social.mediacrawler.platforms import SHAPES
from longtake.ingest.social.mediacrawler.reader import MediaCrawlerReader
from longtake.ingest.social.mediacrawler.workbook import sheets_of

READERS: tuple[Reader, ...] = tuple(MediaCrawlerReader(shape, sheets_of(shape, SHAPES)) for shape in SHAPES)

__all__ = ["READERS"]
