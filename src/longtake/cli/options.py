"""What many commands ask, asked in the same words everywhere."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from longtake.cli.values import instant

Target = Annotated[str, typer.Argument(help="A campaign folder, or the name of a campaign.")]
Lang = Annotated[str | None, typer.Option("--lang", help="zh or en.")]
PageLang = Annotated[str, typer.Option("--lang", help="zh or en.")]
"""The language of what is written, where the shell's own has no say."""
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
ObservedAt = Annotated[
    datetime | None,
    typer.Option(
        "--observed-at",
        parser=instant,
        metavar="TIME",
        help="When the files were exported, e.g. 2026-01-12T15:00+08:00; Beijing time without an offset.",
    ),
]
