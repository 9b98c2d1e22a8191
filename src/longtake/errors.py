"""Every refusal the product makes on purpose: what, where, and what would do."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar


class LongtakeError(Exception):
    """The data or the world does not allow what was asked.

    A command prints the message on one line and exits 1; a form shows it at its field.

    Attributes:
        code: Stable name of the error, also the key of its translation.
        message: What is wrong and where.
        fix: What the person can do about it; empty when nothing helps.

    Examples:
        >>> str(LongtakeError("No campaign is named 'x'.", fix="Run `longtake campaigns`."))
        "No campaign is named 'x'. Run `longtake campaigns`."
    """

    code: ClassVar[str] = "error"

    def __init__(self, message: str, *, fix: str = "") -> None:
        super().__init__(f"{message} {fix}".strip())
        self.message, self.fix = message, fix


class NotEnoughDataError(LongtakeError):
    """A method was asked for an answer its data cannot support."""

    code = "not_enough_data"

    def __init__(self, method: str, *, needed: int, got: int, unit: str) -> None:
        super().__init__(f"{method} needs at least {needed} {unit}, got {got}.")
        self.method, self.needed, self.got, self.unit = method, needed, got, unit


class UnreadableFileError(LongtakeError):
    """A file is damaged or is not what its first bytes claim."""

    code = "unreadable_file"

    def __init__(self, path: Path | str, reason: str, *, fix: str = "Export it again.") -> None:
        super().__init__(f"{Path(path).name}: {reason}.", fix=fix)
        self.path, self.reason = str(path), reason


class HostileFileError(UnreadableFileError):
    """A file would cost more memory, time or trust than any real export does."""

    code = "hostile_file"

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(path, reason, fix="Refused before it was unpacked; ask for a plain export.")


class UnknownFormatError(LongtakeError):
    """No reader recognises a file; tables can still be mapped by hand."""

    code = "unknown_format"

    def __init__(self, path: Path | str, *, columns: tuple[str, ...] = ()) -> None:
        seen = f" Its columns: {', '.join(columns[:12])}." if columns else ""
        fix = "Give `--map FILE`, or run `longtake map FILE`." if columns else "Run `longtake readers`."
        super().__init__(f"{Path(path).name}: no reader recognises it.{seen}", fix=fix)
        self.path, self.columns = str(path), columns


class CampaignFileError(LongtakeError):
    """`campaign.toml` holds a value that cannot be used."""

    code = "campaign_file"

    def __init__(self, path: Path | str, *, key: str, value: str, expected: str) -> None:
        super().__init__(f"{path}: {key} is {value!r}.", fix=f"Expected {expected}.")
        self.path, self.key, self.value, self.expected = str(path), key, value, expected


class NotFoundError(LongtakeError):
    """Something was named that is not there."""

    code = "not_found"

    def __init__(self, kind: str, name: str, *, known: tuple[str, ...] = (), fix: str = "") -> None:
        seen = f"Known: {', '.join(known[:12])}." if known else ""
        super().__init__(f"No {kind} is named {name!r}.", fix=f"{seen} {fix}".strip())
        self.kind, self.name, self.known = kind, name, known
