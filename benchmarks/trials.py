"""Trials: how often nothing is taken for something, how often something is found, beside the usual methods.

    longtake bench trials [--geo] [--its] [--write] [--quick]

Without a part every part runs. Each prints its tables; --write also writes docs/*/benchmarks/.
"""

from __future__ import annotations

import argparse
import importlib
import os
from pathlib import Path

PARTS = ("geo", "its")


def main(arguments: list[str] | None = None) -> None:
    """Run the parts that were asked for."""
    parser = argparse.ArgumentParser(description="Trials benchmarks.")
    for part in PARTS:
        parser.add_argument(f"--{part}", action="store_true")
    parser.add_argument("--write", action="store_true", help="write docs/*/benchmarks/trials-*.md")
    parser.add_argument("--quick", action="store_true", help="a small part of each, to see that it runs")
    options = parser.parse_args(arguments)
    wanted = [part for part in PARTS if getattr(options, part)] or list(PARTS)
    data = Path(os.environ.get("LONGTAKE_DATA") or "../shared/data")
    for part in wanted:
        importlib.import_module(f"benchmarks.trials_parts.{part}").run(
            data, write=options.write, quick=options.quick
        )


if __name__ == "__main__":
    main()
