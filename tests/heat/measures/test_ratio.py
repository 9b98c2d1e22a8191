import math

import numpy as np
import pytest
from scipy.stats import binomtest

from longtake.heat.measures.ratio import ratio


def test_agrees_with_clopper_and_pearson():
    other = binomtest(30, 42).proportion_ci(0.9, method="exact")
    e = ratio(30, 12)
    assert (e.low, e.high) == pytest.approx((other.low / (1 - other.low), other.high / (1 - other.high)))


def test_covers_at_least_its_level():
    rng = np.random.default_rng(3)
    hits = [
        (e := ratio(int(a), int(b))).low <= 2.0 <= e.high
        for a, b in zip(rng.poisson(24, 1000), rng.poisson(12, 1000), strict=True)
    ]
    assert 0.88 <= np.mean(hits) <= 1.0


def test_edges():
    assert ratio(0, 5).low == 0.0
    assert ratio(5, 0).reason == "zero_total"
    assert ratio(0, 0).reason == "no_rows"
    assert math.isfinite(ratio(10**6, 1).high)
    with pytest.raises(ValueError, match="counts"):
        ratio(-1, 2)
