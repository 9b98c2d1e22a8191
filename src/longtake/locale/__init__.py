"""Words people read, in Simplified Chinese and English, by one set of keys."""

from longtake.locale.catalogue import LANGUAGES, Catalogue, catalogue

__all__ = ["LANGUAGES", "Catalogue", "catalogue"]
