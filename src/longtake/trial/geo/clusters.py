"""Cities that share an audience get the measure together; their neighbours count for neither side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from longtake.errors import NotEnoughDataError
from longtake.trial.geo.matched import match_cinemas

METHOD = "cluster randomisation with buffers"


@dataclass(frozen=True, slots=True)
class ClusterDraw:
    """Clusters of cities, drawn by lot.

    Attributes:
        clusters: Cities of each cluster, sorted.
        pairs: Places in ``clusters`` matched by size, the drawn one first.
        treated: Cities that get the measure.
        control: Cities compared with them.
        buffer: Cities without the measure that it may reach; compared with nothing.
        aside: Cities of clusters that found no match.
        seed: Seed of the lot.
    """

    clusters: tuple[tuple[str, ...], ...]
    pairs: tuple[tuple[int, int], ...]
    treated: tuple[str, ...]
    control: tuple[str, ...]
    buffer: tuple[str, ...]
    aside: tuple[str, ...]
    seed: int


def draw_clusters(
    flow: ArrayLike,
    past: ArrayLike,
    *,
    names: Sequence[str],
    together: float = 0.1,
    apart: float = 0.02,
    seed: int = 0,
) -> ClusterDraw:
    """Return clusters of cities, matched by past counts and drawn by lot, with buffers around them.

    Cities that exchange at least ``together`` of their audience are one cluster. After the draw, cities
    without the measure that exchange at least ``apart`` with a treated city are buffers.

    Args:
        flow: Share of city i's audience that also sees what city j gets, shape (n, n), in [0, 1]; the
            diagonal is not read. Of the two directions the larger counts.
        past: Counts a city and period before the trial, shape (n, t), at least 0.
        names: One unique name a city.
        together: Exchange that makes one cluster, in (0, 1].
        apart: Exchange that makes a buffer, in (0, ``together``].
        seed: Seed of the lot, written down before the draw.

    Raises:
        NotEnoughDataError: Fewer than four clusters: hot search and national media make one of them all.
        ValueError: A shape, a share or a threshold is out of range.

    Examples:
        >>> flow = np.zeros((5, 5))
        >>> flow[0, 1] = 0.3
        >>> drawn = draw_clusters(flow, [[10.0], [10.0], [21.0], [5.0], [6.0]], names=list("abcde"))
        >>> drawn.clusters
        (('a', 'b'), ('c',), ('d',), ('e',))

    References:
        Eckles, Karrer and Ugander, 2017, Design and analysis of experiments in networks,
        doi:10.1515/jci-2015-0021.
    """
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 -- slow import

    links = np.asarray(flow, dtype=np.float64)
    counts = np.asarray(past, dtype=np.float64)
    n = len(names)
    if links.shape != (n, n) or counts.ndim != 2 or counts.shape[0] != n or len(set(names)) < n:
        raise ValueError(f"flow of shape {links.shape}, past of shape {counts.shape}, {n} names")
    if not ((links >= 0) & (links <= 1)).all() or not 0 < apart <= together <= 1:
        raise ValueError(f"a flow outside [0, 1], or thresholds {apart} and {together}")
    both = np.maximum(links, links.T)
    np.fill_diagonal(both, 0.0)
    label = connected_components(both >= together, directed=False)[1]
    groups = sorted(
        tuple(sorted(np.asarray(names)[label == one].tolist())) for one in range(int(label.max()) + 1)
    )
    if len(groups) < 4:
        raise NotEnoughDataError(METHOD, needed=4, got=len(groups), unit="clusters of cities")
    place = {name: one for one, name in enumerate(names)}
    sums = np.stack([counts[[place[name] for name in group]].sum(axis=0) for group in groups])
    drawn = match_cinemas(sums, names=[str(one) for one in range(len(groups))], seed=seed)
    pairs = tuple(
        (int(hit), next(int(one) for one in block if one != hit))
        for block, hit in zip(drawn.blocks, drawn.treated, strict=True)
    )
    treated = {name for hit, _ in pairs for name in groups[hit]}
    reach = both[:, [place[name] for name in sorted(treated)]].max(axis=1)
    paired = {name for _, miss in pairs for name in groups[miss]}
    rest = {name for name in names if name not in treated}
    buffer = {name for name in rest if reach[place[name]] >= apart}
    return ClusterDraw(
        clusters=tuple(groups),
        pairs=pairs,
        treated=tuple(sorted(treated)),
        control=tuple(sorted(paired - buffer)),
        buffer=tuple(sorted(buffer)),
        aside=tuple(sorted(rest - paired - buffer)),
        seed=seed,
    )
