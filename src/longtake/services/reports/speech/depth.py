"""How deep it goes: what people do beyond looking, how long it stays, and whether it is what was meant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np

from longtake.domain.answers.report import Column, Section, Sentence, Table
from longtake.domain.estimate import Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.language.resonance import LADDER, Part, Unit, core, depth, persistence, ratio
from longtake.language.resonance.depth import CORE
from longtake.services.reports.draft import CHINA, JOIN, Draft
from longtake.services.reports.speech.flooded import copies

LONG = 40
"""Characters from which a comment is a long one."""

SEEN = ("plays", "reads")
RUNGS = {"like": "likes", "comment": "comments", "share": "shares"}
FEWEST = 20


def section(draft: Draft) -> Section | None:
    """Return the section; None with few comments."""
    rows = draft.run("spoken")
    if len(rows) < FEWEST:
        return None
    weight = copies(draft).weight
    audience = np.array([row["author_kind"] != "official" for row in rows])
    rung = _rungs(draft, rows)
    counted = {
        name: float(weight[audience & (rung == name)].sum())
        for name in ("comment", "long", "share", "ticket")
    }
    whole = float(weight[audience].sum())
    gone = ratio(counted, whole)
    works = _works(draft)
    stayed = persistence(_days(rows, np.where(audience, weight, 0.0)))
    meant = _core(draft, rows, weight, audience)
    found = depth(gone, stayed, meant)
    said = Evidence("rows.comments", {"author_not": "official"})
    wanted = JOIN.join(draft.campaign.emotions)
    about = Evidence("rows.labels", {"label": "film_emotion", "values": wanted}) if wanted else said
    figures = {
        "talk": _figure(draft, "talk", gone, said),
        "core": _figure(draft, "core", meant, about),
        "persistence": _figure(draft, "persistence", stayed, said),
        "works": _figure(draft, "works", works, Evidence("rows.observations", {"subject_kind": "node"})),
        "composite": draft.figure("depth.composite", "depth_composite", found.composite, said),
    }
    return Section(
        "depth",
        (
            Sentence("depth_talk", {"talk": figures["talk"], "core": figures["core"]}),
            Sentence("depth_stays", {"persistence": figures["persistence"]}),
        ),
        figures=tuple(figures.values()),
        notes=("depth_ladder", "depth_floods"),
        tables={"ladder": _ladder(counted, whole)},
    )


def _figure(draft: Draft, name: str, part: Part, evidence: Evidence) -> Figure:
    return draft.figure(f"depth.{name}", f"depth_{name}", part.quantity, evidence)


def _rungs(draft: Draft, rows: list[dict[str, Any]]) -> np.ndarray[Any, np.dtype[np.str_]]:
    """Return the highest rung each comment reaches: who saw the film again bought a ticket more."""
    high: dict[tuple[str, str], str] = {}
    told = draft.run("label_keys", labels=JOIN.join(("share", "selfstory")))
    by_value = {"rewatch": "ticket", "recommend": "share", "bring": "share"}
    for row in told:
        key = (row["platform"], row["comment_id"])
        reached = "long" if row["label"] == "selfstory" else by_value.get(row["value"], "comment")
        if LADDER[reached] >= LADDER[high.get(key, "comment")]:
            high[key] = "ticket" if "ticket" in {reached, high.get(key)} else reached
    made = []
    for row in rows:
        own = high.get((row["platform"], row["comment_id"]), "comment")
        made.append("long" if own == "comment" and len(row["text"] or "") >= LONG else own)
    return np.array(made)


def _days(rows: list[dict[str, Any]], weight: np.ndarray[Any, np.dtype[np.float64]]) -> list[float]:
    """Return what was said a day; a day without a row is not known, not empty."""
    by_day: dict[date, float] = {}
    for row, held in zip(rows, weight.tolist(), strict=True):
        if row["at"] is not None and (row["at_end"] or row["at"]) - row["at"] <= timedelta(days=1):
            day = row["at"].astimezone(CHINA).date()
            by_day[day] = by_day.get(day, 0.0) + held
    if not by_day:
        return []
    first, last = min(by_day), max(by_day)
    return [by_day.get(first + timedelta(days=k), float("nan")) for k in range((last - first).days + 1)]


def _core(
    draft: Draft,
    rows: list[dict[str, Any]],
    weight: np.ndarray[Any, np.dtype[np.float64]],
    audience: np.ndarray[Any, np.dtype[np.bool_]],
) -> Part:
    """Return the share of comments that show one of the emotions the film wants to be remembered by."""
    wanted = set(draft.campaign.emotions)
    if not wanted:
        return Part(Unknown("no_proposition", CORE, "share", len(rows)))
    felt = {
        (row["platform"], row["comment_id"])
        for row in draft.run("label_keys", labels="film_emotion")
        if row["value"] in wanted
    }
    shows = np.array([(row["platform"], row["comment_id"]) in felt for row in rows])
    whole = float(weight[audience].sum())
    return core(min(float(weight[audience & shows].sum()), whole), whole)


def _works(draft: Draft) -> Part:
    """Return the ladder of the team's own works over their plays or reads; each work is a unit."""
    held: dict[str, dict[str, float]] = {}
    for row in draft.run("node_metrics"):
        if row["value"] is not None:
            held.setdefault(row["subject"], {})[row["metric"]] = row["value"]
    units = []
    for metrics in held.values():
        seen = next((metrics[name] for name in SEEN if metrics.get(name)), 0.0)
        done = {rung: metrics[name] for rung, name in RUNGS.items() if name in metrics}
        if seen > 0 and done and max(done.values()) <= seen:
            units.append(Unit(done, seen))
    if not units:
        return ratio({}, None)
    rungs = [rung for rung in RUNGS if all(rung in unit.counts for unit in units)]
    counts: Mapping[str, float] = {rung: sum(unit.counts[rung] for unit in units) for rung in rungs}
    return ratio(counts, sum(unit.exposures for unit in units), units=units)


def _ladder(counted: Mapping[str, float], whole: float) -> Table:
    columns = (
        Column("rung", "code"),
        Column("points", "number"),
        Column("comments", "number"),
        Column("share", "share"),
    )
    made = tuple(
        (name, LADDER[name], round(count, 1), count / whole if whole else None)
        for name, count in counted.items()
    )
    return Table(columns, made)
