"""Trials: designed, sealed, filled with rows, looked at on any day, judged once."""

from longtake.services.trials.judged import verdict_of

__all__ = ["verdict_of"]
