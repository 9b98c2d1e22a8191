"""The book of a campaign's plan on disk: a chain that only grows."""

from __future__ import annotations

from pathlib import Path

from longtake.domain.running.act import Act, act_of
from longtake.domain.running.book import Book, book_of
from longtake.errors import LongtakeError
from longtake.services.workspace import Workspace
from longtake.store.durable import chain

FOLDER = "plans"


class PlanBookError(LongtakeError):
    """An entry of a plan's chain is no act."""

    code = "plan_book"


def path_of(workspace: Workspace, campaign: str) -> Path:
    """Return the file of a campaign's plan."""
    return workspace.root / FOLDER / f"{campaign}.chain"


def load(workspace: Workspace, campaign: str) -> Book:
    """Return a campaign's book; an empty one when no plan was adopted.

    Raises:
        BrokenChainError: An entry was altered, dropped, swapped or forged; it names the first one.
        PlanBookError: An entry holds, but is no act this version can read.
        StorageError: The file cannot be read.
    """
    path = path_of(workspace, campaign)
    entries = chain.read(path)
    try:
        return book_of(campaign, (act_of(one.body, seq=one.seq, digest=one.hash) for one in entries))
    except (KeyError, TypeError, ValueError) as error:
        raise PlanBookError(
            f"{path.name} holds an entry that is no act of a plan ({type(error).__name__}: {error}).",
            fix="Use the version of Longtake that wrote it.",
        ) from error


def add(workspace: Workspace, book: Book, act: Act) -> Book:
    """Add an act and return the book with it, once it is on disk.

    Raises:
        BrokenChainError: The chain does not hold, or somebody added to it since the book was read.
        StorageError: The disk refused.
    """
    book.taking(act)
    entry = chain.append(path_of(workspace, book.campaign), act.values(), expected=book.last or chain.GENESIS)
    return book.taking(act_of(entry.body, seq=entry.seq, digest=entry.hash))
