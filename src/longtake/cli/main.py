"""The ``longtake`` command."""

from __future__ import annotations

import os
import sys

import typer

from longtake.cli import plan, trial
from longtake.cli.acting import alerts, assets, copy, tell
from longtake.cli.asking import diagnose, groups, measure, personas, referrals, story
from longtake.cli.bringing import files
from longtake.cli.console import complain
from longtake.cli.keeping import models, up, upkeep
from longtake.errors import LongtakeError

app = typer.Typer(
    name="longtake",
    help="Turn two days of heat into word of mouth that lasts. 把两三天的热度变成长久的口碑。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
files.register(app)
measure.register(app)
diagnose.register(app)
upkeep.register(app)
models.register(app)
groups.register(app)
personas.register(app)
plan.register(app)
copy.register(app)
story.register(app)
referrals.register(app)
tell.register(app)
trial.register(app)
alerts.register(app)
assets.register(app)
up.register(app)


def run() -> None:
    """Run the command line; an error of the data is one line and exit code 1."""
    try:
        app()
    except LongtakeError as error:
        complain(error)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output went away (``| head``): that is their right, not an error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
