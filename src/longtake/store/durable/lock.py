"""One writer a campaign; the lock dies with its process."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from longtake.errors import LongtakeError
from longtake.store.durable.disk import make_folder

_PAUSE_SECONDS = 0.05


class LakeBusyError(LongtakeError):
    """Another process is writing to the campaign."""

    code = "lake_busy"

    def __init__(self, campaign: str, holder: str) -> None:
        who = f" (process {holder})" if holder else ""
        super().__init__(
            f"Another import of campaign {campaign!r} is running{who}.",
            fix="Wait until it ends and run this again.",
        )
        self.campaign, self.holder = campaign, holder


class CampaignLock:
    """An exclusive advisory lock on one file, released by the kernel when the process ends.

    The file stays: removing it would let two processes hold locks on two files of one name.
    """

    def __init__(self, path: Path, campaign: str) -> None:
        self._path, self._campaign = path, campaign
        self._handle: int | None = None

    def acquire(self, *, wait_seconds: float) -> None:
        """Take the lock.

        Raises:
            LakeBusyError: Somebody else held it for ``wait_seconds``.
        """
        make_folder(self._path.parent)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        deadline = time.monotonic() + wait_seconds
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() < deadline:
                    time.sleep(_PAUSE_SECONDS)
                    continue
                holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip()
                os.close(handle)
                raise LakeBusyError(self._campaign, holder) from None
            break
        self._handle = handle
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode("ascii"), 0)

    def release(self) -> None:
        """Give the lock back; nothing happens when it is not held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
