"""The script as the film's telling: the gap of trailers against it, its scenes and who speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from longtake.domain.cue import SPOKEN
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.heat.measures.share import share
from longtake.narrative import Gap, gap
from longtake.narrative.gaps.axis import Axis
from longtake.narrative.gaps.usual import Usual, usual
from longtake.narrative.promises.kept import Promise, promises
from longtake.services.reports.draft import JOIN, LEVEL, Draft, part
from longtake.services.reports.story.scoring import scored
from longtake.services.reports.story.told import Clip, cue_of, told, words

UNITS = {"intensity": "sd", "relations": "bits", "pacing": "times"}
METHOD = "compared by a script, one page a minute"
PRINTED = frozenset({"scene", "action", "dialogue", "lyric", "parenthetical", "transition"})
MINUTE = 60_000


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """A campaign's script and what trailers are against it.

    Attributes:
        clip: What is said in it, each speech a cue at the time the rule gives.
        rows: Every piece, in order.
        gaps: Of each trailer against the script, the main one first; their pacing is unknown.
        tempo: Characters a minute of the main trailer over the script's, a page a minute.
        promises: Of each node, paid off by words of the script or not.
    """

    clip: Clip
    rows: tuple[dict[str, Any], ...]
    gaps: tuple[tuple[Clip, Gap], ...]
    promises: tuple[Promise, ...]
    tempo: Quantity


def script(draft: Draft) -> Script | None:
    """Return the campaign's script, measured once a draft; None without one.

    The file the campaign names counts, else the only script that was imported.
    """
    found: Script | None = draft.once("script", lambda: _script(draft))
    return found


def _script(draft: Draft) -> Script | None:
    every = draft.run("script")
    stems = sorted({row["node_id"] for row in every})
    file = draft.campaign.film.script
    stem = PurePosixPath(file.replace("\\", "/")).stem if file else stems[0] if len(stems) == 1 else ""
    rows = tuple(row for row in every if row["node_id"] == stem)
    if not rows:
        return None
    cues = tuple(cue_of(stem, row) for row in rows if row["kind"] in SPOKEN)
    clip = Clip("script", stem, "film", cues, scored(words(cues)))
    have = told(draft)
    gaps = [(one, _gap(draft, one, clip)) for one in have.clips if one.kind == "trailer" and cues]
    tempo: Quantity = Unknown("no_trailer_cues", METHOD, "times", len(cues))
    if gaps:
        pacing = gaps[0][1].pacing
        told_apart = [one.gap for one in pacing.measures if one.name == "characters_a_minute"]
        tempo = told_apart[0] if told_apart else pacing.size
    kept = promises(have.shown, cues, characters=draft.campaign.film.characters, scores=clip.scores)
    # By the rule every script takes the same time a page: what pace the film takes is not in it.
    none = Axis("pacing", Unknown("script_no_clock", METHOD, "times", len(cues)), None)
    still = tuple((one, replace(between, pacing=none)) for one, between in gaps)
    return Script(clip, rows, still, kept, tempo)


def _gap(draft: Draft, trailer: Clip, film: Clip) -> Gap:
    story = draft.campaign.story
    known = usual(story.genre)
    if story.usual_pace is not None:
        known = Usual(story.usual_pace, known.spread, "campaign file")
    both = (trailer.scores, film.scores) if trailer.scores and film.scores else None
    characters = draft.campaign.film.characters
    return gap(trailer.cues, film.cues, characters=characters, scores=both, usual_pace=known, level=LEVEL)


def gap_figures(draft: Draft, found: Script) -> dict[str, Figure]:
    """Return the gaps of the main trailer against the script, and its written tempo; pacing is unknown."""
    spoken = _spoken(found)
    quantities: dict[str, Quantity] = {
        axis: Unknown("no_trailer_cues", METHOD, unit, len(found.clip.cues)) for axis, unit in UNITS.items()
    }
    if found.gaps:
        quantities = {axis.name: axis.size for axis in found.gaps[0][1].axes}
    quantities["pacing"] = Unknown("script_no_clock", METHOD, "times", len(found.clip.cues))
    made = {
        axis: draft.figure(f"story.script.gap.{axis}", f"script_gap_{axis}", quantity, spoken)
        for axis, quantity in quantities.items()
    }
    return {**made, "tempo": draft.figure("story.script.tempo", "script_tempo", found.tempo, spoken)}


def figures(draft: Draft, found: Script) -> dict[str, Figure]:
    """Return what a script tells by itself, and what no script can tell."""
    whole = Evidence("rows.script", {"node_id": found.clip.stem})
    spoken = _spoken(found)
    end = max((row["end_ms"] for row in found.rows), default=0)
    talk = sum(row["end_ms"] - row["start_ms"] for row in found.rows if row["kind"] in SPOKEN)
    printed = sum(row["end_ms"] - row["start_ms"] for row in found.rows if row["kind"] in PRINTED)
    scenes = sum(row["kind"] == "scene" for row in found.rows)
    speakers = {row["speaker"] for row in found.rows if row["kind"] in SPOKEN and row["speaker"]}
    broken = sum(not one.paid for one in found.promises)
    unpaid: Quantity = share(broken, len(found.promises))
    if not found.promises:
        unpaid = Unknown("no_promises", METHOD, "share", 0)
    ratio = talk / printed if printed else 0.0
    rule = "lines of the script over 55 a page (Riley 2009)"
    headings = Evidence("rows.script", {"node_id": found.clip.stem, "kinds": "scene"})
    pages = Estimate.count(round(end / MINUTE, 1), unit="pages", method=rule, n=len(found.rows))
    held = {
        "pages": (pages, whole),
        "scenes": (Estimate.count(scenes, unit="scenes", method="scene headings"), headings),
        "speakers": (Estimate.count(len(speakers), unit="speakers", method="names above speeches"), spoken),
        "talk": (
            Estimate(ratio, ratio, ratio, 1.0, "share", "printed lines that are spoken", len(found.rows)),
            spoken,
        ),
        "unpaid": (unpaid, spoken),
        "shots": (Unknown("script_no_picture", METHOD, "seconds", 0), whole),
        "loudness": (Unknown("script_no_picture", METHOD, "LUFS", 0), whole),
    }
    return {
        key: draft.figure(f"story.script.{key}", f"script_{key}", quantity, rows)
        for key, (quantity, rows) in held.items()
    }


def more_gaps(draft: Draft, found: Script) -> list[Figure]:
    """Return the gaps of the other trailers against the script."""
    spoken = _spoken(found)
    return [
        draft.figure(
            f"story.script.gap.{axis.name}.{part(clip.node_id)}",
            f"script_gap_{axis.name}_of",
            axis.size,
            spoken,
            {"node": clip.node_id},
        )
        for clip, between in found.gaps[1:]
        for axis in (between.intensity, between.relations)
    ]


def _spoken(found: Script) -> Evidence:
    params: Mapping[str, str] = {"node_id": found.clip.stem, "kinds": JOIN.join(SPOKEN)}
    return Evidence("rows.script", dict(params))
