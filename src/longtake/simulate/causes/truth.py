"""What an honest measure should find in a world."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from longtake.simulate.causes.cast import Cast
from longtake.simulate.causes.course import Course
from longtake.simulate.causes.nuisance import Nuisance
from longtake.simulate.causes.speaking.people import Row
from longtake.simulate.causes.story import Story

INVITING = ("invite", "again", "recreate")
ELSEWHERE = ("rival", "showings", "holiday")


def story_truth(told: Story) -> dict[str, object]:
    """Return how far the trailer is from its film."""
    return {
        "trailer_other_lines_share": told.other_lines,
        "trailer_marginal_lines_share": told.marginal_lines,
        "trailer_tempo_ratio": told.tempo_ratio,
    }


def heat_truth(course: Course, drawn: Nuisance) -> dict[str, object]:
    """Return R, who brought the counts, and when things broke."""
    made, plan = course.spread, course.plan
    total = max(1, int(made.counts.sum()))
    out = slice(plan.release, None)
    after = max(1, int(made.counts[out].sum()))
    by_circle = made.counts[out].sum(axis=(0, 2)) / after
    return {
        "reproduction_at_release": float(made.reproduction[plan.release]),
        "reproduction_at_end": float(made.reproduction[-1]),
        "bought_share": float(made.bought.sum() / total),
        "unasked_share": float(made.unasked.sum() / total),
        "bred_share": float(made.bred.sum() / total),
        "strangers_share": float(by_circle[-1]),
        "supply_at_release": float(plan.supply[plan.release : plan.release + 24].mean()),
        "supply_at_end": float(plan.supply[-24:].mean()),
        "hour_of_release": plan.release,
        "hour_first_viewers_spoke": plan.spoken,
        "hour_of_shock": plan.shock,
        "hour_bought_ends": plan.stop,
        "hours": drawn.days * 24,
    }


def voice_truth(rows: Sequence[Row], film: Cast) -> dict[str, object]:
    """Return shares among the audience that has seen the film, or could have; danmaku included."""
    viewers = [row for row in rows if row.said.utterance.voice == "audience" and not row.early]
    n = max(1, len(viewers))
    meant = Counter(row.said.utterance.intent for row in viewers)
    expected = Counter(row.said.utterance.expectation for row in viewers)
    liked = [_balance(rows, circle) for circle in range(len(film.crowds))]
    known = [value for value in liked if value is not None]
    return {
        "comments": len(rows),
        "viewers_comments": len(viewers),
        "violated_share": expected["violated"] / n,
        "exceeded_share": expected["exceeded"] / n,
        "met_share": expected["met"] / n,
        "fed_up_share": meant["fed_up"] / n,
        "inviting_share": sum(meant[name] for name in INVITING) / n,
        "elsewhere_share": sum(meant[name] for name in ELSEWHERE) / n,
        "positive_share": sum(row.said.utterance.polarity == "pos" for row in viewers) / n,
        "negative_share": sum(row.said.utterance.polarity == "neg" for row in viewers) / n,
        "copies_share": sum(row.said.utterance.voice == "bot" for row in rows) / max(1, len(rows)),
        "circle_balance": liked,
        "circle_balance_range": float(np.ptp(known)) if known else None,
    }


def _balance(rows: Sequence[Row], circle: int) -> float | None:
    """Return praise less blame over both in one circle, in [-1, 1]; None where neither was said."""
    said = Counter(
        row.said.utterance.polarity
        for row in rows
        if row.circle == circle and row.said.utterance.voice == "audience"
    )
    both = said["pos"] + said["neg"]
    return (said["pos"] - said["neg"]) / both if both else None
