"""A forest of people from invitations: each below whoever brought them, and what could not be placed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from longtake.domain.referral import Referral

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DAY = 86_400.0
ROOT = -1
ODD = (
    "unused",
    "repeated",
    "shared_code",
    "self_invited",
    "in_a_loop",
    "unknown_inviter",
    "before_inviter",
    "no_time",
)
"""What is told of invitations beside the tree, in the order it is told."""


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """People and who brought them, in order of coming, unknown times last.

    Attributes:
        row: Position of each person's invitation among those given, shape (n,).
        parent: Position of whoever brought each; -1 for those nobody in the file brought, shape (n,).
        generation: 0 for those nobody in the file brought, one more than their parent's for others,
            shape (n,).
        joined: When each came, days since 1970; NaN where unknown, shape (n,).
        delay: Days from a parent's coming to the child's; NaN without a parent, a time, or where the child
            came first, shape (n,).
        brought: How many others each brought, shape (n,).
        odd: How many invitations or people of each kind of :data:`ODD` there are.
    """

    row: Ints
    parent: Ints
    generation: Ints
    joined: Floats
    delay: Floats
    brought: Ints
    odd: dict[str, int]

    @property
    def n(self) -> int:
        """People."""
        return self.row.size


def forest(invitations: Sequence[Referral]) -> Forest:
    """Return the forest that invitations make.

    A person is named by ``person``, else by ``code``. Whoever invited is found by the code first, then by
    the person. Nobody is dropped: those who invited themselves, whose inviters form a circle, or whose
    inviter is not in the file stand at the top, and are counted.

    Args:
        invitations: In any order.

    Returns:
        The people who came, each once: the first use counts where one used several.

    Examples:
        >>> def came(code, by): return Referral(code, None, by, None, 1)
        >>> found = forest([came("a", None), came("b", "a"), came("c", "b"), came("d", "gone")])
        >>> found.generation.tolist(), found.brought.tolist(), found.odd["unknown_inviter"]
        ([0, 1, 2, 0], [1, 1, 0, 0], 1)
        >>> round_trip = forest([came("a", "b"), came("b", "a"), came("c", "c")])
        >>> round_trip.odd["in_a_loop"], round_trip.odd["self_invited"], round_trip.parent.tolist()
        (2, 1, [-1, -1, -1])
    """
    odd: Counter[str] = Counter()
    used = [i for i, one in enumerate(invitations) if one.used]
    used.sort(key=lambda i: (invitations[i].used_at is None, _seconds(invitations[i].used_at), i))
    place: dict[tuple[str, str | None], int] = {}
    owner: dict[str, int] = {}
    rows: list[int] = []
    for i in used:
        one = invitations[i]
        key = ("person", one.person) if one.person is not None else ("code", one.code)
        if key not in place and key[0] == "code" and one.code in owner:
            # A code used again by nobody in particular is the same person's.
            place[key] = owner[one.code]
        if key in place:
            odd["repeated"] += 1
        else:
            place[key] = len(rows)
            rows.append(i)
        if one.code is not None and owner.setdefault(one.code, place[key]) != place[key]:
            odd["shared_code"] += 1
    taken = {invitations[i].code for i in used}
    odd["unused"] = sum(not one.used and one.code not in taken for one in invitations)
    parent = _parents([invitations[i] for i in rows], place, owner, odd)
    _unloop(parent, odd)
    joined = np.array([_days(invitations[i]) for i in rows], dtype=np.float64)
    delay = _delays([invitations[i] for i in rows], parent, joined, odd)
    odd["no_time"] = int(np.isnan(joined).sum())
    brought = np.bincount(parent[parent >= 0], minlength=len(rows)).astype(np.int64)
    generation = _generations(parent)
    told = {name: odd[name] for name in ODD}
    return Forest(np.array(rows, dtype=np.int64), parent, generation, joined, delay, brought, told)


def _parents(
    people: Sequence[Referral],
    place: dict[tuple[str, str | None], int],
    owner: dict[str, int],
    odd: Counter[str],
) -> Ints:
    parent = np.full(len(people), ROOT, dtype=np.int64)
    for i, one in enumerate(people):
        if one.inviter_code is None and one.inviter is None:
            continue
        found = owner.get(one.inviter_code) if one.inviter_code is not None else None
        if found is None and one.inviter is not None:
            found = place.get(("person", one.inviter))
        if found is None:
            odd["unknown_inviter"] += 1
        elif found == i:
            odd["self_invited"] += 1
        else:
            parent[i] = found
    return parent


def _unloop(parent: Ints, odd: Counter[str]) -> None:
    """Cut every link of every circle."""
    state = np.zeros(len(parent), dtype=np.int8)
    for start in range(len(parent)):
        path = []
        at = start
        while at != ROOT and state[at] == 0:
            state[at] = 1
            path.append(at)
            at = int(parent[at])
        if at != ROOT and state[at] == 1:
            circle = path[path.index(at) :]
            parent[circle] = ROOT
            odd["in_a_loop"] += len(circle)
        state[path] = 2


def _generations(parent: Ints) -> Ints:
    generation = np.where(parent == ROOT, 0, -1).astype(np.int64)
    for start in range(len(parent)):
        path = []
        at = start
        while generation[at] < 0:
            path.append(at)
            at = int(parent[at])
        for depth, one in enumerate(reversed(path), int(generation[at]) + 1):
            generation[one] = depth
    return generation


def _delays(people: Sequence[Referral], parent: Ints, joined: Floats, odd: Counter[str]) -> Floats:
    delay = np.full(len(people), np.nan)
    for i, one in enumerate(people):
        if parent[i] == ROOT or np.isnan(joined[i]) or np.isnan(joined[parent[i]]):
            continue
        first, end = people[parent[i]].used_at, one.used_end or one.used_at
        if first is not None and end is not None and end < first:
            odd["before_inviter"] += 1
        else:
            # Two people of one day, or of one minute, may stand in either order.
            delay[i] = max(0.0, float(joined[i] - joined[parent[i]]))
    return delay


def _days(one: Referral) -> float:
    if one.used_at is None:
        return float("nan")
    middle = (_seconds(one.used_at) + _seconds(one.used_end or one.used_at)) / 2
    return middle / DAY


def _seconds(at: datetime | None) -> float:
    return 0.0 if at is None else at.timestamp()
