"""``campaign.toml``: what a campaign says of itself."""

from longtake.ingest.campaign.reader import READER

READERS = (READER,)
