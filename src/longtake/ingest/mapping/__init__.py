"""Tables that no reader knows: what their columns mean, guessed, written down and remembered."""

from longtake.ingest.mapping.guess import Proposal, guess, propose
from longtake.ingest.mapping.memory import dump, header_key, load
from longtake.ingest.mapping.plan import FIELDS, Mapping
from longtake.ingest.mapping.reader import MappedReader

__all__ = ["FIELDS", "MappedReader", "Mapping", "Proposal", "dump", "guess", "header_key", "load", "propose"]
