"""Opinions of many: groups behind votes, what marks them, how circles differ, and who was meant."""

from longtake.opinion.grouping import Groups, groups
from longtake.opinion.votes import Votes

__all__ = ["Groups", "Votes", "groups"]
