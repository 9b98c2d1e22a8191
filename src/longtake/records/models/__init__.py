"""The tables."""

from longtake.records.models.annotation import Annotation
from longtake.records.models.audit import Act
from longtake.records.models.board import Card
from longtake.records.models.invitation import Invitation
from longtake.records.models.job import Job
from longtake.records.models.membership import Membership
from longtake.records.models.person import Attempt, Person
from longtake.records.models.share import ShareLink

__all__ = ["Act", "Annotation", "Attempt", "Card", "Invitation", "Job", "Membership", "Person", "ShareLink"]
