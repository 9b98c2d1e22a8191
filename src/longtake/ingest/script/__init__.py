"""Screenplays: Fountain, plain text in its manner, and Chinese scripts with 人物：台词."""

from longtake.ingest.reader import Reader
from longtake.ingest.script.reader import CHINESE, FOUNTAIN

READERS: tuple[Reader, ...] = (FOUNTAIN, CHINESE)

__all__ = ["READERS"]
