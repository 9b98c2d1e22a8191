"""A campaign whose answers are kept by its state: pages ask the lake each question once."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa

from longtake.domain.figure import Evidence, Scalar
from longtake.services.standing.state import state_of
from longtake.services.workspace import Workspace, WorkspaceError, write_whole
from longtake.store.session import Session, open_session

MOST_ROWS = 20_000
"""Longer answers are not kept: they are asked for by no page."""
TOTAL = b"total"


class Asking(Session):
    """A session that opens the lake only for what was not asked before in the campaign's present state.

    The rows, the campaign's file and the code are the state; when one of them changes, everything is asked
    anew and what was kept of earlier states goes away.
    """

    def __init__(self, workspace: Workspace, campaign: str) -> None:
        """Open nothing yet."""
        self._workspace, self._campaign = workspace, campaign
        self._folder = workspace.root / "asked" / campaign / state_of(workspace, campaign)
        self._opened: Session | None = None

    def run(self, query: str, **params: Scalar) -> pa.Table:
        """As in :meth:`~longtake.store.session.Session.run`."""
        path = self._path("run", query, params)
        found = _read(path)
        if found is None:
            found = self._session().run(query, **params)
            self._keep(path, found)
        return found

    def rows(self, evidence: Evidence, *, limit: int, offset: int = 0) -> tuple[int, pa.Table]:
        """As in :meth:`~longtake.store.session.Session.rows`."""
        path = self._path(f"rows {limit} {offset}", evidence.query, evidence.params)
        found = _read(path)
        if found is None:
            total, found = self._session().rows(evidence, limit=limit, offset=offset)
            self._keep(path, found.replace_schema_metadata({TOTAL: str(total).encode()}))
            return total, found
        return int((found.schema.metadata or {})[TOTAL]), found.replace_schema_metadata(None)

    def stretches(self, evidence: Evidence, *, rows: int, most: int) -> Iterator[pa.Table]:
        """As in :meth:`~longtake.store.session.Session.stretches`; never kept."""
        return self._session().stretches(evidence, rows=rows, most=most)

    def close(self) -> None:
        """Give back what was opened."""
        if self._opened is not None:
            self._opened.close()

    def _session(self) -> Session:
        if self._opened is None:
            self._opened = open_session(self._workspace.lake, self._campaign)
        return self._opened

    def _path(self, kind: str, query: str, params: Mapping[str, Scalar]) -> Path:
        told = json.dumps([kind, query, sorted(params.items())], ensure_ascii=False, default=str)
        return self._folder / f"{hashlib.blake2b(told.encode(), digest_size=16).hexdigest()}.arrow"

    def _keep(self, path: Path, found: pa.Table) -> None:
        """Write an answer down; a disk that refuses costs time, not the answer."""
        if found.num_rows > MOST_ROWS or self._folder.name != state_of(self._workspace, self._campaign):
            return
        fresh = not self._folder.exists()
        sink = pa.BufferOutputStream()
        with pa.ipc.new_file(sink, found.schema) as writer:
            writer.write_table(found)
        with contextlib.suppress(WorkspaceError):
            write_whole(path, sink.getvalue().to_pybytes())
        if fresh:
            for old in self._folder.parent.iterdir() if self._folder.parent.is_dir() else ():
                if old != self._folder:
                    shutil.rmtree(old, ignore_errors=True)


def _read(path: Path) -> pa.Table | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    return pa.ipc.open_file(pa.BufferReader(content)).read_all()
