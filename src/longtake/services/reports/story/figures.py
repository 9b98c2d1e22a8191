"""The numbers of a campaign's telling, each with the rows behind it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Evidence, Figure, Scalar
from longtake.heat.measures.share import share
from longtake.narrative import Gap
from longtake.narrative.card.alignment import Alignment
from longtake.narrative.promises.balance import balance
from longtake.services.reports.draft import JOIN, LEVEL, Draft, iso, part
from longtake.services.reports.story.measured import FILM, measured
from longtake.services.reports.story.told import Clip

AXES = ("intensity", "relations", "pacing")
UNITS = {"intensity": "sd", "relations": "bits", "pacing": "times"}
FIRST = timedelta(hours=48)
METHOD = "compared by subtitles"


def gap_figures(draft: Draft) -> dict[str, Figure]:
    """Return the gap on each axis between the main trailer and the film; always all three."""
    found = measured(draft)
    if found.gaps:
        clip, between = found.gaps[0]
        return of_trailer(draft, clip, between, main=True)
    # Without a film nothing can be compared; with a film and no trailer, nothing was.
    reason = "no_trailer_cues" if found.told.film.cues else "no_film_cues"
    return {
        axis: draft.figure(
            f"story.gap.{axis}",
            f"gap_{axis}",
            Unknown(reason, METHOD, UNITS[axis], len(found.told.film.cues)),
            Evidence("rows.cues", {}),
        )
        for axis in AXES
    }


def of_trailer(draft: Draft, clip: Clip, between: Gap, *, main: bool) -> dict[str, Figure]:
    """Return the gap of one trailer on each axis; the film's and its cues stand behind them."""
    film = measured(draft).told.film.stem
    rows = Evidence("rows.cues", {"nodes": JOIN.join((clip.stem, film))})
    made = {}
    for axis in between.axes:
        place = f"story.gap.{axis.name}" + ("" if main else f".{part(clip.node_id)}")
        slots = {"node": clip.node_id}
        label = f"gap_{axis.name}" if main else f"gap_{axis.name}_of"
        made[axis.name] = draft.figure(place, label, axis.size, rows, {} if main else slots)
    return made


def unpaid(draft: Draft) -> Figure:
    """Return the share of promises that the film does not pay off."""
    found = measured(draft)
    stems = [clip.stem for clip in found.told.clips] + [found.told.film.stem]
    rows = Evidence("rows.cues", {"nodes": JOIN.join(stems)})
    broken = sum(not one.paid for one in found.promises)
    quantity: Quantity = share(broken, len(found.promises))
    if not found.promises:
        reason = "no_promises" if found.told.film.cues else "no_film_cues"
        quantity = Unknown(reason, METHOD, "share", 0)
    return draft.figure("story.unpaid", "promises_unpaid", quantity, rows)


def expectation(draft: Draft) -> Figure:
    """Return the share of expectations violated less those exceeded, of the first 48 hours where dated."""
    window: dict[str, Scalar] = {}
    release = draft.campaign.release_at
    counts: Mapping[str, int] = {}
    if release is not None:
        start = release.replace(minute=0, second=0, microsecond=0)
        window = {"hour_from": iso(start), "hour_to": iso(start + FIRST)}
        counts = _expected(draft, window)
    if not sum(counts.values()):
        window, counts = {}, _expected(draft, {})
    found = balance(counts.get("violated", 0), counts.get("met", 0), counts.get("exceeded", 0), level=LEVEL)
    rows = Evidence("rows.labels", {"label": "expectation", **window})
    label = "expectation_first" if window else "expectation_all"
    return draft.figure("story.expectation", label, found, rows)


def _expected(draft: Draft, window: Mapping[str, Scalar]) -> dict[str, int]:
    rows = draft.run("label_counts", **window)
    return {row["value"]: row["n"] for row in rows if row["label"] == "expectation"}


def drifting(draft: Draft) -> Figure:
    """Return the share of dated nodes that leave the card."""
    found = measured(draft)
    quantity = share(sum(one is True for one in found.drift.drifting), found.drift.judged)
    if not found.drift.judged:
        reason = "no_card" if not found.told.card.text else "too_few_nodes"
        quantity = Unknown(
            reason, "share of nodes below the median before them", "share", len(found.drift.drifting), 3
        )
    return draft.figure("story.drift", "node_drift", quantity, Evidence("rows.nodes", {}))


def alignment(draft: Draft, one: Alignment) -> Figure:
    """Return how near one node stands to the card."""
    stem = measured(draft).told.film.stem
    film = one.node_id == FILM
    rows = (
        Evidence("rows.cues", {"node_id": stem}) if film else Evidence("rows.nodes", {"node_id": one.node_id})
    )
    label = "card_film" if film else "card_node"
    return draft.figure(
        f"story.card.{part(one.node_id)}", label, one.score, rows, {} if film else {"node": one.node_id}
    )


def built(draft: Draft) -> tuple[Figure, ...]:
    """Return how the film is built: cohesion, escalation, freshness, brand."""
    found = measured(draft)
    if found.structure is None:
        return ()
    rows = Evidence("rows.cues", {"node_id": found.told.film.stem})
    made = [
        draft.figure("story.cohesion", "theme_cohesion", found.structure.cohesion, rows),
        draft.figure("story.escalation", "escalation", found.structure.escalation, rows),
        draft.figure("story.novelty", "imagery_novelty", found.structure.novelty.score, rows),
    ]
    brand = found.structure.brand
    if brand is not None:
        method = "time it is named, written or seen over running time"
        said = Estimate(brand.share, brand.share, brand.share, 1.0, "share", method, len(brand.spoken))
        named = JOIN.join(sorted({found.told.film.cues[i].text for i in brand.spoken}))
        heard = Evidence("rows.cues", {"node_id": found.told.film.stem, "texts": named})
        made += [draft.figure("story.brand", "brand_share", said, heard), _intrusive(draft)]
    return tuple(made)


def _intrusive(draft: Draft) -> Figure:
    sides = {row["value"]: row["n"] for row in draft.run("label_counts") if row["label"] == "aspect.brand"}
    judged = sum(sides.get(side, 0) for side in ("pos", "neg", "mixed"))
    rows = Evidence("rows.labels", {"label": "aspect.brand", "judged": True})
    return draft.figure("story.brand_liked", "brand_intrusive", share(sides.get("neg", 0), judged), rows)
