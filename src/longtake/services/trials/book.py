"""A trial as its entries tell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from longtake.domain.comparing.standing import Standing
from longtake.domain.receipt import Refused
from longtake.domain.trials.look import Look
from longtake.domain.trials.look_values import look_of
from longtake.domain.trials.rows import Row, row_of
from longtake.domain.trials.trial import Trial, lowered
from longtake.domain.trials.trial_values import trial_of
from longtake.domain.trials.verdict import Verdict
from longtake.errors import NotFoundError
from longtake.ingest.values.moment import SHANGHAI
from longtake.services.trials.place import ids, path_of
from longtake.services.trials.verdicts.kept import verdict_from
from longtake.services.workspace import Workspace
from longtake.store.durable import chain

STATES = ("designed", "running", "judged")


@dataclass(frozen=True, slots=True)
class Correction:
    """A row that a later file told otherwise.

    Attributes:
        was: The row as it stood.
        now: The row as it stands.
        file: The file that corrected it.
        entry: Number of the entry.
    """

    was: Row
    now: Row
    file: str
    entry: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """What became of one file; ``rows_in == kept + duplicate + corrected + late + len(refused)``.

    Attributes:
        name: The file's name.
        sha256: Of its bytes.
        entry: Number of the entry.
        rows_in: Records met.
        kept: Rows that were new.
        duplicate: Rows that said what was known.
        corrected: Rows that said otherwise.
        late: Rows of days before the start, which came after the history was sealed.
        refused: Records not taken.
    """

    name: str
    sha256: str
    entry: int
    rows_in: int
    kept: int
    duplicate: int
    corrected: int
    late: int
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A look that was taken.

    Attributes:
        look: What it showed.
        at: When, ISO 8601 in UTC.
        by: Who looked.
        entry: Number of the entry.
        rows: How many rows there were.
    """

    look: Look
    at: str
    by: str
    entry: int
    rows: int


@dataclass(slots=True)
class Book:
    """A trial and everything that happened to it.

    Attributes:
        trial: The design as it stands.
        version: Its number, from 1.
        state: designed, running or judged.
        begins: First day, once it has started.
        digest: Digest of the design that was sealed; empty before the start.
        sealed: Hash of the entry of the start; empty before it.
        started_at: When it started, ISO 8601 in UTC.
        salt: What the lot is drawn with; empty before the start.
        power: What was printed before the start.
        lot: Who got what, where it was drawn at the start.
        changes: Why it was changed after the start, with the number of the entry.
        rows: Rows by what tells them apart.
        files: The file each row was told by.
        corrections: Rows told otherwise later.
        dropped: Files, oldest first.
        looks: Looks, oldest first.
        verdict: The last verdict; None before.
        weights: Weights logged for a bandit: first day or hour, and share by arm.
        entries: Every entry.
    """

    trial: Trial
    version: int = 1
    state: str = "designed"
    begins: date | None = None
    digest: str = ""
    sealed: str = ""
    started_at: str = ""
    salt: str = ""
    power: Mapping[str, Any] = field(default_factory=dict)
    lot: Mapping[str, Any] = field(default_factory=dict)
    changes: list[tuple[int, str]] = field(default_factory=list)
    rows: dict[tuple[str, str, str], Row] = field(default_factory=dict)
    files: dict[tuple[str, str, str], str] = field(default_factory=dict)
    corrections: list[Correction] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    looks: list[Seen] = field(default_factory=list)
    verdict: Verdict | None = None
    weights: list[tuple[str, Mapping[str, float]]] = field(default_factory=list)
    entries: tuple[chain.Entry, ...] = ()

    @property
    def head(self) -> str:
        """Hash of the last entry."""
        return self.entries[-1].hash

    @property
    def standing(self) -> Standing:
        """Level of evidence: that of the design; lower once it was changed after the start, or backdated."""
        level = self.trial.standing
        return lowered(level) if self.changes or self.backdated else level

    @property
    def backdated(self) -> bool:
        """Whether the design was sealed after the first day it speaks of: its days could be known."""
        if self.begins is None:
            return False
        return datetime.fromisoformat(self.started_at).astimezone(SHANGHAI).date() > self.begins

    @property
    def ordered(self) -> tuple[Row, ...]:
        """Rows in an order that no file decides."""
        return tuple(self.rows[key] for key in sorted(self.rows, key=lambda k: (k[1], k[0], k[2])))

    def before(self) -> tuple[Row, ...]:
        """Return rows of days before the start; all of them before it has started."""
        return tuple(r for r in self.ordered if self.begins is None or r.day < self.begins.isoformat())

    def since(self) -> tuple[Row, ...]:
        """Return rows from the start on."""
        return tuple(r for r in self.ordered if self.begins is not None and r.day >= self.begins.isoformat())


def load(workspace: Workspace, campaign: str, trial: str) -> Book:
    """Return a trial as it stands.

    Raises:
        NotFoundError: There is no such trial.
        BrokenChainError: An entry is not what was written; it is named.
    """
    entries = chain.read(path_of(workspace, campaign, trial))
    if not entries:
        raise NotFoundError("trial", trial, known=ids(workspace, campaign), fix="Run `longtake trial list`.")
    return folded(entries)


def folded(entries: tuple[chain.Entry, ...]) -> Book:
    """Return what entries come to."""
    book = Book(trial_of(entries[0].body["trial"]), entries=entries)
    for entry in entries:
        _ACTS[entry.body["act"]](book, entry)
    return book


def _designed(book: Book, entry: chain.Entry) -> None:
    book.trial, book.version = trial_of(entry.body["trial"]), entry.body["version"]


def _started(book: Book, entry: chain.Entry) -> None:
    body = entry.body
    book.state, book.begins = "running", date.fromisoformat(body["begins"])
    book.digest, book.sealed, book.started_at = body["digest"], entry.hash, body["at"]
    book.power, book.lot, book.salt = body["power"], body["lot"], body["salt"]
    if book.trial.design == "bandit":
        book.weights.append((body["begins"], _even(book.trial)))


def _changed(book: Book, entry: chain.Entry) -> None:
    body = entry.body
    book.trial, book.version = trial_of(body["trial"]), body["version"]
    book.power, book.digest, book.state = body["power"], body["digest"], "running"
    book.changes.append((entry.seq, body["why"]))


def _rows(book: Book, entry: chain.Entry) -> None:
    body = entry.body
    kept = duplicate = corrected = late = 0
    for row in map(row_of, body["rows"]):
        known = book.rows.get(row.key)
        if book.begins is not None and row.day < book.begins.isoformat():
            late += 1
        elif known is None:
            book.rows[row.key], book.files[row.key] = row, body["file"]
            kept += 1
        elif known.says_the_same(row):
            duplicate += 1
        else:
            book.corrections.append(Correction(known, row, body["file"], entry.seq))
            book.rows[row.key], book.files[row.key] = row, body["file"]
            corrected += 1
    refused = tuple(Refused(*one) for one in body["refused"])
    rows_in = len(body["rows"]) + len(refused)
    book.dropped.append(
        Dropped(body["file"], body["sha256"], entry.seq, rows_in, kept, duplicate, corrected, late, refused)
    )


def _looked(book: Book, entry: chain.Entry) -> None:
    body = entry.body
    found = look_of(body["look"])
    book.looks.append(Seen(found, body["at"], body["by"], entry.seq, len(book.rows)))
    if found.next_weights:
        book.weights.append((body["weights_from"], found.next_weights))


def _judged(book: Book, entry: chain.Entry) -> None:
    book.verdict, book.state = verdict_from(entry.body["verdict"], digest=entry.hash), "judged"


def _even(trial: Trial) -> Mapping[str, float]:
    return dict(zip((arm.name for arm in trial.arms), trial.shares, strict=True))


_ACTS = {
    "designed": _designed,
    "started": _started,
    "changed": _changed,
    "rows": _rows,
    "look": _looked,
    "verdict": _judged,
}
