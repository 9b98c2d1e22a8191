"""Run a worker: ``python -m longtake.worker``."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from longtake.records.boot import boot

SWEEP_SECONDS = 20.0
DEFAULT = "longtake-data"


def main() -> None:
    """Take work from the queue until told to stop."""
    boot(Path(os.environ.get("LONGTAKE_WORKSPACE") or DEFAULT))
    from django.core.management import call_command  # noqa: PLC0415 -- app ready

    threading.Thread(target=_sweep, daemon=True).start()
    call_command("db_worker", interval=0.5, startup_delay=False, reload=False, verbosity=0)


def _sweep() -> None:
    """Take over from workers that died, and clear what nobody came back for."""
    from django.conf import settings  # noqa: PLC0415 -- app ready
    from django.db import DatabaseError, close_old_connections  # noqa: PLC0415 -- app ready

    from longtake.records import queue  # noqa: PLC0415 -- app ready
    from longtake.services.work import inbox  # noqa: PLC0415 -- app ready
    from longtake.services.workspace import Workspace  # noqa: PLC0415 -- app ready

    while True:
        close_old_connections()
        try:
            queue.recover()
            inbox.sweep(Workspace(settings.WORKSPACE))
        except (DatabaseError, OSError):
            pass
        time.sleep(SWEEP_SECONDS)


if __name__ == "__main__":
    main()
