"""XML without document types, entities or deep nesting, as a stream of elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from longtake.errors import HostileFileError, UnreadableFileError
from longtake.ingest.formats.textfile import CHUNK, chunks, encoding

DEPTH_LIMIT = 200
TEXT_LIMIT = 8 << 20
DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


class _TooDeep(Exception):  # noqa: N818 -- never leaves this module
    pass


class _Collector(ContentHandler):
    def __init__(self, tag: str) -> None:
        super().__init__()
        self.tag, self.depth, self.number, self.size = tag, 0, 0, 0
        self.open: tuple[int, dict[str, str]] | None = None
        self.text: list[str] = []
        self.found: list[tuple[int, dict[str, str], str]] = []

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 -- the interface's name
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise _TooDeep(f"nested deeper than {DEPTH_LIMIT} levels")
        if name == self.tag and self.open is None:
            self.number += 1
            self.open = (self.depth, dict(attrs.items()))
            self.text, self.size = [], 0

    def endElement(self, name: str) -> None:  # noqa: N802 -- the interface's name
        if self.open is not None and self.depth == self.open[0] and name == self.tag:
            self.found.append((self.number, self.open[1], "".join(self.text)))
            self.open = None
        self.depth -= 1

    def characters(self, content: str) -> None:
        if self.open is not None:
            self.size += len(content)
            if self.size > TEXT_LIMIT:
                raise _TooDeep(f"an element holds more than {TEXT_LIMIT} characters")
            self.text.append(content)


def elements(source: Path | bytes, tag: str, *, name: str = "") -> Iterator[tuple[int, dict[str, str], str]]:
    """Yield the outermost elements called ``tag``: 1-based number, attributes, text.

    Args:
        source: A file, or bytes that were inflated from one.
        tag: Name of the element, as it stands in the file.
        name: What to call bytes in an error.

    Raises:
        HostileFileError: The text declares a document type or an entity, is nested deeper than 200
            levels, or an element holds more than 8 M characters.
        UnreadableFileError: The text is no XML, or breaks off; elements before that are yielded.

    Examples:
        >>> list(elements(b'<i><d p="1.5,1">ha</d></i>', "d"))
        [(1, {'p': '1.5,1'}, 'ha')]
    """
    path = source if isinstance(source, Path) else Path(name or "data.xml")
    handler = _Collector(tag)
    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(handler)
    try:
        for text in _pieces(source, path):
            parser.feed(text)
            yield from handler.found
            handler.found.clear()
        parser.close()
    except (_TooDeep, DefusedXmlException) as error:
        yield from handler.found
        reason = str(error) if isinstance(error, _TooDeep) else "declares a document type or an entity"
        raise HostileFileError(path, reason) from error
    except SAXException as error:
        yield from handler.found
        line = getattr(error, "getLineNumber", lambda: None)()
        raise UnreadableFileError(path, f"not XML at line {line}: {error.getMessage()}") from error


def _pieces(source: Path | bytes, path: Path) -> Iterator[str]:
    """Yield the text in pieces, without its declaration, whose encoding no longer holds."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            coding = encoding(file.read(1 << 16))
        pieces = chunks(source, coding or "utf-8")
    else:
        coding = encoding(source[: 1 << 16]) or "utf-8"
        try:
            whole = source.decode(coding)
        except UnicodeDecodeError as error:
            raise UnreadableFileError(path, f"byte {error.start} is not {coding} text") from error
        pieces = (whole[place : place + CHUNK] for place in range(0, len(whole), CHUNK))
    first = next(pieces, "").lstrip("\ufeff \t\r\n")
    declared = DECLARATION.match(first)
    yield first[declared.end() :] if declared else first
    yield from pieces
