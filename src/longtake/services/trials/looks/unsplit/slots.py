"""A look at posts in matched slots: the same account, slot by slot, each slot with both versions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.trials.look import ArmSeen, Comparison, Look
from longtake.services.trials.book import Book
from longtake.trial.geo.matched import METHOD, matched_effect


def look_slots(book: Book) -> Look:
    """Return the mean difference inside slots, by permutation, once the planned slots are in.

    A feed still decides who sees each post: the level of evidence stays what it is, and no p-value is kept.
    """
    trial, key = book.trial, book.trial.primary.key
    by_slot: dict[str, dict[str, float]] = {}
    days = []
    for row in book.since():
        by_slot.setdefault(row.place, {})[row.arm] = row.sums[key][0]
        days.append(row.day)
    names = [arm.name for arm in trial.arms]
    whole = [slot for slot in sorted(by_slot) if set(by_slot[slot]) == set(names)]
    if not by_slot:
        return Look("no_rows", book.standing.key)
    table = np.array([[by_slot[slot][name] for name in names] for slot in whole]).reshape(-1, 2)
    notes = ("slots_single",) if len(whole) < len(by_slot) else ()
    arms = tuple(
        ArmSeen(name, trial.shares[place], len(whole), _mean(table[:, place], trial.primary.unit))
        for place, name in enumerate(names)
    )
    frame = Look(
        "waiting",
        book.standing.key,
        arm=names[1],
        day=max(days),
        days=len(set(days)),
        units=len(whole),
        arms=arms,
        notes=notes,
    )
    if len(whole) < max(trial.planned_units, 2):
        return frame
    # Which version went first is what was drawn: the second arm's place in each slot is 1.
    found = matched_effect(table.tolist(), [1] * len(whole), unit=trial.primary.unit, level=1 - trial.alpha)
    effect = found.effect
    clear = isinstance(effect, Estimate) and (effect.low > 0 or effect.high < 0)
    better = isinstance(effect, Estimate) and (effect.value > 0) == trial.primary.rise
    one = Comparison(names[1], key, effect, effect, None, found=clear, better=better)
    return replace(frame, decision="described", comparisons=(one,))


def _mean(values: NDArray[np.float64], unit: str) -> Quantity:
    if not values.size:
        return Unknown("no_rows", METHOD, unit, 0)
    return Estimate.count(float(values.mean()), unit=unit, method="mean over slots", n=int(values.size))
