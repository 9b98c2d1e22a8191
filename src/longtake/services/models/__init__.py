"""A heavier model behind a server that speaks the OpenAI-compatible protocol; off until it is named."""

from longtake.services.models.answers import Answer
from longtake.services.models.check import Finding, check, would_send
from longtake.services.models.compare import ClassRow, Comparison, Difference, compare
from longtake.services.models.embedding import embed
from longtake.services.models.errors import (
    ModelAddressError,
    ModelAnswerError,
    ModelSettingError,
    ModelUnreachableError,
)
from longtake.services.models.labelling import label_with_chat
from longtake.services.models.labels import LABELS, Label, named
from longtake.services.models.memory import Memory
from longtake.services.models.settings import Settings, configured, required
from longtake.services.models.wire.client import Client

__all__ = [
    "LABELS",
    "Answer",
    "ClassRow",
    "Client",
    "Comparison",
    "Difference",
    "Finding",
    "Label",
    "Memory",
    "ModelAddressError",
    "ModelAnswerError",
    "ModelSettingError",
    "ModelUnreachableError",
    "Settings",
    "check",
    "compare",
    "configured",
    "embed",
    "label_with_chat",
    "named",
    "required",
    "would_send",
]
