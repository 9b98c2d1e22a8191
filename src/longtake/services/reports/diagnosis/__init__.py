"""Why the heat slides: the signs of all sections weighed, with what they rest on and what is missing."""

from longtake.services.reports.diagnosis.section import section
from longtake.services.reports.diagnosis.signs import diagnosed

__all__ = ["diagnosed", "section"]
