"""JSON documents and JSON Lines, of bounded size, depth and line length."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from longtake.domain.receipt import Refused
from longtake.errors import HostileFileError, UnreadableFileError
from longtake.ingest.formats.textfile import CHUNK, LINE_LIMIT, chunks
from longtake.ingest.formats.textfile import lines as text_lines
from longtake.ingest.head import Head

DOCUMENT_LIMIT = 256 << 20
DEPTH_LIMIT = 200
STRING = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
BRACKET = re.compile(r"[\[\]{}]")
OBJECT = "a JSON object"
SURROGATE = re.compile("[\ud800-\udfff]")
GAP = " \t\r\n,\ufeff"


def _constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON number")


def _float(text: str) -> float:
    value = float(text)
    if value in {float("inf"), float("-inf")}:
        raise ValueError(f"{text[:20]} is too large a number")
    return value


DECODER = json.JSONDecoder(parse_constant=_constant, parse_float=_float)
LENIENT = json.JSONDecoder(parse_constant=str, parse_float=str, parse_int=str)


def too_deep(text: str, limit: int = DEPTH_LIMIT) -> bool:
    """Whether brackets outside strings open more than ``limit`` levels; linear in the text.

    Examples:
        >>> too_deep('[{"a": "[[[["}]', 2), too_deep("[[[1]]]", 2)
        (False, True)
    """
    if text.count("[") + text.count("{") <= limit:
        return False
    depth = 0
    for mark in BRACKET.findall(STRING.sub("", text)):
        depth += 1 if mark in "[{" else -1
        if depth > limit:
            return True
    return False


def parse(text: str, *, lenient: bool = False) -> object:
    """Return the value of one JSON text.

    Args:
        text: The text.
        lenient: Take every number and constant as the text it is.

    Half surrogate pairs, which no file can store, become U+FFFD.

    Raises:
        ValueError: The text is no JSON, is nested deeper than 200 levels, or holds NaN, Infinity or
            a number of more digits than Python reads.

    Examples:
        >>> parse('{"a": [1, null]}')
        {'a': [1, None]}
    """
    if too_deep(text):
        raise ValueError(f"nested deeper than {DEPTH_LIMIT} levels")
    return whole((LENIENT if lenient else DECODER).decode(text), text)


def whole(value: object, text: str) -> object:
    """Return a parsed value with every half surrogate pair replaced, when its text may hold one."""
    if "\\ud" in text or "\\uD" in text or "\\UD" in text:
        return _mended(value)
    return value


def _mended(value: object) -> object:
    if isinstance(value, str):
        return SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_mended(one) for one in value]
    if isinstance(value, dict):
        return {_mended(key): _mended(one) for key, one in value.items()}
    return value


def lines(path: Path, head: Head) -> Iterator[tuple[int, dict[str, object] | Refused]]:
    """Yield each line of a JSON Lines file as ``(line number, object)``; blank lines are no records.

    A line that is no object comes as a refusal.

    Raises:
        UnreadableFileError: The encoding breaks, or a byte is zero.
        HostileFileError: A line is longer than 8 M characters.
    """
    for number, line in enumerate(text_lines(path, head.encoding or "utf-8"), 1):
        text = line.strip("\ufeff \t\r\n")
        if not text:
            continue
        try:
            value = parse(text)
        except (ValueError, RecursionError):
            value = None
        yield number, value if isinstance(value, dict) else Refused(number, "*", text[:80], OBJECT)


def document(path: Path, head: Head) -> object:
    """Return the value of a file that is one JSON document.

    Raises:
        UnreadableFileError: The file is no JSON text.
        HostileFileError: It is larger than 256 MB or nested deeper than 200 levels.
    """
    if path.stat().st_size > DOCUMENT_LIMIT:
        raise HostileFileError(path, f"one JSON document of more than {DOCUMENT_LIMIT >> 20} MB")
    text = "".join(chunks(path, head.encoding or "utf-8")).strip("\ufeff \t\r\n")
    if too_deep(text):
        raise HostileFileError(path, f"JSON nested deeper than {DEPTH_LIMIT} levels")
    try:
        return whole(DECODER.decode(text), text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(path, f"not JSON: {_where(error)}") from error


def _where(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.lower()} at line {error.lineno}, column {error.colno}"
    return str(error)[:80]


def items(path: Path, head: Head) -> Iterator[tuple[int, dict[str, object] | Refused]]:
    """Yield the elements of a JSON array as ``(1-based place, object)``, a few at a time in memory.

    An element that is no object comes as a refusal; a document that is one object is its own only
    element.

    Raises:
        UnreadableFileError: The file is no JSON array, or breaks off; elements before the break have
            been yielded by then.
        HostileFileError: An element is longer than 8 M characters or nested deeper than 200 levels.
    """
    pieces = chunks(path, head.encoding or "utf-8")
    buffer = next(pieces, "").lstrip("\ufeff \t\r\n")
    if not buffer.startswith("["):
        value = document(path, head)
        yield 1, value if isinstance(value, dict) else Refused(1, "*", str(value)[:80], OBJECT)
        return
    buffer, number = buffer[1:], 0
    while True:
        end = 0
        for text, value, stop in _elements(path, buffer, number):
            number, end = number + 1, stop
            yield number, value if isinstance(value, dict) else Refused(number, "*", text[:80], OBJECT)
        buffer = buffer[end:].lstrip(GAP)
        if buffer.startswith("]"):
            return _closed(path, buffer[1:], pieces)
        if len(buffer) > LINE_LIMIT:
            raise HostileFileError(path, f"element {number + 1} is longer than {LINE_LIMIT} characters")
        more = "".join(islice(pieces, 1 + len(buffer) // CHUNK))
        if not more:
            raise UnreadableFileError(path, f"the JSON array breaks off in element {number + 1}")
        buffer += more


def _elements(path: Path, buffer: str, number: int) -> Iterator[tuple[str, object, int]]:
    """Yield the elements that are whole in a buffer: text, value (None when refused), end."""
    place = 0
    while True:
        while place < len(buffer) and buffer[place] in GAP:
            place += 1
        if place == len(buffer) or buffer[place] == "]":
            return
        try:
            value, end = DECODER.raw_decode(buffer, place)
        except json.JSONDecodeError as error:
            if error.pos < len(buffer) - 16 and not error.msg.startswith("Unterminated"):
                raise UnreadableFileError(
                    path, f"element {number + 1} is not JSON: {error.msg.lower()}"
                ) from error
            return
        except RecursionError as error:
            raise HostileFileError(path, f"JSON nested deeper than {DEPTH_LIMIT} levels") from error
        except ValueError:
            try:
                value, end = None, LENIENT.raw_decode(buffer, place)[1]
            except (ValueError, RecursionError):
                return
        if end == len(buffer):
            return
        number, text = number + 1, buffer[place:end]
        if too_deep(text):
            raise HostileFileError(path, f"JSON nested deeper than {DEPTH_LIMIT} levels")
        yield text, whole(value, text), end
        place = end


def _closed(path: Path, rest: str, pieces: Iterator[str]) -> None:
    for text in (rest, *pieces):
        if text.strip(GAP):
            raise UnreadableFileError(path, "text stands after the end of the JSON array")
