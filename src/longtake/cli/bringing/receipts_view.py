"""Receipts on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.markup import escape

from longtake.cli.console import out, plain, show
from longtake.domain.receipt import FileReceipt
from longtake.locale import Catalogue
from longtake.services.imports import receipts
from longtake.services.imports.add import Imported
from longtake.store.commit import Commit

SHOWN = 20
MANY = 40


def show_import(say: Catalogue, imported: Imported) -> None:
    """Print what one call took in."""
    show_files(say, imported.files)
    rows = sum(file.kept for file in imported.files)
    if imported.import_id:
        out.print(say.say("cli.imported", id=imported.import_id, rows=rows, campaign=imported.campaign))
    else:
        out.print(say.say("cli.nothing_new", campaign=imported.campaign))


def show_files(say: Catalogue, files: Sequence[FileReceipt]) -> None:
    """Print one line a file, then every refusal; many files of one reader become one line."""
    show(
        [say.say(f"receipt.{key}") for key in ("path", "reader", "rows_in", "kept", "duplicate", "refused")],
        [
            (row.path, row.reader or "–", row.rows_in, row.kept, row.duplicate, row.refused)
            for row in _lines(say, files)
        ],
    )
    for file in files:
        _details(say, file)


class _Line:
    def __init__(self, path: str, reader: str | None) -> None:
        self.path, self.reader = path, reader
        self.files = self.rows_in = self.kept = self.duplicate = self.refused = 0

    def add(self, file: FileReceipt) -> None:
        self.files += 1
        self.rows_in += file.rows_in
        self.kept += file.kept
        self.duplicate += file.duplicate
        self.refused += len(file.refused)


def _lines(say: Catalogue, files: Sequence[FileReceipt]) -> list[_Line]:
    grouped: dict[tuple[str, str | None], _Line] = {}
    for file in files:
        key = (file.path if len(files) <= MANY else "", file.reader)
        line = grouped.setdefault(key, _Line(file.path, file.reader))
        line.add(file)
    for line in grouped.values():
        if line.files > 1:
            line.path = say.say("receipt.many", n=line.files, first=line.path)
    return list(grouped.values())


def _details(say: Catalogue, file: FileReceipt) -> None:
    path = escape(plain(file.path))
    if file.error:
        out.print(f"  {path}: {escape(plain(file.error))}", style="red")
    if file.unknown_columns:
        columns = escape(plain(", ".join(file.unknown_columns)))
        out.print(f"  {path}: {say.say('receipt.unknown_columns')}: {columns}", style="yellow")
    for notice in file.notices:
        values = escape(plain(", ".join(notice.values[:SHOWN])))
        out.print(f"  {path}: {say.say(f'notice.{notice.kind}')} {values}", style="yellow")
    for refused in file.refused[:SHOWN]:
        out.print(
            f"  {path}:{refused.line}  {escape(plain(refused.column))} = "
            f"{escape(plain(refused.value)) or '∅'} → {escape(plain(refused.expected))}",
            style="yellow",
        )
    if len(file.refused) > SHOWN:
        out.print(f"  {path}: {say.say('receipt.more', n=len(file.refused) - SHOWN)}", style="yellow")


def show_commits(say: Catalogue, commits: Sequence[Commit]) -> None:
    """Print one line an import."""
    show(
        [say.say(f"receipt.{key}") for key in ("import", "campaign", "files", "tables")],
        [
            (
                commit.import_id,
                commit.campaign,
                len(receipts.of_commit(commit)),
                ", ".join(f"{table} {rows:,}" for table, rows in sorted(commit.tables.items())),
            )
            for commit in commits
        ],
    )
