"""A running plan as JSON values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from longtake.domain.running.act import Act
from longtake.domain.running.book import Book
from longtake.domain.running.life import Life


def phase_of(book: Book) -> str:
    """Return where the film stood when its plan was adopted last."""
    adopted = [act for act in book.acts if act.kind == "adopted"]
    return str(adopted[-1].told.get("phase", "running")) if adopted else "running"


def life_values(life: Life) -> dict[str, Any]:
    """Return a stage as JSON values."""
    return {
        "id": life.id,
        "title": life.stage.title,
        "lane": life.lane,
        "state": life.state,
        "begins": life.begins.isoformat() if life.begins else None,
        "days": life.days,
        "digest": life.versions[-1].digest,
        "versions": len(life.versions),
        "locked": life.lock.values()["told"] if life.lock else None,
        "deviations": list(life.deviations),
        "looks": len(life.looks),
        "rules": list(life.looks[-1].told.get("rules", ())) if life.looks else [],
        "verdict": dict(life.verdict.told) if life.verdict else None,
        "stopped": life.stopped.told["why"] if life.stopped else None,
        "stopped_by": list(life.stopped.told.get("rules", ())) if life.stopped else [],
    }


def book_values(book: Book) -> dict[str, Any]:
    """Return a plan as JSON values."""
    return {
        "campaign": book.campaign,
        "entries": len(book.acts),
        "hash": book.last,
        "phase": phase_of(book) if book.plan is not None else None,
        "stages": [life_values(life) for life in book.lives],
        "remembered": [dict(act.told) for act in book.memories],
    }


def acts_values(acts: Iterable[Act]) -> list[dict[str, Any]]:
    """Return acts as JSON values, with their place in the chain."""
    return [{"seq": act.seq, "hash": act.hash, **act.values()} for act in acts]
