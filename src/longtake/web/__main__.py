"""Serve the application: ``python -m longtake.web [--host HOST] [--port PORT]``."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from longtake.records.boot import SETTINGS

THREADS = 4


def main() -> None:
    """Serve until told to stop."""
    from granian.constants import Interfaces  # noqa: PLC0415 -- slow import
    from granian.server import Server  # noqa: PLC0415 -- slow import

    parser = argparse.ArgumentParser(prog="python -m longtake.web")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    os.environ["LONGTAKE_WORKSPACE"] = str(
        Path(os.environ.get("LONGTAKE_WORKSPACE") or "longtake-data").resolve()
    )
    Server(
        "longtake.web.wsgi:application",
        address=given.host,
        port=given.port,
        interface=Interfaces.WSGI,
        workers=given.workers,
        blocking_threads=THREADS,
        websockets=False,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    main()
