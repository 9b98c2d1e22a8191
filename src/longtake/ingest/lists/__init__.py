"""Hot lists over time: Weibo's by the hour, titles by the day, TrendRadar's, and plain tables."""

from longtake.ingest.lists import hourly, table, titles, trendradar
from longtake.ingest.reader import Reader

READERS: tuple[Reader, ...] = (titles.READER, hourly.READER, trendradar.READER, table.READER)

__all__ = ["READERS"]
