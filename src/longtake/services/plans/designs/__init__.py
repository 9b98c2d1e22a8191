"""How a stage is proved: one module a design, each registers before the start and judges after it."""

from longtake.services.plans.designs.choice import registered, seen
from longtake.services.plans.designs.registration import Asked, Registration, Seen

__all__ = ["Asked", "Registration", "Seen", "registered", "seen"]
