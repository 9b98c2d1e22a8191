"""Lists of works from a creator's back office: totals since publication, turned into what is new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from longtake.domain.observation import Observation
from longtake.domain.receipt import Refused
from longtake.domain.trials.rows import Row
from longtake.domain.trials.trial import Trial
from longtake.ingest.backoffice.works import WorksReader
from longtake.ingest.head import Head
from longtake.ingest.observed import day_in
from longtake.ingest.reader import Context
from longtake.ingest.registry import READERS
from longtake.services.trials.entering.read import Read

PLAYS, SURE = "plays", 0.7


def works_reader(path: Path, head: Head) -> WorksReader | None:
    """Return the reader of a back office's list of works; None where the file is none."""
    sure = [(one.sniff(head, path), one) for one in READERS if isinstance(one, WorksReader)]
    best = max(sure, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] >= SURE else None


def read_works(
    path: Path, head: Head, reader: WorksReader, trial: Trial, known: Iterable[Row], *, name: str, today: date
) -> Read:
    """Return what each arm's work got since the exports before it.

    A back office counts from publication on: of each work the rows of earlier days are taken off. Works are
    found by the arm's name or alias, plays are units, and a metric is found by its column or its name in
    the field (``完播率``, ``completion_rate``); a rate counts as that share of the plays.

    Args:
        path: The file.
        head: Its head.
        reader: Who reads it.
        trial: The design.
        known: Rows the trial has.
        name: The file's name, which may carry its day.
        today: Its day where the name carries none.
    """
    day = (day_in(name) or today).isoformat()
    works: dict[int, dict[str, Observation]] = defaultdict(dict)
    refused: list[Refused] = []
    for item in reader.read(path, Context(head, None, lambda _, author: author, name)):
        if isinstance(item, Refused):
            refused.append(item)
        elif isinstance(item, Observation):
            works[item.source_line][item.metric] = item
    columns = {metric.name: header for header, metric in reader.metrics.items()}
    seen = tuple(known)
    before = _before(seen, day)
    newest = {row.arm: max(r.at for r in seen if r.arm == row.arm) for row in seen}
    rows: list[Row] = []
    for line, told in sorted(works.items()):
        made = _row(trial, told, columns, before, (line, day))
        if isinstance(made, Row) and newest.get(made.arm, "") > day:
            made = Refused(line, "day", day, f"an export no older than the last, of {newest[made.arm]}")
        if isinstance(made, Refused):
            refused.append(made)
        else:
            rows.append(made)
    return Read(tuple(rows), tuple(sorted(refused, key=lambda one: one.line)), ())


def _before(known: Iterable[Row], day: str) -> Mapping[str, list[Row]]:
    out: dict[str, list[Row]] = defaultdict(list)
    for row in known:
        if row.at < day:
            out[row.arm].append(row)
    return out


def _row(
    trial: Trial,
    told: Mapping[str, Observation],
    columns: Mapping[str, str],
    before: Mapping[str, list[Row]],
    at: tuple[int, str],
) -> Row | Refused:
    line, day = at
    subject = next(iter(told.values())).subject
    arm = trial.arm_named(subject)
    if arm is None:
        return Refused(line, "arm", subject[:80], f"one of {', '.join(a.name for a in trial.arms)}"[:200])
    totals = {name: one.value for name, one in told.items() if one.value is not None}
    if PLAYS not in totals:
        return Refused(line, columns.get(PLAYS, PLAYS), "", "how often it was played")
    plays = round(totals[PLAYS])
    earlier = before.get(arm.name, [])
    units = plays - sum(row.units for row in earlier)
    sums: dict[str, tuple[float, ...]] = {}
    for metric in trial.metrics:
        found = next(
            (o for name, o in told.items() if name in totals and metric.key in {name, columns.get(name)}),
            None,
        )
        if found is None or metric.kind != "proportion":
            continue
        value = totals[found.metric]
        whole = round(value * plays) if found.kind == "ratio" else round(value)
        new = whole - round(sum(row.sums[metric.key][0] for row in earlier if metric.key in row.sums))
        if not 0 <= new <= max(units, 0):
            return Refused(line, columns.get(found.metric, metric.key), str(whole), "a total that only grows")
        sums[metric.key] = (float(new),)
    if units < 0:
        return Refused(line, columns.get(PLAYS, PLAYS), str(plays), "a total that only grows")
    if trial.primary.key not in sums:
        return Refused(line, trial.primary.key, "", "a column of the metric that is judged")
    return Row(arm.name, day, "", units, sums, line=line)
