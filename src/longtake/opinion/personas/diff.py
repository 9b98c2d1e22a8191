"""What changed between two versions of the personas, and for what reason."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from longtake.opinion.personas.persona import Persona, Personas, Trait

ALPHA = 0.1
LEAST = 10


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        segment: Whose.
        reason: added (a new segment), gone, rule (made by another rule), moved (a share moved beyond chance).
        trait: The trait that moved; empty for the other reasons.
        before: What it was; None where there was nothing.
        after: What it is; None where there is nothing.
        p_value: Holm-corrected; None for the other reasons.
    """

    segment: str
    reason: str
    trait: str = ""
    before: Trait | None = None
    after: Trait | None = None
    p_value: float | None = None


def diff(before: Personas, after: Personas, *, alpha: float = ALPHA) -> tuple[Change, ...]:
    """Return what changed, segments that came or went first, then shares by how surely they moved.

    Where the later version holds all of the earlier, its new rows are compared with the old ones: what both
    share cannot move.

    Args:
        before: The earlier version.
        after: The later one.
        alpha: Chance that anything at all is reported though nothing moved, in (0, 1).

    Examples:
        >>> old = Personas(1, (Persona("a", {"favourable": Trait(80, 100)}),))
        >>> new = Personas(2, (Persona("a", {"favourable": Trait(100, 200)}),))
        >>> [(one.reason, one.trait) for one in diff(old, new)]
        [('moved', 'favourable')]

    References:
        Holm, 1979, A simple sequentially rejective multiple test procedure, Scandinavian Journal of
        Statistics 6, 65-70.
    """
    earlier = {one.name: one for one in before.segments}
    later = {one.name: one for one in after.segments}
    found = [Change(name, "added") for name in sorted(later.keys() - earlier.keys())]
    found += [Change(name, "gone") for name in sorted(earlier.keys() - later.keys())]
    both = sorted(earlier.keys() & later.keys())
    found += [Change(name, "rule") for name in both if earlier[name].rule != later[name].rule]
    tested = [one for name in both for one in _compared(earlier[name], later[name])]
    tested.sort(key=lambda one: (one[0], one[1].segment, one[1].trait))
    highest = 0.0
    for place, (p, change) in enumerate(tested):
        highest = max(highest, min(1.0, p * (len(tested) - place)))
        if highest > alpha:
            break
        found.append(
            Change(change.segment, "moved", change.trait, change.before, change.after, round(highest, 6))
        )
    return tuple(found)


def _compared(before: Persona, after: Persona) -> list[tuple[float, Change]]:
    made = []
    for key in sorted(before.traits.keys() & after.traits.keys()):
        old, new = before.traits[key], after.traits[key]
        grown = before.rule == after.rule and new.n > old.n and old.hits <= new.hits
        fresh = Trait(new.hits - old.hits, new.n - old.n) if grown and _within(old, new) else new
        if min(old.n, fresh.n) >= LEAST and old != new:
            made.append((_two_shares(old, fresh), Change(before.name, "moved", key, old, new)))
    return made


def _within(old: Trait, new: Trait) -> bool:
    return new.hits - old.hits <= new.n - old.n


def _two_shares(one: Trait, other: Trait) -> float:
    """Return the two-sided p-value that two shares are the same (pooled z)."""
    pooled = (one.hits + other.hits) / (one.n + other.n)
    spread = pooled * (1 - pooled) * (1 / one.n + 1 / other.n)
    if spread == 0:
        return 1.0
    return float(2 * ndtr(-abs(one.hits / one.n - other.hits / other.n) / np.sqrt(spread)))
