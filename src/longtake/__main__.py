"""``python -m longtake``."""

from longtake.cli.main import run

if __name__ == "__main__":
    run()
