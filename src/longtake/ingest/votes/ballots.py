"""Who voted how: one vote a row, or one participant a row and one statement a column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from longtake.domain.receipt import Refused
from longtake.errors import UnknownFormatError
from longtake.ingest.formats.table import dicts
from longtake.ingest.head import Head
from longtake.ingest.peek import peek
from longtake.opinion.votes import Votes

PERSON = ("voter-id", "voter_id", "participant", "参与者", "用户", "投票人")
STATEMENT = ("comment-id", "comment_id", "statement", "statement-id", "观点", "观点编号")
VOTE = ("vote", "投票", "态度")
WHEN = ("timestamp", "时间戳")
KNOWN = frozenset({"group-id", "n-comments", "n-votes", "n-agree", "n-disagree", "participant"})
"""Columns of a matrix that are no statements."""

WORDS: Mapping[str, int] = {
    **dict.fromkeys(("1", "1.0", "agree", "同意", "赞成"), 1),
    **dict.fromkeys(("0", "0.0", "pass", "unsure", "不确定", "跳过", "中立"), 0),
    **dict.fromkeys(("-1", "-1.0", "disagree", "不同意", "反对"), -1),
}
EXPECTED = "1 (agree, 同意), 0 (pass, 不确定) or -1 (disagree, 反对)"


@dataclass(frozen=True, slots=True, eq=False)
class Ballots:
    """What a file of votes holds.

    Attributes:
        votes: The votes, of two by the same person on the same statement the later.
        read: Records read.
        refused: Records or cells that were not taken in.
    """

    votes: Votes
    read: int
    refused: tuple[Refused, ...]


def sniff(head: Head) -> str:
    """Return how a file tells votes: rows, matrix, or empty when it does not.

    Examples:
        >>> sniff(Head("csv", columns=("timestamp", "comment-id", "voter-id", "vote")))
        'rows'
        >>> sniff(Head("csv", columns=("participant", "group-id", "n-comments", "n-votes", "0", "1")))
        'matrix'
    """
    if _found(head, PERSON) and _found(head, STATEMENT) and _found(head, VOTE):
        return "rows"
    if "participant" in head.columns and {"group-id", "n-votes"} & set(head.columns):
        return "matrix"
    return ""


def read(path: Path) -> Ballots:
    """Return the votes of a file.

    Raises:
        UnknownFormatError: The file tells no votes.
        UnreadableFileError: It is damaged.
    """
    head = peek(path)
    form = sniff(head)
    if not form:
        raise UnknownFormatError(path, columns=head.columns)
    return _of_rows(path, head) if form == "rows" else _of_matrix(path, head)


def _found(head: Head, names: tuple[str, ...]) -> str:
    return next((name for name in names if name in head.columns), "")


def _of_rows(path: Path, head: Head) -> Ballots:
    person, statement, vote = (_found(head, names) for names in (PERSON, STATEMENT, VOTE))
    when = _found(head, WHEN)
    told: list[tuple[int, int, str, str, int]] = []
    refused: list[Refused] = []
    read_in = 0
    for line, record in dicts(path, head):
        read_in += 1
        if isinstance(record, Refused):
            refused.append(record)
            continue
        cells = {key: str(record.get(key, "")).strip() for key in (person, statement, vote, when) if key}
        wrong = next((key for key in (person, statement) if not cells[key]), "")
        value = WORDS.get(cells[vote].lower())
        if wrong or value is None:
            at, want = (wrong, "a name or number") if wrong else (vote, EXPECTED)
            refused.append(Refused(line, at, cells[at][:80], want))
            continue
        stamp = cells[when] if when else ""
        order = int(stamp) if stamp.isascii() and stamp.isdigit() else 0
        told.append((order, line, cells[person], cells[statement], value))
    # Exports are sorted by statement as often as by time, and the later of two votes is the one that holds.
    told.sort(key=lambda one: one[:2])
    names = sorted({one[2] for one in told}, key=_natural)
    about = sorted({one[3] for one in told}, key=_natural)
    place = {name: number for number, name in enumerate(names)}
    ordered = sorted(told, key=lambda one: place[one[2]])
    votes = Votes.of_triples(((one[2], one[3], one[4]) for one in ordered), statements=about)
    return Ballots(votes, read_in, tuple(refused))


def _of_matrix(path: Path, head: Head) -> Ballots:
    statements = [name for name in head.columns if name and name not in KNOWN]
    told: list[tuple[str, str, int]] = []
    refused: list[Refused] = []
    read_in = 0
    for line, record in dicts(path, head):
        read_in += 1
        if isinstance(record, Refused):
            refused.append(record)
            continue
        cast, wrong = _cast(record, statements, line)
        told += cast
        refused += wrong
    return Ballots(Votes.of_triples(told, statements=statements), read_in, tuple(refused))


def _cast(
    record: Mapping[str, object], statements: list[str], line: int
) -> tuple[list[tuple[str, str, int]], list[Refused]]:
    """Return the votes of one row of a matrix, and the cells that are none."""
    name = str(record["participant"]).strip()
    if not name:
        return [], [Refused(line, "participant", "", "a name or number")]
    cast, wrong = [], []
    for statement in statements:
        cell = str(record[statement] or "").strip()
        value = WORDS.get(cell.lower())
        if value is not None:
            cast.append((name, statement, value))
        elif cell:
            wrong.append(Refused(line, statement, cell[:80], EXPECTED))
    return cast, wrong


def _natural(name: str) -> tuple[int, int, str]:
    """Return a key that puts numbers in their own order, before words."""
    whole = name.isascii() and name.isdigit()
    return (0, int(name), name) if whole and len(name) < 19 else (1, 0, name)


def published(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each participant of a matrix with the group the export states; empty where none.

    Raises:
        UnknownFormatError: The file is no matrix with groups.
    """
    head = peek(path)
    if "group-id" not in head.columns or "participant" not in head.columns:
        raise UnknownFormatError(path, columns=head.columns)
    for _, record in dicts(path, head):
        if not isinstance(record, Refused):
            yield str(record["participant"]).strip(), str(record["group-id"] or "").strip()
