"""How much of the talk was bought, how much bred itself, and the day it slid."""

from longtake.services.reports.heat.split.section import section

__all__ = ["section"]
