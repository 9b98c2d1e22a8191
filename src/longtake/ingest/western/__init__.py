"""What Western platforms and tools give: YouTube, Mastodon, Bluesky, Meltwater."""

from longtake.ingest.reader import Reader
from longtake.ingest.western import bluesky, mastodon, meltwater, youtube_comments, ytdlp

READERS: tuple[Reader, ...] = (
    youtube_comments.READER,
    ytdlp.READER,
    mastodon.READER,
    bluesky.READER,
    meltwater.READER,
)

__all__ = ["READERS"]
