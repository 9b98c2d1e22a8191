"""The lake: imports of many campaigns as Parquet files, each visible as a whole or not at all.

::

    <root>/<table>/campaign=<id>/<import_id>.parquet           the rows
    <root>/commits/campaign=<id>/<sequence>-<import_id>.json   what readers may see
    <root>/undone/campaign=<id>/<sequence>-<import_id>.json    what was taken back
    <root>/.staging, .locks, .spill                            work in progress
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from longtake.errors import NotFoundError
from longtake.store.batch import Batch, Place
from longtake.store.commit import Commit, DamagedLakeError, import_name, read_commit, split_name
from longtake.store.durable.disk import move, remove, sha256, storage
from longtake.store.durable.lock import CampaignLock, LakeBusyError
from longtake.store.labels import Labeller, Told, default_labeller
from longtake.store.relabel import relabel
from longtake.store.schema import TABLES

_PREFIX = "campaign="


class Lake:
    """All observations of a workspace."""

    def __init__(
        self,
        root: Path,
        *,
        labeller: Labeller | None = None,
        wait_seconds: float = 30.0,
        stage: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Open a lake; its folder is made by the first import.

        Args:
            root: Its folder.
            labeller: What labels comments; the weights and packs in use when None.
            wait_seconds: How long a writer waits for another writer of the same campaign.
            stage: Told the name of each stage of a commit as it is reached.
        """
        self.root = root
        self._labeller, self._wait, self._stage = labeller, wait_seconds, stage

    def begin(self, campaign: str, inputs: Sequence[str] = ()) -> Batch:
        """Start an import and hold the campaign until it ends.

        Args:
            campaign: Letters, digits, hyphens and underscores.
            inputs: SHA-256 of each source file; they make the import's id, whatever their order.

        Raises:
            LakeBusyError: Another import of the campaign did not end in time.
            StorageError: The disk refused.
            ValueError: ``campaign`` cannot be a folder's name.
        """
        lock = self._lock(campaign)
        with storage(self.root):
            lock.acquire(wait_seconds=self._wait)
        try:
            with storage(self.root):
                self._clean(campaign)
            live = self.commits(campaign)
            taken = {commit.import_id for commit in live}
            again = 0
            while (name := import_name(campaign, inputs, again)) in taken:
                again += 1
            place = Place(
                root=self.root,
                staging=self.root / ".staging" / f"{_PREFIX}{campaign}" / name,
                campaign=campaign,
                import_id=name,
                sequence=self._last_sequence(campaign) + 1,
                inputs=tuple(sorted(inputs)),
            )
            return Batch(place, lock, self.files(campaign), labeller=self._labeller, stage=self._stage)
        except BaseException:
            lock.release()
            raise

    def commits(self, campaign: str | None = None) -> tuple[Commit, ...]:
        """Return the live imports of one campaign, or of all by campaign, in commit order.

        Raises:
            DamagedLakeError: A commit file cannot be read.
        """
        chosen = self.campaigns() if campaign is None else (campaign,)
        return tuple(read_commit(path) for name in chosen for path in self._commit_files(name))

    def campaigns(self) -> tuple[str, ...]:
        """Return the campaigns that have a live import, sorted."""
        found = (path.name.removeprefix(_PREFIX) for path in (self.root / "commits").glob(f"{_PREFIX}*"))
        return tuple(sorted(name for name in found if self._commit_files(name)))

    def known_files(self, campaign: str) -> frozenset[str]:
        """Return the SHA-256 of every source file of the live imports."""
        return frozenset(digest for commit in self.commits(campaign) for digest in commit.inputs)

    def files(self, campaign: str) -> dict[str, tuple[Path, ...]]:
        """Return the live Parquet files of a campaign by table, in commit order.

        Raises:
            DamagedLakeError: A file of a live import is gone.
        """
        found: dict[str, list[Path]] = {table: [] for table in TABLES}
        for commit in self.commits(campaign):
            for table, file in commit.files.items():
                path = self.root / file
                if not path.is_file():
                    raise DamagedLakeError(path, "is missing")
                found[table].append(path)
        return {table: tuple(paths) for table, paths in found.items()}

    def undo(self, import_id: str) -> Commit:
        """Take an import back; what other imports brought stays.

        Raises:
            NotFoundError: No live import has the id.
            LakeBusyError: An import of the campaign is running.
            StorageError: The disk refused.
        """
        for campaign in self.campaigns():
            for path in self._commit_files(campaign):
                if split_name(path) == (int(path.name[:10]), import_id):
                    return self._undo(campaign, path)
        known = tuple(commit.import_id for commit in self.commits())
        raise NotFoundError("import", import_id, known=known, fix="Run `longtake imports`.")

    def relabel(self, campaign: str, *, told: Told = lambda *_: None) -> tuple[Commit, ...]:
        """Label every import of a campaign anew whose labels are of another version; return those.

        Args:
            campaign: Whose.
            told: Shown how many comments of the import at hand are labelled.

        Raises:
            LakeBusyError: An import of the campaign is running.
            StorageError: The disk refused; an import has its old labels or its new ones, none has half.
        """
        labeller = self._labeller or default_labeller()
        lock = self._lock(campaign)
        with storage(self.root):
            lock.acquire(wait_seconds=self._wait)
        try:
            with storage(self.root):
                self._clean(campaign)
            made = []
            for path in self._commit_files(campaign):
                before = read_commit(path)
                after = relabel(self.root, path, before, labeller, stage=self._stage, told=told)
                if after is not before:
                    made.append(after)
            return tuple(made)
        finally:
            lock.release()

    def sweep(self) -> int:
        """Remove what killed imports left behind, of no running one; return how many files went.

        Raises:
            StorageError: The disk refused.
        """
        gone = 0
        with storage(self.root):
            places = [self.root / name for name in (".staging", "commits", "undone", *TABLES)]
            names = {path.name for place in places for path in place.glob(f"{_PREFIX}*")}
            for campaign in sorted(name.removeprefix(_PREFIX) for name in names):
                lock = self._lock(campaign)
                try:
                    lock.acquire(wait_seconds=0.0)
                except LakeBusyError:
                    continue
                try:
                    gone += self._clean(campaign)
                finally:
                    lock.release()
            for spill in (self.root / ".spill").glob("*-*"):
                if not _alive(spill.name.split("-")[0]):
                    gone += remove(spill)
        return gone

    def verify(self) -> tuple[DamagedLakeError, ...]:
        """Compare every live file with its digest; return what is wrong, in commit order."""
        wrong: list[DamagedLakeError] = []
        for campaign in self.campaigns():
            for path in self._commit_files(campaign):
                try:
                    commit = read_commit(path)
                except DamagedLakeError as error:
                    wrong.append(error)
                    continue
                for table, file in sorted(commit.files.items()):
                    if not (self.root / file).is_file():
                        wrong.append(DamagedLakeError(self.root / file, "is missing"))
                    elif sha256(self.root / file) != commit.digests[table]:
                        wrong.append(DamagedLakeError(self.root / file, "is not what was written"))
        return tuple(wrong)

    def _undo(self, campaign: str, path: Path) -> Commit:
        lock = self._lock(campaign)
        lock.acquire(wait_seconds=self._wait)
        try:
            commit = read_commit(path)
            with storage(self.root):
                move(path, self.root / "undone" / path.parent.name / path.name)
                self._stage("undone")
                self._clean(campaign)
            return commit
        finally:
            lock.release()

    def _lock(self, campaign: str) -> CampaignLock:
        if not campaign or not all(letter.isalnum() or letter in "-_" for letter in campaign):
            raise ValueError(f"campaign {campaign!r} is not letters, digits, hyphens and underscores")
        return CampaignLock(self.root / ".locks" / f"{_PREFIX}{campaign}", campaign)

    def _commit_files(self, campaign: str) -> list[Path]:
        folder = self.root / "commits" / f"{_PREFIX}{campaign}"
        return sorted(path for path in folder.glob("*.json") if split_name(path))

    def _last_sequence(self, campaign: str) -> int:
        places = [self.root / kind / f"{_PREFIX}{campaign}" for kind in ("commits", "undone")]
        names = [split_name(path) for place in places for path in place.glob("*.json")]
        return max((name[0] for name in names if name), default=0)

    def _clean(self, campaign: str) -> int:
        """Remove staged and uncommitted files of a campaign whose lock is held."""
        live = {self.root / file for path in self._commit_files(campaign) for file in _files(path)}
        folders = [self.root / table / f"{_PREFIX}{campaign}" for table in TABLES]
        dead = [path for folder in folders for path in folder.glob("*") if path not in live]
        staging = self.root / ".staging" / f"{_PREFIX}{campaign}"
        return sum(remove(path) for path in [*sorted(dead), *sorted(staging.glob("*"))])


def _files(path: Path) -> tuple[str, ...]:
    """Return the files of a commit; of one that cannot be read, those it was committed with."""
    try:
        return tuple(read_commit(path).files.values())
    except DamagedLakeError:
        return tuple(f"{table}/{path.parent.name}/{path.name[11:31]}.parquet" for table in TABLES)


def _alive(process: str) -> bool:
    """Tell whether a process of this machine runs."""
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True
