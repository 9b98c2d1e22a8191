"""Whether it was pushed too hard: dependence, saturation, what fell with the money, complaints."""

from __future__ import annotations

from typing import Any

from longtake.diagnosis.playbook.talk import words
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.errors import NotEnoughDataError
from longtake.heat.grids.grid import HOUR
from longtake.heat.measures.share import METHOD as WILSON
from longtake.heat.measures.share import share
from longtake.services.reports.draft import JOIN, Draft
from longtake.services.reports.pressure.paid import Paid, main_end, paid
from longtake.services.reports.speech.flooded import flooded

RENEWAL = "renewal model, paid stretches as events of their own"
WINDOW_HOURS = 48.0
LEAST = 20


def flooded_share(draft: Draft) -> Figure:
    """Return the share of comments in floods of copies."""
    found: Figure = draft.once("flooded", lambda: flooded(draft)).whole
    return found


def complaints(draft: Draft) -> Figure:
    """Return the share of the audience's comments that complain about marketing."""
    marks = JOIN.join(words("marketing"))
    place = Evidence("rows.labels", {"label": "aspect.promotion", "value": "neg", "words": marks})
    n = sum(row["n"] for row in draft.run("comments_overview"))
    found = sum(
        row["n"]
        for row in draft.run("label_counts", words=marks)
        if (row["label"], row["value"]) == ("aspect.promotion", "neg")
    )
    quantity: Quantity = share(found, n) if n >= LEAST else Unknown("too_few_rows", WILSON, "share", n, LEAST)
    return draft.figure("pressure.marketing_complaints", "marketing_complaints", quantity, place)


def _none(found: Paid | NotEnoughDataError | None, method: str) -> Unknown | None:
    """Return why there is nothing to say of money; None where there is."""
    if found is None:
        return Unknown("no_rows", method, "share", 0)
    if isinstance(found, NotEnoughDataError):
        return Unknown("too_few_rows", method, "share", found.got, found.needed)
    n = found.measured.split.reproduction_number.n
    if found.split is None:
        return Unknown("nothing_named", method, "share", n)
    if "few_pulses" in found.split.doubts:
        return Unknown("few_pulses", method, "share", n)
    return None


def dependence(draft: Draft) -> Figure:
    """Return the share of the talk that would not be there without what was paid for, offspring included.

    The ends are the sums of the stretches' ends: right where all are off together, as they are when R is
    off, and too wide otherwise.
    """
    found = paid(draft)
    quantity: Quantity | None = _none(found, RENEWAL)
    if quantity is None and isinstance(found, Paid) and found.split is not None:
        totals = [found.split.event_totals[one.name] for one in found.stretches]
        known = [one for one in totals if isinstance(one, Estimate)]
        value = min(1.0, sum(one.value for one in known))
        low, high = sum(one.low for one in known), sum(one.high for one in known)
        n = found.measured.split.reproduction_number.n
        quantity = Estimate(
            value, max(0.0, min(low, value)), min(1.0, max(high, value)), 0.9, "share", RENEWAL, n
        )
    return _figure(draft, "promotion_dependence", quantity, found)


def fell(draft: Draft) -> Figure:
    """Return how much of the level just before the money ended was a direct push that went with it."""
    found = paid(draft)
    quantity: Quantity | None = _none(found, RENEWAL)
    if quantity is None and isinstance(found, Paid):
        quantity = _gone(found)
    return _figure(draft, "fell_with_promotion", quantity, found)


def _gone(found: Paid) -> Quantity:
    series, split = found.measured.series, found.split
    end = main_end(series, found.stretches)
    window = max(2, round(WINDOW_HOURS / (series.step / HOUR)))
    n = len(series)
    if split is None or end is None or end + window // 2 > n or end < window // 2:
        return Unknown("promotion_runs", RENEWAL, "share", n)
    before, after = slice(max(0, end - window), end), slice(end, min(n, end + window))

    def lost(endogenous: Any) -> float:
        outside = split.fitted - endogenous
        return float(
            (outside[before].mean() - outside[after].mean()) / max(split.fitted[before].mean(), 1e-9)
        )

    value = _held(lost(split.endogenous))
    ends = [_held(lost(one)) for one in (split.endogenous_low, split.endogenous_high)]
    return Estimate(value, min(value, *ends), max(value, *ends), 0.9, "share", RENEWAL, n)


def _held(value: float) -> float:
    return max(0.0, min(1.0, value))


def _figure(
    draft: Draft, key: str, quantity: Quantity | None, found: Paid | NotEnoughDataError | None
) -> Figure:
    if quantity is None:
        raise TypeError(f"{key} was left without an answer")
    rows = found.measured.evidence if isinstance(found, Paid) else Evidence("rows.comments")
    return draft.figure(f"pressure.{key}", key, quantity, rows, _where(draft))


def _where(draft: Draft) -> dict[str, str]:
    found = paid(draft)
    return {"platform": found.measured.platform if isinstance(found, Paid) else "all"}
