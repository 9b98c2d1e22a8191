"""Can people take part? Entries, what plays lead to, who passes it on and who makes something of it."""

from longtake.services.reports.interaction.section import section
from longtake.services.reports.interaction.signs import signs

__all__ = ["section", "signs"]
