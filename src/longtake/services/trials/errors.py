"""What can go wrong with a trial that a person runs."""

from __future__ import annotations

from longtake.services.worded import WordedError


class TrialError(WordedError):
    """A trial cannot do what was asked, or not yet."""

    code = "trial"
