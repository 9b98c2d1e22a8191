"""Packs: dated lists of what people say and what it means, one TOML file each."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from longtake.errors import LongtakeError
from longtake.language.patterns.literals import LONGEST
from longtake.language.patterns.rule import Rule, RuleError, compile_rule

PACKAGED = Path(__file__).parents[1] / "packs"
"""Folder of the packs that come with the package."""

VARIABLE = "LONGTAKE_PACKS"
"""Names a folder of packs that a team has written for itself; they are read after the packaged ones."""

_KEYS = frozenset(
    {
        "label",
        "value",
        "polarity",
        "rules",
        "unless",
        "unless_anywhere",
        "negatable",
        "from",
        "until",
        "examples",
        "counters",
    }
)
_POLARITIES = ("", "pos", "neg")


class PackError(LongtakeError):
    """A pack cannot be read."""

    code = "pack"

    def __init__(self, path: Path | str, entry: str, reason: str) -> None:
        where = f"{Path(path).name}: {entry}" if entry else Path(path).name
        super().__init__(f"{where}: {reason}.", fix="Correct the file, or take it out of the folder.")
        self.path, self.entry, self.reason = str(path), entry, reason


@dataclass(frozen=True, slots=True)
class Entry:
    """What a group of rules means.

    Attributes:
        label: Which label it gives, such as ``aspect`` or ``share``.
        value: Its value, such as ``story`` or ``recommend``.
        polarity: pos or neg where the words themselves judge; empty where their clause does.
        rules: Any of them is enough.
        unless: What matched does not count where one of these overlaps it.
        unless_anywhere: Where one of these holds anywhere in the text, the entry does not.
        since: First day on which people say so; None when always.
        until: Last day; None when still.
        examples: Invented texts the entry must fire on.
        counters: Invented texts it must not fire on.
        method: ``pack:<name>@<date>``, kept with every label it gives.
    """

    label: str
    value: str
    polarity: str
    rules: tuple[Rule, ...]
    unless: tuple[Rule, ...]
    unless_anywhere: tuple[Rule, ...]
    since: date | None
    until: date | None
    examples: tuple[str, ...]
    counters: tuple[str, ...]
    method: str


@dataclass(frozen=True, slots=True)
class Pack:
    """One file.

    Attributes:
        name: Its name.
        date: The day it was last revised.
        entries: In order; earlier ones win where a label takes one value.
        digest: Eight hexadecimal digits of its bytes.
    """

    name: str
    date: date
    entries: tuple[Entry, ...]
    digest: str

    @property
    def method(self) -> str:
        """How its labels name it."""
        return f"pack:{self.name}@{self.date.isoformat()}"


def parse_pack(path: Path, content: bytes) -> Pack:
    """Return a pack from the bytes of its file.

    Raises:
        PackError: It is no TOML, lacks a key, has one nobody reads, or a rule cannot be read.
    """
    try:
        told = tomllib.loads(content.decode("utf-8-sig"))
        head, lists = told["pack"], told.get("lists", {})
        revised = head["date"]
        name = str(head["name"])
    except (ValueError, KeyError, TypeError) as error:
        raise PackError(path, "", f"not a pack ({error})") from error
    if not isinstance(revised, date):
        raise PackError(path, "", "its date is no day such as 2026-11-01")
    lists = _spelled(path, lists)
    method = f"pack:{name}@{revised.isoformat()}"
    entries = tuple(
        _entry(path, number, raw, lists, method) for number, raw in enumerate(told.get("entry", ()), start=1)
    )
    if not entries:
        raise PackError(path, "", "it holds no [[entry]]")
    digest = hashlib.blake2b(content, digest_size=4).hexdigest()
    return Pack(name, revised, entries, digest)


def _spelled(path: Path, lists: Mapping[str, Any]) -> dict[str, list[str]]:
    for name, words in lists.items():
        fits = isinstance(words, list) and all(isinstance(w, str) and 0 < len(w) <= LONGEST for w in words)
        if not fits or not words:
            raise PackError(path, f"list {name}", f"not a list of words of 1 to {LONGEST} characters")
    return {name: list(words) for name, words in lists.items()}


def _entry(path: Path, number: int, raw: Any, lists: Mapping[str, list[str]], method: str) -> Entry:
    where = f"entry {number}"
    if not isinstance(raw, dict):
        raise PackError(path, where, "not a table")
    if unread := sorted(set(raw) - _KEYS):
        raise PackError(path, where, f"nobody reads {', '.join(unread)}")
    for key in ("label", "value", "rules", "examples", "counters"):
        if not raw.get(key):
            raise PackError(path, where, f"{key} is missing")
    where = f"entry {number} ({raw['label']} {raw['value']})"
    if raw.get("polarity", "") not in _POLARITIES:
        raise PackError(path, where, "polarity is neither pos nor neg")
    try:
        negatable = bool(raw.get("negatable", True))
        rules = tuple(compile_rule(rule, lists, negatable=negatable) for rule in raw["rules"])
        unless, anywhere = (
            tuple(compile_rule(rule, lists, negatable=False) for rule in raw.get(key, ()))
            for key in ("unless", "unless_anywhere")
        )
    except RuleError as error:
        raise PackError(path, where, error.message.rstrip(".")) from error
    days = [raw.get(key) for key in ("from", "until")]
    if not all(day is None or isinstance(day, date) for day in days):
        raise PackError(path, where, "from and until are days such as 2026-11-01")
    return Entry(
        label=str(raw["label"]),
        value=str(raw["value"]),
        polarity=str(raw.get("polarity", "")),
        rules=rules,
        unless=unless,
        unless_anywhere=anywhere,
        since=days[0],
        until=days[1],
        examples=tuple(map(str, raw["examples"])),
        counters=tuple(map(str, raw["counters"])),
        method=method,
    )


def read_packs(folders: Iterable[Path] | None = None) -> tuple[Pack, ...]:
    """Return the packs of folders, each folder's in order of file name; the packaged ones by default.

    Raises:
        PackError: A file cannot be read.
    """
    if folders is None:
        own = os.environ.get(VARIABLE)
        return _held((PACKAGED, Path(own)) if own else (PACKAGED,))
    return _held(tuple(folders))


@cache
def _held(folders: tuple[Path, ...]) -> tuple[Pack, ...]:
    packs = []
    for folder in folders:
        if not folder.is_dir():
            raise PackError(folder, "", "there is no such folder")
        for path in sorted(folder.glob("*.toml")):
            try:
                packs.append(parse_pack(path, path.read_bytes()))
            except OSError as error:
                raise PackError(path, "", f"cannot be read ({error.strerror})") from error
    return tuple(packs)
