"""Was it pushed too hard, or did the world change?"""

from longtake.services.reports.pressure.section import section
from longtake.services.reports.pressure.signs import signs

__all__ = ["section", "signs"]
