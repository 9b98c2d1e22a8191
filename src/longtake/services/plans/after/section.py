"""The plan as a section of the retrospective: every verdict with its rows, every version, what stays."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from longtake.domain.answers.plan_values import quantity_of
from longtake.domain.answers.report import Cell, Chart, Column, Section, Sentence, Table
from longtake.domain.estimate import Estimate
from longtake.domain.figure import Figure
from longtake.domain.running.book import Book
from longtake.domain.running.life import Change, Life
from longtake.services.plans.after.figures import of_life
from longtake.services.plans.after.remember import of_memory
from longtake.services.plans.designs.registration import registration_of
from longtake.services.reports.band import banded
from longtake.services.reports.draft import CHINA, part

STRIP = 5
STAGES = (
    Column("stage"),
    Column("plan_lane"),
    Column("plan_state"),
    Column("plan_metric"),
    Column("plan_power", "share"),
    Column("effect", "number"),
    Column("low", "number"),
    Column("high", "number"),
    Column("change_unit"),
    Column("plan_evidence"),
    Column("plan_outcome"),
)
VERSIONS = (
    Column("stage"),
    Column("version", "code"),
    Column("at", "time"),
    Column("by"),
    Column("plan_key"),
    Column("was"),
    Column("now"),
    Column("after_lock"),
)


def section(book: Book) -> Section | None:
    """Return the section; None where no plan was adopted. It rests on the chain alone."""
    if book.plan is None:
        return None
    judged = [life for life in book.lives if life.verdict is not None]
    improved = sum(_outcome(life) == "improved" for life in judged)
    words = {"n": len(book.lives), "judged": len(judged), "improved": improved}
    figures = {life.id: of_life(book.campaign, life) for life in book.lives}
    memories = {int(act.told["after"]): act for act in book.memories}
    said = [Sentence("plan_so_far", {}, words)]
    said += [_verdict(life, figures[life.id]["effect"]) for life in judged]
    stays = [of_memory(book.campaign, memories[after]) for after in sorted(memories)]
    said += [_memory(after, found) for after, found in zip(sorted(memories), stays, strict=True)]
    effects = [figures[life.id]["effect"] for life in judged]
    others = [one for found in figures.values() for name, one in found.items() if name != "effect"]
    more = (*effects[STRIP:], *others, *(one for found in stays for one in found.values()))
    tables = {"plan_stages": Table(STAGES, tuple(_row(life) for life in book.lives))}
    if changed := tuple(row for life in book.lives for row in _changes(life)):
        tables["plan_versions"] = Table(VERSIONS, changed)
    return Section(
        "plan",
        tuple(said),
        figures=tuple(effects[:STRIP]),
        charts=tuple(one for life in judged if (one := chart(book.campaign, life)) is not None),
        notes=("plan_label", "plan_looks"),
        more=more,
        tables=tables,
    )


def chart(campaign: str, life: Life) -> Chart | None:
    """Return the days of a judged stage against what was foretold; None where nothing was foretold."""
    if life.verdict is None:
        return None
    told, written = life.verdict.told, registration_of(life.registration)
    foretold: tuple[tuple[float, float | None, float | None], ...]
    if "path" in written.data:
        foretold = tuple(zip(*(written.data[name] for name in ("path", "low", "high")), strict=True))
    else:
        foretold = tuple((one, None, None) for one in told["expected_values"])
    if not foretold or not told["values"]:
        return None
    figure = of_life(campaign, life)["effect"].id
    first = date.fromisoformat(told["first"])
    return against(life, first=first, values=told["values"], foretold=foretold, figure=figure)


def against(
    life: Life,
    *,
    first: date,
    values: Sequence[float | None],
    foretold: Sequence[tuple[float, float | None, float | None]],
    figure: str,
) -> Chart:
    """Return the chart of what came against what was foretold, with the days before that are on record.

    Args:
        life: The stage.
        first: Day of the first value.
        values: What came, a day each.
        foretold: Expected value and both ends of its band, a day each.
        figure: Id of the figure whose rows stand behind it.
    """
    rows: list[tuple[Cell, ...]] = []
    data = registration_of(life.registration).data if life.lock is not None else {}
    if "history" in data:
        start = date.fromisoformat(data["first"])
        rows += [(_noon(start, k), "counts", one, None, None) for k, one in enumerate(data["history"])]
    rows += [(_noon(first, k), "counts", one, None, None) for k, one in enumerate(values)]
    goal = life.locked_stage.goal
    # A share ends at nothing and at all, whatever a straight line makes of it; a difference of two does not.
    seen = (*data.get("history", ()), *values)
    share = goal.unit == "share" and all(one is None or one >= 0 for one in seen)
    ends = (0.0, 1.0) if share else (-math.inf, math.inf)
    for k, one in enumerate(foretold):
        held = (None if value is None else min(max(value, ends[0]), ends[1]) for value in one)
        rows.append((_noon(first, k), "forecast", *held))
    made = banded(
        f"plan-stage-{part(life.id)}",
        tuple(rows),
        y="value",
        kind="share" if goal.unit == "share" else "number",
        unit=goal.unit,
        marks=(),
        figure=figure,
    )
    return replace(made, title="plan_stage")


def _noon(first: date, k: int) -> datetime:
    return datetime.combine(first + timedelta(days=k), time(0), CHINA).astimezone(UTC)


def _memory(after: int, found: Mapping[str, Figure]) -> Sentence:
    if isinstance(found["recall"].quantity, Estimate):
        return Sentence("plan_memory", found, {"days": after})
    return Sentence("plan_memory_talk", {"residual": found["residual"]}, {"days": after})


def _verdict(life: Life, effect: Figure) -> Sentence:
    told = {} if life.verdict is None else life.verdict.told
    outcome, wording = told["outcome"], told["wording"]
    key = "plan_unknown" if outcome == "unknown" else f"plan_{wording}_{outcome}"
    words = {"stage": life.stage.title, "plan_metric": life.metric}
    shown = {"improved": "good", "worse": "warn"} if wording != "coincides" else {}
    tone = shown.get(outcome, "plain")
    return Sentence(key, {} if outcome == "unknown" else {"effect": effect}, words, tone)


def _row(life: Life) -> tuple[Cell, ...]:
    effect = quantity_of(life.verdict.told["effect"]) if life.verdict is not None else None
    known = effect if isinstance(effect, Estimate) else None
    evidence = life.verdict.told["evidence"] if life.verdict is not None else life.locked_stage.evidence
    return (
        life.stage.title,
        life.lane,
        life.state,
        life.metric,
        registration_of(life.registration).power if life.lock is not None else None,
        *_change(life, known),
        evidence,
        _outcome(life),
    )


def _change(life: Life, known: Estimate | None) -> tuple[Cell, ...]:
    """Return a change, both ends of its interval and the key of its unit, of 100 where it is a share."""
    if known is None:
        return (None, None, None, None)
    share = known.unit == "share"
    ends = (round(100 * one, 2) if share else round(one, 6) for one in (known.value, known.low, known.high))
    relative = registration_of(life.registration).relative
    return (*ends, ("percent" if relative else "points") if share else known.unit)


def _outcome(life: Life) -> str | None:
    """Return the key of an outcome; an observation only says which way it went."""
    if life.verdict is None:
        return None
    outcome = str(life.verdict.told["outcome"])
    seen = life.verdict.told["wording"] == "coincides" and outcome in {"improved", "worse"}
    return f"{outcome}_seen" if seen else outcome


def _changes(life: Life) -> list[tuple[Cell, ...]]:
    return [
        (life.stage.title, str(one.number), one.act.at, one.act.who, change.key, *_pair(change), one.locked)
        for one in life.versions
        for change in one.changes
    ]


def _pair(change: Change) -> tuple[str | None, str | None]:
    return (_value(change.before), _value(change.after))


def _value(value: object) -> str | None:
    return f"{value:.6g}" if isinstance(value, float) else None if value is None else str(value)
