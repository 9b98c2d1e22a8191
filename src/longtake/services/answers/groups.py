"""Opinion groups of a file or folder of votes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from longtake.domain.receipt import Refused
from longtake.errors import LongtakeError, NotFoundError
from longtake.ingest.peek import peek
from longtake.ingest.votes import ballots, statements
from longtake.opinion import Groups, groups
from longtake.services.reports.masking import masked

SHOWN = 5


@dataclass(frozen=True, slots=True, eq=False)
class Conversation:
    """Votes, what they were cast on, and the groups behind them.

    Attributes:
        found: The groups, or why there are none.
        texts: Text by statement, personal data masked; empty without a file of statements.
        read: Records of votes read.
        refused: Records and cells that were not taken in, votes first.
    """

    found: Groups
    texts: dict[str, str]
    read: int
    refused: tuple[Refused, ...]

    def text(self, statement: int) -> str:
        """Return the text of a statement, or its name where no text is known."""
        name = self.found.votes.statements[statement]
        return self.texts.get(name) or name

    def dividing(self) -> tuple[int, ...]:
        """Return the statements groups are furthest apart on; none without groups."""
        if not self.found.k:
            return ()
        order = (-self.found.dividing).argsort(kind="stable")
        heard = self.found.counted.seen.min(axis=0) > 0
        return tuple(int(one) for one in order if heard[one])[:SHOWN]


def read(votes: Path, *, statements_file: Path | None = None) -> Conversation:
    """Return the groups behind a file of votes, or a folder that holds one.

    Args:
        votes: A CSV or workbook of votes, or a folder with one; files are known by their content.
        statements_file: What was voted on; found in the folder when None.

    Raises:
        NotFoundError: There is no such file, or no votes in the folder.
        UnknownFormatError: The file tells no votes.
        LongtakeError: Not one vote could be read.
    """
    if not votes.exists():
        raise NotFoundError("file", str(votes), fix="Give a file of votes, or a folder that holds one.")
    source, told = _in_folder(votes) if votes.is_dir() else (votes, None)
    about = statements_file or told
    if about is not None and not about.exists():
        raise NotFoundError("file", str(about), fix="Give the file of statements.")
    cast = ballots.read(source)
    if not cast.votes.value.size:
        raise LongtakeError(
            f"{source.name}: not one of {cast.read} records is a vote.", fix=f"Expected {ballots.EXPECTED}."
        )
    known = statements.read(about) if about is not None else statements.Statements({}, (), ())
    found = groups(cast.votes, moderated=known.moderated)
    texts = {name: masked(text)[0] for name, text in known.texts.items()}
    return Conversation(found, texts, cast.read, (*cast.refused, *known.refused))


def _in_folder(folder: Path) -> tuple[Path, Path | None]:
    """Return the file of votes in a folder, single votes before a matrix, and that of statements."""
    held: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if not path.is_file() or path.suffix.lower() not in {".csv", ".tsv", ".xlsx", ".txt"}:
            continue
        try:
            head = peek(path)
        except LongtakeError:
            continue
        form = ballots.sniff(head) or ("statements" if statements.sniff(head) else "")
        held.setdefault(form, path)
    source = held.get("rows") or held.get("matrix")
    if source is None:
        raise NotFoundError("file of votes", str(folder), fix="It needs the columns of a Polis export.")
    return source, held.get("statements")
