"""Trials: false alarms, power, regret and coverage, beside their peers.

    longtake bench trials [--tests] [--peeking] [--bounds] [--many] [--srm] [--bandit]
                          [--offpolicy] [--upworthy] [--quick] [--write]

Without a part every part runs; --tests is the seven named here. Each prints its table; --write also writes
docs/*/benchmarks/. Peers that need another numpy run in interpreters of their own: $LONGTAKE_PEERS names a
folder with one virtual environment a peer (gbstats, spotify-confidence).
"""

from __future__ import annotations

import argparse
import importlib
import os
from pathlib import Path

TESTS = ("peeking", "bounds", "many", "srm", "bandit", "offpolicy", "upworthy")
GROUPS = {"tests": TESTS}
PARTS = (*TESTS, "geo", "its")


def main(arguments: list[str] | None = None) -> None:
    """Run the parts that were asked for."""
    parser = argparse.ArgumentParser(description="Trial benchmarks.")
    for name in (*GROUPS, *PARTS):
        parser.add_argument(f"--{name}", action="store_true")
    parser.add_argument("--write", action="store_true", help="write docs/*/benchmarks/trials-*.md")
    parser.add_argument("--quick", action="store_true", help="a small part of each, to see that it runs")
    options = parser.parse_args(arguments)
    asked = {part for part in PARTS if getattr(options, part)}
    asked |= {part for group, parts in GROUPS.items() if getattr(options, group) for part in parts}
    data = Path(os.environ.get("LONGTAKE_DATA") or "../shared/data")
    for part in [part for part in PARTS if part in (asked or set(PARTS))]:
        importlib.import_module(f"benchmarks.trials_parts.{part}").run(
            data, write=options.write, quick=options.quick
        )


if __name__ == "__main__":
    main()
