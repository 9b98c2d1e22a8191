"""``python -m longtake``."""

from longtake.cli.main import run

run()
