"""The commit file: the one thing that makes an import visible."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from longtake.errors import LongtakeError

_FORMAT = 1
_NAME = re.compile(r"(?P<sequence>[0-9]{10})-(?P<import_id>[0-9a-f]{20})\.json")


class DamagedLakeError(LongtakeError):
    """A file the lake relies on is missing or is not what was written."""

    code = "damaged_lake"

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{path}: {reason}.", fix="Restore it from a backup, or take the import back.")
        self.path, self.reason = str(path), reason


@dataclass(frozen=True, slots=True)
class Commit:
    """One import as it stands in the lake.

    Attributes:
        import_id: 20 hexadecimal digits, the same for the same campaign and inputs.
        campaign: Whose it is.
        sequence: Order of commits within a campaign, from 1; never used twice.
        tables: Rows by table.
        receipt: What the caller wanted kept with it; JSON-able.
        files: Path relative to the lake's root, by table.
        digests: SHA-256 of each file, by table.
        inputs: SHA-256 of each source file, sorted.
        model: Version of the model that wrote the labels; empty without comments.
        nulls: Number of nulls by table and column, where there are any.
    """

    import_id: str
    campaign: str
    sequence: int
    tables: Mapping[str, int]
    receipt: Mapping[str, object]
    files: Mapping[str, str]
    digests: Mapping[str, str]
    inputs: tuple[str, ...] = ()
    model: str = ""
    nulls: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name of its file; names sort in commit order."""
        return f"{self.sequence:010d}-{self.import_id}.json"

    def to_bytes(self) -> bytes:
        """Return the content of its file: canonical JSON, UTF-8."""
        content = {
            "format": _FORMAT,
            "import_id": self.import_id,
            "campaign": self.campaign,
            "sequence": self.sequence,
            "tables": dict(self.tables),
            "receipt": dict(self.receipt),
            "files": dict(self.files),
            "digests": dict(self.digests),
            "inputs": list(self.inputs),
            "model": self.model,
            "nulls": {table: dict(columns) for table, columns in self.nulls.items()},
        }
        return json.dumps(content, ensure_ascii=True, sort_keys=True, allow_nan=False).encode("ascii") + b"\n"


def read_commit(path: Path) -> Commit:
    """Read a commit file.

    Raises:
        DamagedLakeError: It is not a commit file of this format.
    """
    try:
        content = json.loads(path.read_bytes())
        if content.pop("format") != _FORMAT:
            raise DamagedLakeError(path, "written by a newer version of longtake")
        return Commit(**{**content, "inputs": tuple(content["inputs"])})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedLakeError(path, f"not a commit file ({error})") from error


def split_name(path: Path) -> tuple[int, str] | None:
    """Return sequence and import id of a commit file by its name; None for any other file.

    Examples:
        >>> split_name(Path("0000000002-00112233445566778899.json"))
        (2, '00112233445566778899')
        >>> split_name(Path("notes.txt")) is None
        True
    """
    found = _NAME.fullmatch(path.name)
    return (int(found["sequence"]), found["import_id"]) if found else None


def import_name(campaign: str, inputs: Iterable[str], again: int = 0) -> str:
    """Return the id of an import: the same for the same campaign, inputs and number of live repeats.

    Args:
        campaign: Whose it is.
        inputs: SHA-256 of each source file, in any order.
        again: How many live imports of the same inputs there are already.

    Examples:
        >>> import_name("film", ["b", "a"]) == import_name("film", ["a", "b"])
        True
        >>> import_name("film", ["a"]) == import_name("film", ["a"], again=1)
        False
    """
    parts = [campaign, str(again), *sorted(inputs)]
    return hashlib.blake2b("\x00".join(parts).encode(), digest_size=10, person=b"longtake").hexdigest()
