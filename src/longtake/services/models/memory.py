"""Answers kept in the workspace, so that the same question has the same answer; no text is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from longtake.services.models.answers import Choice, stands
from longtake.services.models.errors import ModelAnswerError
from longtake.services.models.labels import Label
from longtake.services.models.prompt import VERSION
from longtake.services.models.wire.transport import parse
from longtake.services.workspace import Workspace, write_whole

_LARGEST = 4_096


@dataclass(frozen=True, slots=True)
class Memory:
    """One small file an answer: value, and where in the text the deciding words stand.

    Attributes:
        folder: Where the files lie; made when the first is written.
    """

    folder: Path

    @classmethod
    def of(cls, workspace: Workspace) -> Memory:
        """Return the memory of a workspace."""
        return cls(workspace.root / "models" / "answers")

    def recall(self, model: str, label: Label, sent: str) -> Choice | None:
        """Return what the model chose before; None when it did not, or the file is not as it was written.

        Args:
            model: Its name.
            label: What it chose between.
            sent: The masked text.
        """
        try:
            with self._path(model, label, sent).open("rb") as file:
                kept = parse(file.read(_LARGEST))
        except (OSError, ModelAnswerError):
            return None
        match kept:
            case {"end": int(end), "start": int(start), "value": str(value)} if value in label.values:
                return stands(sent, Choice(value, sent[start:end] if 0 <= start < end <= len(sent) else ""))
        return None

    def keep(self, model: str, label: Label, sent: str, choice: Choice) -> None:
        """Remember a choice.

        Raises:
            WorkspaceError: The file cannot be written.
        """
        start = sent.index(choice.span)
        kept = {"end": start + len(choice.span), "start": start, "value": choice.value}
        write_whole(self._path(model, label, sent), json.dumps(kept, sort_keys=True).encode())

    def _path(self, model: str, label: Label, sent: str) -> Path:
        name = digest([VERSION, model, label.name, label.about, *label.values, *label.values.values(), sent])
        return self.folder / name[:2] / f"{name}.json"


def digest(parts: Sequence[str]) -> str:
    """Return a hash of strings in order that no other strings in order have.

    Examples:
        >>> digest(["a", "bc"]) == digest(["ab", "c"])
        False
    """
    return hashlib.sha256(json.dumps(list(parts)).encode()).hexdigest()
