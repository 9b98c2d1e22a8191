"""Take files in: recognise, read, count every record, store all or nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from longtake.domain.receipt import FileReceipt, Notice, Refused, Row
from longtake.errors import LongtakeError, NotFoundError, UnknownFormatError
from longtake.ingest.reader import Context, Reader
from longtake.services.imports import coverage, mappings, receipts
from longtake.services.imports.candidates import Candidate, candidates
from longtake.services.imports.relabel import Labelling
from longtake.services.progress import Progress, Silent
from longtake.services.workspace import Workspace
from longtake.store.batch import Batch
from longtake.store.tally import Tally


@dataclass(frozen=True, slots=True)
class Imported:
    """What one call took in.

    Attributes:
        campaign: The campaign's id.
        import_id: None when nothing new was stored.
        files: One receipt a file, in the order they were found.
    """

    campaign: str
    import_id: str | None
    files: tuple[FileReceipt, ...]


def add(
    workspace: Workspace,
    campaign: str,
    paths: Sequence[Path],
    *,
    observed_at: datetime | None = None,
    mapping: Path | None = None,
    origin: str = "files",
    relative_to: Path | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Import files, folders and archives into a campaign.

    A file whose bytes were read into the campaign before is not read again. All new files become one
    import that is visible as a whole or not at all; a file that cannot be read costs no other file.

    Args:
        workspace: Where to store.
        campaign: The campaign's id.
        paths: Files, folders or zip archives.
        observed_at: When the files were taken from their platforms, aware; None when nobody knows.
        mapping: A mapping file for tables that no reader recognises; remembered for their header.
        origin: Stored with the import: ``files``, or ``folder`` when a campaign folder is followed.
        relative_to: Folder the shown paths are relative to.
        progress: Where to show progress.

    Raises:
        NotFoundError: A path does not exist.
        LongtakeError: The lake cannot be written; it is as before.
    """
    bar = progress or Silent()
    for path in paths:
        if not path.exists():
            raise NotFoundError("file", str(path), fix="Check the path.")
    given = mappings.take(workspace, mapping) if mapping else None
    with tempfile.TemporaryDirectory(prefix="longtake-") as scratch:
        bar.begin("find", None)
        found = list(candidates(paths, Path(scratch), relative_to, bar))
        before = _before(workspace, campaign)
        fresh = {c.sha256: c for c in reversed(found) if not _was_read(before.get(c.sha256))}
        import_id: str | None = None
        made: dict[str, FileReceipt] = {}
        if fresh:
            order = [c for c in found if fresh.get(c.sha256) is c]
            reading = _Reading(workspace, observed_at, given, bar)
            import_id, made = reading.store(campaign, order, origin=origin, before=before)
    files = []
    for candidate in found:
        own = fresh.get(candidate.sha256) is candidate
        receipt = made[candidate.sha256] if candidate.sha256 in made else before[candidate.sha256]
        files.append(receipt if own else _again(candidate, receipt))
    return Imported(campaign, import_id, tuple(files))


def _before(workspace: Workspace, campaign: str) -> dict[str, FileReceipt]:
    commits = workspace.lake.commits(campaign)
    return {receipt.sha256: receipt for commit in commits for receipt in receipts.of_commit(commit)}


def _was_read(receipt: FileReceipt | None) -> bool:
    return receipt is not None and (not receipt.error or receipt.rows_in > 0)


def _again(candidate: Candidate, known: FileReceipt) -> FileReceipt:
    """Return the receipt of bytes that were taken in before: every record is there already."""
    return replace(known, path=candidate.shown, kept=0, duplicate=known.kept + known.duplicate, tables={})


@dataclass(slots=True)
class _Count:
    """What a reader said about one file."""

    reader: str | None = None
    refused: list[Refused] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    error: str = ""
    hours: dict[str, set[datetime]] = field(default_factory=dict)

    def receipt(self, candidate: Candidate, tally: Tally | None) -> FileReceipt:
        kept, duplicate = (tally.kept, tally.duplicate) if tally else (0, 0)
        unknown = tuple(
            v for notice in self.notices if notice.kind == "unknown_columns" for v in notice.values
        )
        return FileReceipt(
            path=candidate.shown,
            reader=self.reader,
            sha256=candidate.sha256,
            rows_in=kept + duplicate + len(self.refused),
            kept=kept,
            duplicate=duplicate,
            refused=tuple(self.refused),
            unknown_columns=unknown,
            notices=tuple(notice for notice in self.notices if notice.kind != "unknown_columns"),
            error=self.error,
            tables=dict(sorted(tally.tables.items())) if tally else {},
        )


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the files of one call are read."""

    workspace: Workspace
    observed_at: datetime | None
    given: mappings.Given | None
    progress: Progress

    def store(
        self, campaign: str, fresh: Sequence[Candidate], *, origin: str, before: Mapping[str, FileReceipt]
    ) -> tuple[str | None, dict[str, FileReceipt]]:
        """Read the files into one batch; commit it when it says anything that was not known."""
        self.progress.begin("read", len(fresh))
        with self.workspace.lake.begin(campaign, [candidate.sha256 for candidate in fresh]) as batch:
            counted = {}
            for candidate in fresh:
                counted[candidate.sha256] = self.into(batch, candidate)
                self.progress.advance(note=candidate.shown)
            self.progress.begin("store", None)
            _name_missing_hours(list(counted.values()))
            tally = batch.tally()
            made = {c.sha256: counted[c.sha256].receipt(c, tally.get(c.shown)) for c in fresh}
            if all(c.sha256 in before for c in fresh) and not any(r.rows_in for r in made.values()):
                batch.abort()
                return None, made
            files = [receipts.as_json(made[candidate.sha256]) for candidate in fresh]
            told = Labelling(self.progress).told
            commit = batch.commit({"origin": origin, "files": files}, told=told)
        return commit.import_id, made

    def into(self, batch: Batch, candidate: Candidate) -> _Count:
        """Read one file into the batch; a refusal of the whole file is counted, not raised."""
        count = _Count(error=candidate.problem)
        if candidate.found is None:
            return count
        try:
            reader, head = mappings.choose(self.workspace, candidate.found.path, self.given)
            count.reader = reader.name
            context = Context(head, self.observed_at, self.workspace.pseudonym(), candidate.found.name)
            batch.add(candidate.shown, _rows(reader, candidate.found.path, context, count))
        except UnknownFormatError as error:
            count.error = str(error)
        except LongtakeError as error:
            if not candidate.found.path.exists():
                raise
            count.error = str(error)
        return count


def _rows(reader: Reader, path: Path, context: Context, count: _Count) -> Iterator[Row]:
    for item in reader.read(path, context):
        if isinstance(item, Refused):
            count.refused.append(item)
        elif isinstance(item, Notice):
            count.notices.append(item)
        else:
            if (snapshot := coverage.snapshot_hour(item)) is not None:
                count.hours.setdefault(snapshot[0], set()).add(snapshot[1])
            yield item


def _name_missing_hours(counts: Sequence[_Count]) -> None:
    """Say which hours of a list are missing, at the last file that belongs to the list."""
    for platform in sorted({platform for count in counts for platform in count.hours}):
        telling = [count for count in counts if platform in count.hours]
        missing = coverage.missing_hours(hour for count in telling for hour in count.hours[platform])
        if missing:
            telling[-1].notices.append(Notice("missing_hours", missing))
