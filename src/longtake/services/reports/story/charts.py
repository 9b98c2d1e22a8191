"""The charts of the section: arcs of trailer and film over their running time; nodes against the card."""

from __future__ import annotations

from collections.abc import Sequence

from longtake.domain.answers.report import Cell, Chart, Column, Table
from longtake.domain.cue import Cue
from longtake.domain.estimate import Estimate
from longtake.domain.figure import Figure
from longtake.narrative.structure.arc import arc
from longtake.services.reports.draft import LEVEL
from longtake.services.reports.story.measured import Measured
from longtake.services.reports.story.told import Clip

PAYOFFS = 24


def charts(found: Measured, figures: Sequence[Figure], gap: Figure) -> tuple[Chart, ...]:
    """Return the charts that have something to show."""
    made = [_arcs(found, "valence", gap), _arcs(found, "intensity", gap), _card(found, figures)]
    return tuple(chart for chart in made if chart is not None)


def _arcs(found: Measured, measure: str, gap: Figure) -> Chart | None:
    film, trailer = found.told.film, found.told.trailer
    rows: list[tuple[Cell, ...]] = []
    for name, clip in (("on_screen", film), ("promised", trailer)):
        rows += _line(name, clip, measure)
    if not rows:
        return None
    if measure == "valence":
        rows += _ticks(found)
    numbers = (Column("value", "number"), Column("low", "number"), Column("high", "number"))
    return Chart(
        id=f"story-{measure}",
        title=f"story_{measure}",
        form="arc",
        table=Table((Column("running_time", "share"), Column("series"), *numbers), tuple(rows)),
        x="running_time",
        y="value",
        series="series",
        low="low",
        high="high",
        unit="score",
        figures=(gap.id,),
    )


def _line(name: str, clip: Clip | None, measure: str) -> list[tuple[Cell, ...]]:
    if clip is None or clip.scores is None:
        return []
    line = arc(clip.cues, getattr(clip.scores, measure), level=LEVEL)
    if line is None:
        return []
    columns = zip(line.at, line.value, line.low, line.high, strict=True)
    return [
        (round(float(at), 4), name, *(round(float(x), 4) for x in (value, low, high)))
        for at, value, low, high in columns
    ]


def _ticks(found: Measured) -> list[tuple[Cell, ...]]:
    cues = found.told.film.cues
    if not cues:
        return []
    payoffs = {one.payoffs[0].start_ms for one in found.promises if one.payoffs}
    lines = {one.start_ms for one in found.lines if one.echoes}
    brand = found.structure.brand.spoken if found.structure and found.structure.brand else ()
    places = {
        "paid_here": sorted(payoffs)[:PAYOFFS],
        "echoed_here": sorted(lines),
        "brand_here": sorted(cues[i].start_ms for i in brand),
        "part_here": [one.start_ms for one in (found.structure.segments if found.structure else ())][1:],
    }
    return [(_place(cues, ms), name, None, None, None) for name, some in places.items() for ms in some]


def _place(cues: Sequence[Cue], ms: int) -> float:
    # The same scale as an arc's: from the middle of the first cue to that of the last.
    first, last = (cues[0].start_ms + cues[0].end_ms) / 2, (cues[-1].start_ms + cues[-1].end_ms) / 2
    return round(min(1.0, max(0.0, (ms - first) / max(last - first, 1.0))), 4)


def _card(found: Measured, figures: Sequence[Figure]) -> Chart | None:
    rows = tuple(
        (
            found.told.called(one.node_id),
            one.score.value,
            one.score.low,
            one.score.high,
        )
        for one in found.alignments
        if isinstance(one.score, Estimate)
    )
    if len(rows) < 2:
        return None
    numbers = (Column("value", "number"), Column("low", "number"), Column("high", "number"))
    return Chart(
        id="story-card",
        title="story_card",
        form="interval",
        table=Table((Column("node_id"), *numbers), rows),
        x="node_id",
        y="value",
        low="low",
        high="high",
        unit="score",
        figures=tuple(figure.id for figure in figures),
    )
