"""The tables of the section: gaps, pairs, promises, lines, parts, beats, hashtags, claims, windows."""

from __future__ import annotations

from collections.abc import Sequence

from longtake.domain.answers.report import Cell, Column, Table
from longtake.domain.estimate import Estimate
from longtake.narrative import Gap
from longtake.narrative.promises.kept import Promise, unpromised
from longtake.narrative.similarity import Space
from longtake.services.reports.draft import Draft
from longtake.services.reports.masking import masked
from longtake.services.reports.story.measured import Measured
from longtake.services.reports.story.told import Clip, words

CLAIM_FOUND = 0.2
MOST = 40


def tables(draft: Draft, found: Measured) -> dict[str, Table]:
    """Return every table that has rows, by its title."""
    made = {
        "story_gaps": gap_table(found.gaps),
        "story_promises": _promises(found),
        "story_pairs": _pairs(found),
        "story_lines": _lines(found),
        "story_parts": _parts(found),
        "story_beats": _beats(found),
        "story_tags": _tags(found),
        "story_claims": _claims(draft, found),
        "story_windows": _windows(found),
        "story_footage": _footage(draft),
    }
    return {key: table for key, table in made.items() if table.rows}


def timecode(ms: int | None) -> str | None:
    """Return a place in a film as people write it.

    Examples:
        >>> timecode(3_723_400), timecode(None)
        ('1:02:03', None)
    """
    if ms is None:
        return None
    return f"{ms // 3_600_000}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d}"


def gap_table(gaps: Sequence[tuple[Clip, Gap]]) -> Table:
    """Return every measure of every trailer's gaps."""
    rows: list[tuple[Cell, ...]] = []
    for clip, gap in gaps:
        for axis in gap.axes:
            for one in axis.measures:
                known = isinstance(one.gap, Estimate) and one.gap.level < 1
                ends = (
                    (one.gap.low, one.gap.high) if known and isinstance(one.gap, Estimate) else (None, None)
                )
                value = one.gap.value if isinstance(one.gap, Estimate) else None
                told = [
                    None if x is None else round(x, 4) for x in (one.trailer, one.film, value, *ends, one.p)
                ]
                rows.append((clip.node_id, axis.name, one.name, *told))
            if not axis.measures:
                rows.append((clip.node_id, axis.name, None, None, None, None, None, None, None))
    numbers = ("in_trailer", "in_film", "apart", "low", "high", "chance")
    columns = (
        Column("node_id"),
        Column("story_axis"),
        Column("story_measure"),
        *(Column(key, "number") for key in numbers),
    )
    return Table(columns, tuple(rows))


def promise_table(promises: Sequence[Promise]) -> Table:
    """Return promises and what pays them off, the broken ones first."""
    rows = tuple(
        (
            one.node_id,
            one.kind,
            masked(one.what)[0],
            timecode(one.at_ms),
            one.paid,
            timecode(one.payoffs[0].start_ms) if one.payoffs else None,
            masked(one.payoffs[0].text)[0] if one.payoffs else None,
        )
        for one in sorted(promises, key=lambda one: one.paid)
    )
    columns = (
        Column("node_id"),
        Column("promise_kind"),
        Column("promised"),
        Column("timecode", "code"),
        Column("paid_off"),
        Column("paid_at", "code"),
        Column("paid_by"),
    )
    return Table(columns, rows)


def _promises(found: Measured) -> Table:
    told = promise_table(found.promises)
    more = tuple(
        ("film", one.kind, one.what, None, None, timecode(one.start_ms), None)
        for one in (unpromised(found.gaps[0][1].pairs, found.told.film.cues) if found.gaps else ())
    )
    return Table(told.columns, (*told.rows, *more))


def _pairs(found: Measured) -> Table:
    columns = (
        Column("pair_of"),
        Column("in_trailer", "share"),
        Column("in_film", "share"),
        Column("first_in_film", "code"),
        Column("pair_state"),
    )
    if not found.gaps:
        return Table(columns, ())
    cues = found.told.film.cues
    rows = tuple(
        (
            " × ".join(pair.names),
            round(pair.trailer, 4),
            round(pair.film, 4),
            timecode(cues[pair.film_cues[0]].start_ms) if pair.film_cues else None,
            "hardly_present" if pair.hardly_present else "unseen" if pair.unseen else None,
        )
        for pair in found.gaps[0][1].pairs
    )
    return Table(columns, rows)


def _lines(found: Measured) -> Table:
    rows = tuple(
        (masked(one.text)[0], timecode(one.start_ms), one.echoes, one.novelty, one.fit, one.score)
        for one in found.lines
    )
    numbers = ("early_echoes", "freshness", "card_fit", "placed")
    columns = (
        Column("line_said", "code"),
        Column("timecode", "code"),
        *(Column(n, "number") for n in numbers),
    )
    return Table(columns, rows)


def _parts(found: Measured) -> Table:
    columns = (
        Column("part_of_film"),
        Column("timecode", "code"),
        Column("until", "code"),
        Column("cues", "number"),
        Column("mean_intensity", "number"),
        Column("mean_valence", "number"),
        Column("arc_shape"),
    )
    if found.structure is None:
        return Table(columns, ())
    scores = found.told.film.scores
    rows = []
    for one in found.structure.segments:
        inside = slice(one.first, one.last)
        means = (
            (None, None)
            if scores is None
            else tuple(
                round(float(column[inside].mean()), 3) for column in (scores.intensity, scores.valence)
            )
        )
        shaped = found.structure.shape.get(one.name)
        rows.append(
            (
                one.name,
                timecode(one.start_ms),
                timecode(one.end_ms),
                one.last - one.first,
                *means,
                shaped.name if shaped else None,
            )
        )
    return Table(columns, tuple(rows))


def _beats(found: Measured) -> Table:
    rows = tuple(
        (
            one.kind,
            timecode(one.first_ms),
            masked(one.first)[0],
            timecode(one.then_ms),
            masked(one.then)[0],
            round(one.strength, 3),
        )
        for one in (found.structure.beats if found.structure else ())
    )
    columns = (
        Column("beat_kind"),
        Column("timecode", "code"),
        Column("said_first"),
        Column("until", "code"),
        Column("said_then"),
        Column("strength", "number"),
    )
    return Table(columns, rows)


def _tags(found: Measured) -> Table:
    rows = tuple(
        (f"#{tag.hashtag}#", one.topic, one.shared, one.weight, one.likeness)
        for tag in found.tags
        for one in tag.recalls
    )
    columns = (
        Column("hashtag"),
        Column("recalls"),
        Column("shared_words", "code"),
        Column("list_hours_of", "number"),
        Column("likeness", "number"),
    )
    return Table(columns, rows)


def _claims(draft: Draft, found: Measured) -> Table:
    columns = (
        Column("claim"),
        Column("line_said", "code"),
        Column("timecode", "code"),
        Column("likeness", "number"),
    )
    claims, cues = draft.campaign.story.claims, found.told.film.cues
    if not claims or not cues:
        return Table(columns, ())
    lines = words(cues)
    likeness = Space(lines).table(claims, lines)
    rows: list[tuple[Cell, ...]] = []
    for i, claim in enumerate(claims):
        best = int(likeness[i].argmax())
        near = round(float(likeness[i, best]), 3)
        held = near >= CLAIM_FOUND
        rows.append(
            (claim, lines[best] if held else None, timecode(cues[best].start_ms) if held else None, near)
        )
    return Table(columns, tuple(rows))


def _windows(found: Measured) -> Table:
    columns = (
        Column("story_axis"),
        Column("film_or_trailer"),
        Column("timecode", "code"),
        Column("until", "code"),
        Column("story_measure"),
        Column("value", "number"),
    )
    rows = tuple(
        (axis.name, one.side, timecode(one.start_ms), timecode(one.end_ms), one.what, round(one.value, 3))
        for _, gap in found.gaps[:1]
        for axis in gap.axes
        for one in axis.windows
    )
    return Table(columns, rows[:MOST])


def _footage(draft: Draft) -> Table:
    columns = (
        Column("node_id"),
        Column("shots", "number"),
        Column("shot_seconds", "number"),
        Column("loudness_lufs", "number"),
        Column("motion", "number"),
        Column("reason"),
    )
    rows = []
    for node, one in sorted(draft.footage.items()):
        lengths = sorted(one.shots)
        middle = lengths[len(lengths) // 2] if lengths else None
        told = [
            round(quantity.value, 3) if isinstance(quantity, Estimate) else None
            for quantity in (one.loudness, one.motion)
        ]
        rows.append((node, len(lengths) or None, middle, *told, one.problem or None))
    return Table(columns, tuple(rows))
