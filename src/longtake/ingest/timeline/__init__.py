"""What runs along a film: danmaku and subtitles."""

from longtake.ingest.reader import Reader
from longtake.ingest.timeline import danmaku, subtitles

READERS: tuple[Reader, ...] = (danmaku.READER, subtitles.READER)

__all__ = ["READERS"]
