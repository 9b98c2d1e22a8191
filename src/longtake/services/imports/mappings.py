"""Mappings of unknown tables: guessed, given or remembered for their header."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from longtake.errors import UnknownFormatError
from longtake.ingest.head import Head
from longtake.ingest.mapping import MappedReader, Mapping, Proposal, dump, header_key, load
from longtake.ingest.mapping import propose as proposed
from longtake.ingest.peek import peek
from longtake.ingest.reader import Reader
from longtake.ingest.registry import recognise
from longtake.services.workspace import Workspace, write_whole


@dataclass(frozen=True, slots=True)
class Given:
    """A mapping that a person gave for this call."""

    mapping: Mapping


def take(workspace: Workspace, file: Path) -> Given:
    """Return the mapping of a file a person gave.

    Raises:
        LongtakeError: The file is not a mapping.
    """
    del workspace
    return Given(load(file))


def choose(workspace: Workspace, path: Path, given: Given | None) -> tuple[Reader, Head]:
    """Return who reads a file: a reader that recognises it, else a mapping that fits its header.

    A mapping that was given goes before every reader when all its columns are there, and is
    remembered for that header.

    Raises:
        UnknownFormatError: Nobody recognises the file and no mapping fits.
        LongtakeError: The file is damaged or hostile.
    """
    if given is not None:
        head = peek(path)
        if given.mapping.fits(head.columns):
            remember(workspace, head.columns, given.mapping)
            return MappedReader(given.mapping), head
    try:
        return recognise(path)
    except UnknownFormatError as error:
        kept = remembered(workspace, error.columns)
        if kept is None:
            raise
        return MappedReader(kept), peek(path)


def remembered(workspace: Workspace, columns: tuple[str, ...]) -> Mapping | None:
    """Return the mapping that was used for this header before."""
    path = _path(workspace, columns)
    return load(path) if columns and path.exists() else None


def remember(workspace: Workspace, columns: tuple[str, ...], mapping: Mapping) -> None:
    """Keep a mapping for the next file with this header."""
    write_whole(_path(workspace, columns), dump(mapping).encode())


def propose(path: Path, kind: str = "") -> tuple[Head, Proposal | None]:
    """Return a table's head, and what its headings and cells suggest with the reasons.

    Args:
        path: The table.
        kind: What it holds, if a person said so.

    Raises:
        LongtakeError: The file is damaged, hostile or not a table.
    """
    head = peek(path)
    if not head.columns:
        raise UnknownFormatError(path)
    return head, proposed(head, kind)


def _path(workspace: Workspace, columns: tuple[str, ...]) -> Path:
    key = header_key(columns)
    if not re.fullmatch(r"[0-9a-z]+", key):
        raise ValueError(f"header key {key!r}")
    return workspace.mappings / f"{key}.toml"
