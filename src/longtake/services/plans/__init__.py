"""Plans: drafted from a diagnosis, written so that a person can edit them, read back and checked."""

from longtake.domain.answers.plan_values import plan_values as values
from longtake.services.plans.draft import draft, drafted, shapes
from longtake.services.plans.files import PlanFileError, read, written
from longtake.services.plans.telling import telling

__all__ = ["PlanFileError", "draft", "drafted", "read", "shapes", "telling", "values", "written"]
