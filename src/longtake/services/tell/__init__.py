"""The report on paper, with what to do next."""

from longtake.services.tell.paper import Told, tell

__all__ = ["Told", "tell"]
