"""How the command line speaks: one console for answers, one for everything else."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from types import TracebackType

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress
from rich.table import Table

from longtake.errors import LongtakeError
from longtake.locale import Catalogue, catalogue

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)


def words(lang: str | None = None) -> Catalogue:
    """Return the words of a language: the one asked for, else ``$LONGTAKE_LANG``, else the shell's own."""
    asked = lang or os.environ.get("LONGTAKE_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    return catalogue("zh" if asked.lower().startswith("zh") else "en")


def complain(error: LongtakeError) -> None:
    """Say on one line what was wrong and what would do."""
    err.print(f"longtake: {escape(' '.join(str(error).split()))}", style="red")


def answer(value: object) -> None:
    """Print a value as JSON, one document, keys in the order they were built."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def show(headings: Sequence[str], rows: Sequence[Sequence[object]], *, title: str = "") -> None:
    """Print a table; text of files is shown as text, never as markup."""
    table = Table(title=title or None, title_justify="left", header_style="bold", pad_edge=False, box=None)
    for heading in headings:
        table.add_column(escape(heading), overflow="fold")
    for row in rows:
        table.add_row(*(escape(plain(cell)) for cell in row))
    out.print(table)


def plain(cell: object) -> str:
    r"""Return a cell as text without control characters: a terminal obeys what a file says otherwise.

    Examples:
        >>> plain("a\x1b[2Jb")
        'a[2Jb'
    """
    text = "" if cell is None else str(cell)
    return "".join(c if c.isprintable() else " " if c.isspace() else "" for c in text)


class Bar(AbstractContextManager["Bar"]):
    """A progress bar on standard error; silent when nobody watches."""

    def __init__(self, say: Catalogue) -> None:
        self._say = say
        self._progress = RichProgress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("[dim]{task.fields[note]}"),
            console=err,
            transient=True,
            disable=not err.is_terminal,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def begin(self, what: str, total: int | None) -> None:
        """Start a stretch of work under its own name."""
        self._task = self._progress.add_task(self._say.say(f"progress.{what}"), total=total, note="")

    def advance(self, steps: int = 1, *, note: str = "") -> None:
        """Move the bar on."""
        if self._task is not None:
            self._progress.update(self._task, advance=steps, note=escape(plain(note))[-60:])
