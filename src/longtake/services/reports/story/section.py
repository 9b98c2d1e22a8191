"""Does what was promised meet what is on screen? The section of the report."""

from __future__ import annotations

from longtake.domain.answers.report import Section, Sentence
from longtake.domain.estimate import Estimate
from longtake.domain.figure import Figure
from longtake.narrative.card.alignment import worst
from longtake.services.reports.draft import Draft
from longtake.services.reports.masking import masked
from longtake.services.reports.story.advice import advice
from longtake.services.reports.story.charts import charts
from longtake.services.reports.story.closing import loop as loops
from longtake.services.reports.story.closing.loop import loop
from longtake.services.reports.story.figures import (
    alignment,
    built,
    drifting,
    expectation,
    gap_figures,
    of_trailer,
    unpaid,
)
from longtake.services.reports.story.measured import FILM, Measured, measured
from longtake.services.reports.story.tables import tables
from longtake.services.reports.story.written import scripted
from longtake.services.reports.story.written.script import figures as script_figures
from longtake.services.reports.story.written.script import gap_figures as gap_figures_of
from longtake.services.reports.story.written.script import more_gaps, script


def section(draft: Draft) -> Section | None:
    """Return the section; None without subtitles, script, proposition and planned hashtag."""
    found, written = measured(draft), script(draft)
    if not (found.told.film.cues or found.told.clips or found.alignments or found.tags or written):
        return None
    gaps = gap_figures(draft)
    promised, wanted, drifts = unpaid(draft), expectation(draft), drifting(draft)
    near = {one.node_id: alignment(draft, one) for one in found.alignments}
    alone = written is not None and not found.told.film.cues
    own = {} if written is None else {**gap_figures_of(draft, written), **script_figures(draft, written)}
    said = [] if alone else _answer(found, gaps)
    if written is not None:
        said += scripted.sentences(written, own, alone=alone)
    said += _reversal(found, wanted)
    if isinstance(promised.quantity, Estimate):
        said.append(Sentence("story_unpaid", {"unpaid": promised}))
    said += _card(found, near)
    if found.lines:
        best = found.lines[0]
        said.append(Sentence("story_line", words={"line": masked(best.text)[0], "cited": best.echoes}))
    closing = loop(draft)
    if closing is not None:
        said += loops.sentences(draft, closing)
    said += advice(found)
    others = [
        figure for clip, gap in found.gaps[1:] for figure in of_trailer(draft, clip, gap, main=False).values()
    ]
    # With a script and no subtitles the strip shows what the script tells; the rest waits below.
    strip, below = (*gaps.values(), promised, wanted), tuple(own.values())
    if alone:
        first = ("intensity", "relations", "tempo", "unpaid", "pages")
        strip, below = (
            tuple(own[key] for key in first),
            (*(own[key] for key in own if key not in first), *strip),
        )
    return Section(
        "story",
        tuple(said),
        figures=strip,
        charts=charts(found, list(near.values()), gaps["intensity"]),
        notes=(
            *_notes(draft, found),
            *(("script_time", "script_draft") if written else ()),
            *(("loop_way", "loop_rule") if closing else ()),
        ),
        more=(
            drifts,
            *near.values(),
            *built(draft),
            *others,
            *below,
            *(more_gaps(draft, written) if written else ()),
            *(loops.figures(closing) if closing else ()),
        ),
        tables={
            **tables(draft, found),
            **(scripted.tables(written) if written else {}),
            **(loops.tables(draft, closing) if closing else {}),
        },
    )


def _answer(found: Measured, gaps: dict[str, Figure]) -> list[Sentence]:
    """Return whether trailer and film agree: the first sentence, and one a further axis."""
    if not found.told.film.cues:
        return [Sentence("story_no_film")]
    if not found.gaps:
        return [Sentence("story_no_trailer")]
    axes = found.gaps[0][1].axes
    apart = sorted((axis for axis in axes if axis.found), key=lambda axis: (axis.p or 1.0, axis.name))
    if apart:
        said = [Sentence(f"story_apart_{apart[0].name}", {"gap": gaps[apart[0].name]}, tone="warn")]
        return said + [
            Sentence(f"story_also_{axis.name}", {"gap": gaps[axis.name]}, tone="warn") for axis in apart[1:]
        ]
    tested = [axis for axis in axes if axis.found is not None]
    if not tested:
        return [Sentence("story_untold")]
    key = "story_close" if len(tested) == len(axes) else "story_close_part"
    return [Sentence(key, {"gap": gaps[tested[0].name]}, tone="good" if key == "story_close" else "plain")]


def _reversal(found: Measured, wanted: Figure) -> list[Sentence]:
    if not any(one.intended_reversal for one in found.told.shown):
        return []
    quantity = wanted.quantity
    if not isinstance(quantity, Estimate):
        return [Sentence("story_reversal_untold")]
    key = "pleased" if quantity.high < 0 else "cheated" if quantity.low > 0 else "open"
    tone = {"pleased": "good", "cheated": "warn", "open": "plain"}[key]
    return [Sentence(f"story_reversal_{key}", {"expectation": wanted}, tone=tone)]


def _card(found: Measured, near: dict[str, Figure]) -> list[Sentence]:
    far = worst([one for one in found.alignments if one.node_id != FILM])
    made = []
    if far is not None and len(found.alignments) > 1:
        made.append(
            Sentence("story_worst", {"score": near[far.node_id]}, {"node": found.told.called(far.node_id)})
        )
    if found.drift.alarm:
        made.append(Sentence("story_drift_alarm", tone="warn"))
    return made


def _notes(draft: Draft, found: Measured) -> tuple[str, ...]:
    notes = []
    if found.gaps:
        notes += ["story_null", "story_subtitles"]
        if draft.campaign.story.usual_pace is None:
            notes.append("story_house_rule")
    if any(one.intended_reversal for one in found.told.shown):
        notes.append("story_reversal")
    if found.promises:
        notes.append("story_promises")
    if found.alignments:
        notes.append("story_card")
    if any(one.problem == "no_video_extra" for one in draft.footage.values()):
        notes.append("story_no_video")
    return tuple(notes)
