"""Trials: designed, sealed, filled with rows, looked at on any day, judged."""

from longtake.services.trials.book import Book, Dropped, load
from longtake.services.trials.dealing import dealt, links
from longtake.services.trials.defaults import next_day
from longtake.services.trials.design import change, design, power_of_trial, start
from longtake.services.trials.deviations import deviations
from longtake.services.trials.dropping import drop, drop_series
from longtake.services.trials.errors import TrialError
from longtake.services.trials.looking import judge, look
from longtake.services.trials.place import ids
from longtake.services.trials.verdicts.kept import verdict_of

__all__ = [
    "Book",
    "Dropped",
    "TrialError",
    "change",
    "dealt",
    "design",
    "deviations",
    "drop",
    "drop_series",
    "ids",
    "judge",
    "links",
    "load",
    "look",
    "next_day",
    "power_of_trial",
    "start",
    "verdict_of",
]
