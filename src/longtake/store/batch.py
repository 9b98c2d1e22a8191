"""One import: staged out of sight, then visible all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType

from longtake.domain.receipt import Row
from longtake.store.commit import Commit
from longtake.store.durable.disk import make_folder, move, remove, sha256, storage, sync, write_new
from longtake.store.durable.lock import CampaignLock
from longtake.store.engines.connect import connect
from longtake.store.labels import Labeller, Told, default_labeller, write_labels
from longtake.store.schema import TABLE_OF
from longtake.store.staging import GROUP, TableWriter
from longtake.store.tally import Tally, count


@dataclass(frozen=True, slots=True)
class Place:
    """Where an import goes.

    Attributes:
        root: The lake.
        staging: Folder of this import until it is committed.
        campaign: Whose it is.
        import_id: Its id.
        sequence: Its place in the order of commits.
        inputs: SHA-256 of each source file, sorted.
    """

    root: Path
    staging: Path
    campaign: str
    import_id: str
    sequence: int
    inputs: tuple[str, ...]


class Batch:
    """A context manager: leaving it without :meth:`commit` leaves the lake as it was.

    Attributes:
        import_id: Id of the import, also in every row.
    """

    def __init__(
        self,
        place: Place,
        lock: CampaignLock,
        live: Mapping[str, Sequence[Path]],
        *,
        labeller: Labeller | None,
        stage: Callable[[str], None],
    ) -> None:
        self.import_id = place.import_id
        self._place, self._lock, self._live = place, lock, live
        self._labeller, self._stage = labeller, stage
        self._writers: dict[str, TableWriter] = {}
        self._sources: dict[str, None] = {}
        self._sealed = False
        self._done = False

    def __enter__(self) -> Batch:
        """Start staging."""
        with storage(self._place.staging):
            make_folder(self._place.staging)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Forget everything that was not committed."""
        self.abort()

    def add(self, source_file: str, rows: Iterable[Row]) -> None:
        """Stage the rows of one source file, each in the table of its type, in order.

        Args:
            source_file: As in the file's receipt.
            rows: Rows only; refusals and notices belong in the receipt.

        Raises:
            StorageError: The disk refused; nothing of the import will be visible.
            UnstorableRowError: A value does not fit its column.
            TypeError: Something that is not a row.
            ValueError: After :meth:`tally` or :meth:`commit`.
        """
        if self._sealed:
            raise ValueError("rows were added after the import was counted or committed")
        self._sources[source_file] = None
        stream = iter(rows)
        while chunk := list(islice(stream, GROUP)):
            by_type: dict[type, list[Row]] = {}
            for row in chunk:
                by_type.setdefault(type(row), []).append(row)
            with storage(self._place.staging):
                for kind, found in by_type.items():
                    self._writer(kind).push(source_file, found)

    def tally(self) -> Mapping[str, Tally]:
        """Count records by source file, after all rows were added.

        Raises:
            StorageError: The disk refused.
            EngineError: The engine ran out of memory or disk.
        """
        self._seal()
        staged = {table: writer.path for table, writer in self._writers.items()}
        engine = connect("duckdb", spill=self._place.root / ".spill")
        try:
            return count(engine, staged, self._live, self._sources)
        finally:
            engine.close()

    def commit(self, receipt: Mapping[str, object], *, told: Told = lambda *_: None) -> Commit:
        """Label the comments and make the import visible in one atomic step.

        Args:
            receipt: JSON-able; kept with the commit.
            told: Shown how many comments are labelled.

        Raises:
            StorageError: The disk refused; the lake is as it was.
            EngineError: The engine ran out of memory or disk; the lake is as it was.
            ValueError: Committed already, or the receipt holds a number JSON cannot.
        """
        if self._done:
            raise ValueError(f"import {self.import_id} was committed already")
        self._seal()
        place, staging = self._place, self._place.staging
        tables = {table: writer.rows for table, writer in sorted(self._writers.items())}
        model = ""
        if "comments" in tables:
            labeller = self._labeller or default_labeller()
            model = labeller.version
            with storage(staging):
                tables["labels"] = write_labels(
                    staging / "comments.parquet", staging / "labels.parquet", labeller, told=told
                )
        files = {t: f"{t}/campaign={place.campaign}/{place.import_id}.parquet" for t in sorted(tables)}
        with storage(staging):
            for table in files:
                sync(staging / f"{table}.parquet")
            digests = {table: sha256(staging / f"{table}.parquet") for table in files}
            commit = Commit(
                import_id=place.import_id,
                campaign=place.campaign,
                sequence=place.sequence,
                tables=tables,
                receipt=dict(receipt),
                files=files,
                digests=digests,
                inputs=place.inputs,
                model=model,
                nulls={table: writer.nulls for table, writer in sorted(self._writers.items())},
            )
            write_new(staging / "commit.json", commit.to_bytes())
            self._stage("staged")
            for table, file in files.items():
                move(staging / f"{table}.parquet", place.root / file)
                self._stage(f"moved {table}")
            self._stage("before commit")
            commits = place.root / "commits" / f"campaign={place.campaign}"
            move(staging / "commit.json", commits / commit.name)
        self._done = True
        self._stage("committed")
        self.abort()
        return commit

    def abort(self) -> None:
        """Forget what is staged and let the next import of the campaign begin; safe to repeat."""
        try:
            if not self._sealed:
                for writer in self._writers.values():
                    writer.abandon()
                self._sealed = True
            if self._place.staging.is_dir():
                remove(self._place.staging)
        except OSError:
            # The import is invisible or committed already; what is left is swept by the next one.
            pass
        finally:
            self._lock.release()

    def _writer(self, kind: type) -> TableWriter:
        if kind not in TABLE_OF:
            raise TypeError(f"{kind.__name__} is not a row")
        table = TABLE_OF[kind]
        if table not in self._writers:
            path = self._place.staging / f"{table}.parquet"
            self._writers[table] = TableWriter(path, table, self.import_id)
        return self._writers[table]

    def _seal(self) -> None:
        """Finish the staged files, once."""
        if self._sealed:
            return
        self._sealed = True
        with storage(self._place.staging):
            for writer in self._writers.values():
                writer.close()
