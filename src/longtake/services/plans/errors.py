"""Refusals of acts on a plan, in words a page can say."""

from __future__ import annotations

from longtake.services.worded import WordedError


class PlanActError(WordedError):
    """An act on a plan is not possible as things stand.

    Attributes:
        says: Key of the message ``problem.<says>``.
        slots: What its words need.
    """

    code = "plan_act"
