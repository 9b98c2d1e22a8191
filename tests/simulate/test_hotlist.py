from datetime import datetime

import numpy as np

from longtake.simulate.hotlist import hotlist
from longtake.simulate.plots.plot import CHINA

START = datetime(2026, 1, 5, tzinfo=CHINA)


def test_a_list_of_fifty_in_order_with_gaps_and_true_ranks():
    level = np.r_[np.zeros(40), np.full(20, 1e9), np.full(20, 150_000.0), np.zeros(160)]
    snapshots, ranks = hotlist(np.random.default_rng(1), start=START, hours=240, own={"甲": level})
    assert 0.7 < len(snapshots) / 240 < 0.9
    for snapshot in snapshots:
        free = [entry for entry in snapshot.entries if not entry.sponsored]
        assert len(free) == 50
        assert [entry.hot for entry in free] == sorted((entry.hot for entry in free), reverse=True)
        assert len({entry.title for entry in snapshot.entries}) == len(snapshot.entries)
    assert (ranks["甲"][40:60] == 1).all()
    assert (ranks["甲"][:40] == 0).all()
    seen = {snapshot.at: [e.title for e in snapshot.entries if not e.sponsored] for snapshot in snapshots}
    for at, titles in seen.items():
        rank = int(ranks["甲"][(at - START).total_seconds().__int__() // 3600])
        assert (titles.index("甲") + 1 if "甲" in titles else 0) == rank


def test_noon_is_harder_than_night():
    snapshots, _ = hotlist(np.random.default_rng(2), start=START, hours=480, own={})
    last = {h: [] for h in range(24)}
    for s in snapshots:
        last[s.at.hour].append(min(e.hot for e in s.entries if not e.sponsored))
    assert np.median(last[14]) > 4 * np.median(last[3])
