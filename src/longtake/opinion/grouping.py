"""Opinion groups: from votes to a map, to groups, to what marks them; or why there are none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.domain.estimate import Unknown
from longtake.opinion.clustering.base import based
from longtake.opinion.clustering.choice import LEAST_VOTES, KSmoother, in_conversation, most_groups
from longtake.opinion.clustering.kmeans import Clusters, kmeans, lloyd
from longtake.opinion.clustering.silhouette import distances, silhouette
from longtake.opinion.clustering.single import single_cloud
from longtake.opinion.mapping.components import components
from longtake.opinion.mapping.projection import extremity, positions
from longtake.opinion.statements.consensus import Agreed, consensus, dividing, group_aware
from longtake.opinion.statements.representative import Mark, representative
from longtake.opinion.statements.tally import Tally, tally
from longtake.opinion.votes import Votes, as_votes

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

METHOD = "Polis opinion groups (PCA, k-means++, silhouette)"
LEAST_SILHOUETTE = 0.25
LEAST_PEOPLE = 30


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """The opinion map of a set of votes.

    Attributes:
        votes: The votes.
        member: Indices of the participants on the map, shape (n,).
        position: Where they stand on two axes, shape (n, 2).
        label: Group of each of them, 0 the largest; -1 for all where no groups are drawn, shape (n,).
        k: Groups drawn; 0 when refused.
        sizes: People of each group, shape (k,).
        silhouette: Mean silhouette of the base clusters at ``k``, or at the best number tried when refused;
            None where fewer than two places differ.
        by_k: Silhouette of each number of groups that was tried.
        single: Best silhouette that a single cloud of this size and spread reaches by chance, one time in 20;
            None when not asked for.
        inertia: Squared distances of all members to the mean of their group, summed; 0 when refused.
        explained: Share of the variance of votes along each axis, shape (2,).
        extremity: How far one agreement with each statement takes a person, shape (statements,).
        counted: Votes by group; by one group of all members when refused.
        marks: Statements that mark each group.
        consensus: What all agree on or reject.
        group_aware: Group-aware consensus of each statement, in [0, 1], shape (statements,).
        dividing: How far groups are apart on each statement, in [0, 1], shape (statements,).
        smoother: To be handed to the next call, so that the number of groups does not flicker.
        refused: Why no groups are drawn; None when they are.
        n: Members.
    """

    votes: Votes
    member: Whole
    position: Floats
    label: Whole
    k: int
    sizes: Whole
    silhouette: float | None
    by_k: Mapping[int, float]
    single: float | None
    inertia: float
    explained: Floats
    extremity: Floats
    counted: Tally
    marks: tuple[tuple[Mark, ...], ...]
    consensus: tuple[Agreed, ...]
    group_aware: Floats
    dividing: Floats
    smoother: KSmoother
    refused: Unknown | None
    n: int

    @property
    def clear(self) -> bool | None:
        """Whether groups are clearer than in a single cloud; None when that was not asked for."""
        if self.single is None or self.silhouette is None:
            return None
        return self.refused is None and self.silhouette > self.single


def groups(
    votes: Votes | ArrayLike | Iterable[tuple[object, object, int]],
    *,
    k: int | None = None,
    moderated: Sequence[str] = (),
    before: Groups | None = None,
    least_votes: int = LEAST_VOTES,
    against_single: bool = True,
    seed: int = 0,
) -> Groups:
    """Return the opinion groups behind votes.

    Two principal components of the votes; participants with enough votes projected on them, whatever they
    have not seen; a hundred base clusters; two to five groups by k-means, the number by mean silhouette over
    the base clusters. No groups are drawn with fewer than 30 participants or a best silhouette below .25.

    Args:
        votes: A matrix of 1, 0, -1 and NaN (participants by statements), a list of
            ``(participant, statement, vote)``, or `Votes`.
        k: Number of groups, at least 2; chosen by silhouette when None.
        moderated: Names of statements that were taken out; they count as zero for everybody.
        before: What the previous call on the same conversation found: who took part stays, and the number of
            groups changes only after another has won four times in a row.
        least_votes: Votes it takes to be on the map.
        against_single: Whether to compare with a single cloud.
        seed: Seed of starts and clouds.

    Raises:
        ValueError: A vote is none of 1, 0 and -1, or k is below 2.

    Examples:
        >>> yes, no = [1, 1, 1, -1, -1, -1], [-1, -1, -1, 1, 1, 1]
        >>> found = groups([yes] * 20 + [no] * 15)
        >>> found.k, found.sizes.tolist(), found.silhouette, found.n
        (2, [20, 15], 1.0, 35)

    References:
        Small, Bjorkegren, Erkkilä, Shaw, Megill, 2021, Polis: scaling deliberation by mapping high
        dimensional opinion spaces, doi:10.6035/recerca.5516.
    """
    if k is not None and k < 2:
        raise ValueError(f"k is {k}, not at least 2")
    whole = as_votes(votes)
    out = np.isin(whole.statements, [str(name) for name in moderated])
    earlier = None if before is None else _same(before, whole)
    member = in_conversation(whole.each(), whole.size[1], before=earlier, least=least_votes)
    inside = whole.of(member)
    found = components(inside, moderated=out)
    position = positions(inside, found, moderated=out)
    smoother = KSmoother() if before is None else before.smoother
    tried, base = _tried(position, k, seed)
    apart = distances(base.centres) if base is not None else np.zeros((0, 0))
    several = _several(position, base) if base is not None else None
    by_k = {one: silhouette(apart, made.label, several=several) for one, made in tried.items()}
    best = max(by_k, key=lambda one: (by_k[one], -one)) if by_k else None
    refused = _refusal(member.size, by_k.get(best) if best else None)
    if best is not None and refused is None and k is None:
        smoother = smoother.after(best)
        best = smoother.held if smoother.held in tried else best
    label, drawn = np.full(member.size, -1), 0
    if best is not None and base is not None and refused is None:
        label = _everybody(position, tried[best])
        drawn = int(label.max()) + 1
    one_group = np.zeros(member.size, dtype=np.int64)
    counted = tally(inside, label if drawn else one_group, max(drawn, 1))
    means = [position[label == one].mean(axis=0) for one in range(drawn)]
    return Groups(
        votes=whole,
        member=member,
        position=position,
        label=label,
        k=drawn,
        sizes=np.bincount(label[label >= 0], minlength=drawn),
        silhouette=by_k.get(best) if best is not None else None,
        by_k=by_k,
        single=single_cloud(position, seed=seed) if against_single and drawn else None,
        inertia=float(((position - np.array(means)[label]) ** 2).sum()) if drawn else 0.0,
        explained=found.explained,
        extremity=extremity(found),
        counted=counted,
        marks=representative(counted) if drawn else (),
        consensus=consensus(counted),
        group_aware=group_aware(counted),
        dividing=dividing(counted),
        smoother=smoother,
        refused=refused,
        n=int(member.size),
    )


def _same(before: Groups, votes: Votes) -> Whole:
    """Return the indices here of those who took part before."""
    place = {name: row for row, name in enumerate(votes.people)}
    names = (before.votes.people[row] for row in before.member.tolist())
    return np.array(sorted(place[name] for name in names if name in place), dtype=np.int64)


def _tried(position: Floats, k: int | None, seed: int) -> tuple[dict[int, Clusters], Clusters | None]:
    """Return the best partition of the base clusters for each number of groups."""
    if len(np.unique(position, axis=0)) < 2:
        return {}, None
    base = based(position, seed=seed)
    numbers = (k,) if k is not None else range(2, most_groups(len(base.centres)) + 1)
    made = {one: kmeans(base.centres, one, weights=base.weight, seed=seed) for one in numbers}
    return {one: clusters for one, clusters in made.items() if clusters.label.max() > 0}, base


def _several(position: Floats, base: Clusters) -> NDArray[np.bool_]:
    """Return which base clusters are several people at one place: such a group is no straggler."""
    off = ((position - base.centres[base.label]) ** 2).sum(axis=1)
    spread = np.bincount(base.label, weights=off, minlength=len(base.centres))
    return np.asarray((base.weight > 1) & (spread < 1e-18))


def _refusal(n: int, clear: float | None) -> Unknown | None:
    if n < LEAST_PEOPLE:
        return Unknown("too_few_people", METHOD, "people", n, LEAST_PEOPLE)
    if clear is None or clear < LEAST_SILHOUETTE:
        return Unknown("no_groups", METHOD, "silhouette", n)
    return None


def _everybody(position: Floats, made: Clusters) -> Whole:
    """Return the group of each participant: base clusters give the start, everybody counts in the end."""
    centres, _ = lloyd(position, np.ones(len(position)), made.centres[None])
    ones = kmeans(position, len(made.centres), starts=1, swaps=False, first=centres)
    return ones.label
