"""A job's row as a place that shows progress, and the way a person stops a job."""

from __future__ import annotations

import threading
import time
from types import TracebackType

from django.db import close_old_connections, connection

from longtake.errors import LongtakeError
from longtake.records import queue

EVERY_SECONDS = 0.5
BEAT_SECONDS = 5.0


class StoppedError(LongtakeError):
    """Somebody asked the job to stop."""

    code = "stopped"


class JobProgress:
    """Writes how far a job is into its row, twice a second at most.

    Attributes:
        job: The job's number.
    """

    def __init__(self, job: int) -> None:
        """Start at nothing."""
        self.job = job
        self._step, self._done, self._total, self._note = "", 0, None, ""
        self._shown = 0.0

    def begin(self, what: str, total: int | None) -> None:
        """Start a stretch of work.

        Raises:
            StoppedError: Somebody asked the job to stop.
        """
        self._step, self._done, self._total, self._note = what, 0, total, ""
        self._show()

    def advance(self, steps: int = 1, *, note: str = "") -> None:
        """Say that some steps are done.

        Raises:
            StoppedError: Somebody asked the job to stop.
        """
        self._done, self._note = self._done + steps, note
        if time.monotonic() - self._shown >= EVERY_SECONDS:
            self._show()

    _total: int | None

    def _show(self) -> None:
        self._shown = time.monotonic()
        queue.told(self.job, step=self._step, done=self._done, total=self._total, note=self._note)
        if queue.beat(self.job):
            raise StoppedError("Stopped.")


class Beating:
    """Says every few seconds that the worker of a job lives, while work that shows no progress runs."""

    def __init__(self, job: int) -> None:
        """Prepare the thread."""
        self._job, self._over = job, threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Beating:
        """Start."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, and wait for the thread to let go of the database."""
        self._over.set()
        self._thread.join(timeout=BEAT_SECONDS)

    def _run(self) -> None:
        while not self._over.wait(BEAT_SECONDS):
            close_old_connections()
            queue.beat(self._job)
        connection.close()
