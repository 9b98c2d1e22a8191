"""What the beginning of JSON text holds, even where it is cut off."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from longtake.errors import HostileFileError, UnreadableFileError
from longtake.ingest.formats.jsonfile import DEPTH_LIMIT, parse, too_deep

Record = Mapping[str, object]
LEVELS = 4
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{},]', re.DOTALL)


def outline(path: Path, text: str) -> tuple[str, Record, Sequence[Record]]:
    """Return the form (json or jsonl), the first record or whole object, and the first records.

    For one object the records are those of the first list of objects inside it, if any.

    Raises:
        HostileFileError: Brackets are nested deeper than 200 levels.
        UnreadableFileError: The text is no JSON.
    """
    text = text.strip("\ufeff \t\r\n")
    if too_deep(text):
        raise HostileFileError(path, f"JSON nested deeper than {DEPTH_LIMIT} levels")
    lined = _lines(text, path)
    if lined:
        return "jsonl", lined[0], lined
    value = _value(path, text)
    if isinstance(value, list):
        found = [one for one in value if isinstance(one, dict)]
        return "json", found[0] if found else {}, found
    if not isinstance(value, dict):
        return "json", {}, ()
    return "json", value, next(_lists(value, LEVELS), (value,))


def _lines(text: str, path: Path) -> list[Record]:
    first, _, rest = text.partition("\n")
    if not first.startswith("{") or (not rest.strip() and path.suffix.lower() not in {".jsonl", ".ndjson"}):
        return []
    found: list[Record] = []
    for line in (first, *rest.split("\n")[:20]):
        try:
            value = parse(line) if line.strip() else None
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, dict):
            found.append(value)
        elif not found and line is first:
            return []
    return found


def _value(path: Path, text: str) -> object:
    try:
        return parse(text)
    except (ValueError, RecursionError) as error:
        for part, lenient in ((closed(text), False), (text, True), (closed(text), True)):
            try:
                return parse(part, lenient=lenient)
            except (ValueError, RecursionError):
                continue
        where = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise UnreadableFileError(path, f"not JSON{where}") from error


def closed(text: str) -> str:
    """Return the beginning of cut-off JSON text up to its last whole value, with its brackets closed.

    Examples:
        >>> closed('{"a": [{"b": 1}, {"c": "x')
        '{"a": [{"b": 1}]}'
    """
    stack: list[str] = []
    ends, safe = "", 0
    for found in TOKEN.finditer(text):
        mark = found.group()
        if mark in {"[", "{"}:
            stack.append("]" if mark == "[" else "}")
            if len(stack) > 1:
                continue
            safe = found.end()
        elif mark in {"]", "}"} and stack:
            stack.pop()
            safe = found.end()
        elif mark == "," and stack:
            safe = found.start()
        else:
            continue
        ends = "".join(reversed(stack))
    return text[:safe] + ends


def _lists(value: Record, levels: int) -> Iterator[Sequence[Record]]:
    for one in value.values():
        if isinstance(one, list) and one and isinstance(one[0], dict):
            yield [row for row in one[:20] if isinstance(row, dict)]
    if levels > 1:
        for one in value.values():
            if isinstance(one, dict):
                yield from _lists(one, levels - 1)


def as_text(value: object) -> str:
    """Return a JSON value as a cell would show it."""
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)
