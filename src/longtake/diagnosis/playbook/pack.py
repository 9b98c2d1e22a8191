"""Packs of the playbook: dated TOML files, a later folder's entry replacing an earlier one's."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from longtake.errors import LongtakeError

T = TypeVar("T")

PACKAGED = Path(__file__).parent / "packs"
"""Folder of the packs that come with the package."""

VARIABLE = "LONGTAKE_PLAYBOOK"
"""Names a folder of packs that a team has written for itself."""

FOLDER = "playbook"
"""Folder of own packs inside a workspace or a campaign folder."""

KINDS = ("repair", "form", "reference", "entry", "copy", "holiday", "talk", "speaker", "case")
LARGEST = 1_000_000
HEAD = frozenset({"name", "date", "source"})


class PlaybookError(LongtakeError):
    """A pack of the playbook cannot be used."""

    code = "playbook"

    def __init__(self, path: Path | str, entry: str, reason: str) -> None:
        where = f"{Path(path).name}: {entry}" if entry else Path(path).name
        super().__init__(f"{where}: {reason}.", fix="Correct the file, or take it out of the folder.")
        self.path, self.entry, self.reason = str(path), entry, reason


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a pack in both languages.

    Examples:
        >>> Said("投票", "vote").of("en")
        'vote'
    """

    zh: str
    en: str

    def of(self, lang: str) -> str:
        """Return the words in zh or en."""
        return self.zh if lang == "zh" else self.en


class Entry:
    """One table of a pack, read key by key; what nobody reads is refused.

    Attributes:
        key: Its name, unique among its kind.
        pack: Name and date of its pack, ``name@2026-11-20``.
        source: Where the pack's numbers come from, as the pack says.
    """

    def __init__(self, path: Path, kind: str, content: Mapping[str, Any], head: Mapping[str, Any]) -> None:
        self._path, self._content, self._read = path, content, {"key"}
        self.key = str(content.get("key", ""))
        self._where = f"{kind} {self.key or '?'}"
        if not self.key:
            raise self.wrong("key is missing")
        self.pack = f"{head['name']}@{head['date'].isoformat()}"
        self.source = Said(**head["source"])

    def wrong(self, reason: str) -> PlaybookError:
        """Return the refusal of this entry."""
        return PlaybookError(self._path, self._where, reason)

    def get(self, name: str, kind: type[T], default: T | None = None) -> T:
        """Return a value of one type; a whole number counts as a float.

        Raises:
            PlaybookError: It is missing without a default, or of another type.
        """
        self._read.add(name)
        value = self._content.get(name, default)
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.wrong(f"{name} is {value!r}, expected {kind.__name__}")
        return value

    def number(self, name: str) -> float | None:
        """Return a number; None where the entry gives none."""
        return self.get(name, float) if name in self._content else None

    def said(self, name: str, *, optional: bool = False) -> Said:
        """Return words in both languages."""
        return self._said(name, self.get(name, dict, {} if optional else None), optional=optional)

    def sayings(self, name: str) -> tuple[Said, ...]:
        """Return a list of words in both languages; empty where the entry gives none."""
        return tuple(self._said(name, one, optional=False) for one in self.get(name, list, []))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; empty where the entry gives none."""
        values = self.get(name, list, [])
        if not all(isinstance(value, str) and value for value in values):
            raise self.wrong(f"{name} is {values!r}, expected a list of texts")
        return tuple(values)

    def one_of(self, name: str, allowed: Iterable[str]) -> str:
        """Return a word out of a list."""
        value = self.get(name, str)
        if value not in (known := tuple(allowed)):
            raise self.wrong(f"{name} is {value!r}, expected one of {', '.join(known)}")
        return value

    def span(self, name: str) -> tuple[float, float] | None:
        """Return a least and a most, ``[least, most]``; None where the entry gives none."""
        if name not in self._content:
            return None
        value = self.get(name, list)
        fits = len(value) == 2 and all(isinstance(v, int | float) and not isinstance(v, bool) for v in value)
        if not fits or not 0 <= value[0] <= value[1]:
            raise self.wrong(f"{name} is {value!r}, expected [least, most]")
        return float(value[0]), float(value[1])

    def days(self, name: str) -> tuple[date, date]:
        """Return a first and a last day."""
        value = self.get(name, list)
        if len(value) != 2 or not all(type(v) is date for v in value) or value[0] > value[1]:
            raise self.wrong(f"{name} is {value!r}, expected [first day, last day]")
        return value[0], value[1]

    def inner(self, name: str) -> tuple[Entry, ...]:
        """Return the tables within this one."""
        made = []
        for number, one in enumerate(self.get(name, list, []), 1):
            if not isinstance(one, dict):
                raise self.wrong(f"{name} {number} is no table")
            head = {"name": "", "date": date.min, "source": {"zh": "", "en": ""}}
            made.append(Entry(self._path, name, {"key": f"{self.key} {number}", **one}, head))
        return tuple(made)

    def close(self) -> None:
        """Refuse what nobody read.

        Raises:
            PlaybookError: There is a key that means nothing.
        """
        if unread := sorted(set(self._content) - self._read):
            raise self.wrong(f"nobody reads {', '.join(unread)}")

    def _said(self, name: str, value: object, *, optional: bool) -> Said:
        if optional and not value:
            return Said("", "")
        words = value if isinstance(value, dict) else {}
        zh, en = words.get("zh"), words.get("en")
        if set(words) != {"zh", "en"} or not isinstance(zh, str) or not isinstance(en, str):
            raise self.wrong(f"{name} lacks its words in zh and en")
        if not zh or not en:
            raise self.wrong(f"{name} is empty in zh or en")
        return Said(zh, en)


def entries(kind: str, make: Callable[[Entry], T], folders: Iterable[Path] = ()) -> dict[str, T]:
    """Return the entries of one kind by key, in order of file and place.

    The packaged packs come first, then the folder that ``$LONGTAKE_PLAYBOOK`` names, then ``folders``; an
    entry replaces an earlier one of its key where that one stood. Folders that do not exist hold nothing.

    Args:
        kind: One of :data:`KINDS`.
        make: Makes the value of an entry.
        folders: More folders, the one that decides last.

    Raises:
        PlaybookError: A file cannot be read, or an entry lacks what it needs.
    """
    own = os.environ.get(VARIABLE)
    found: dict[str, T] = {}
    for folder in (PACKAGED, *((Path(own),) if own else ()), *folders):
        for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            here: set[str] = set()
            for entry in _of_file(path, kind):
                if entry.key in here:
                    raise entry.wrong("it stands there twice")
                here.add(entry.key)
                found[entry.key] = make(entry)
                entry.close()
    return found


@lru_cache(maxsize=64)
def _parsed(path: Path, _state: tuple[int, int]) -> Mapping[str, Any]:
    """Return a file's tables; the time of its last change and its size stand for its content."""
    return tomllib.loads(path.read_text("utf-8-sig"))


def _of_file(path: Path, kind: str) -> list[Entry]:
    try:
        state = path.stat()
        if state.st_size > LARGEST:
            raise PlaybookError(path, "", "it is larger than any pack")
        told = _parsed(path, (state.st_mtime_ns, state.st_size))
    except (OSError, ValueError, RecursionError) as error:
        raise PlaybookError(path, "", f"it cannot be read ({str(error)[:120]})") from error
    head = told.get("pack")
    if not isinstance(head, dict) or set(head) != HEAD or type(head["date"]) is not date:
        raise PlaybookError(path, "pack", "expected name, date (a day) and source (zh and en)")
    source = head["source"]
    if not isinstance(source, dict) or set(source) != {"zh", "en"}:
        raise PlaybookError(path, "pack", "its source lacks words in zh and en")
    if unread := sorted(set(told) - {"pack", *KINDS}):
        raise PlaybookError(path, "", f"nobody reads {', '.join(unread)}")
    raw = told.get(kind, [])
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        raise PlaybookError(path, kind, f"expected [[{kind}]] tables")
    return [Entry(path, kind, one, head) for one in raw]
