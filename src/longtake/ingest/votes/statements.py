"""What was voted on: the text of each statement, and which were taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from longtake.domain.receipt import Refused
from longtake.errors import UnknownFormatError
from longtake.ingest.formats.table import dicts
from longtake.ingest.head import Head
from longtake.ingest.peek import peek

NAME = ("comment-id", "comment_id", "statement-id", "statement", "观点编号")
TEXT = ("comment-body", "comment_body", "text", "观点内容", "内容")
MODERATED = ("moderated", "审核")


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements of a conversation.

    Attributes:
        texts: Text by name.
        moderated: Names of those that were taken out, in file order.
        refused: Records that were not taken in.
    """

    texts: Mapping[str, str]
    moderated: tuple[str, ...]
    refused: tuple[Refused, ...]


def sniff(head: Head) -> bool:
    """Whether a file tells statements.

    Examples:
        >>> sniff(Head("csv", columns=("comment-id", "author-id", "moderated", "comment-body")))
        True
    """
    return bool(set(NAME) & set(head.columns)) and bool(set(TEXT) & set(head.columns))


def read(path: Path) -> Statements:
    """Return the statements of a file.

    Raises:
        UnknownFormatError: The file tells no statements.
        UnreadableFileError: It is damaged.
    """
    head = peek(path)
    if not sniff(head):
        raise UnknownFormatError(path, columns=head.columns)
    name, text = (next(one for one in names if one in head.columns) for names in (NAME, TEXT))
    flag = next((one for one in MODERATED if one in head.columns), "")
    texts: dict[str, str] = {}
    out: list[str] = []
    refused: list[Refused] = []
    for line, record in dicts(path, head):
        if isinstance(record, Refused):
            refused.append(record)
            continue
        key = str(record[name] or "").strip()
        if not key:
            refused.append(Refused(line, name, "", "a name or number"))
            continue
        texts[key] = str(record[text] or "").strip()
        if flag and str(record[flag] or "").strip() == "-1":
            out.append(key)
    return Statements(texts, tuple(out), tuple(refused))
