from __future__ import annotations

import numpy as np
import pytest

from longtake.domain.estimate import Estimate, Unknown
from longtake.heat.circles.spread import Crossing
from longtake.services.reports.positioning.measured import below_middle


def crossing(*links):
    """Return a crossing of which only the links, each (value, low, high), are told."""
    made = tuple(Estimate(*link, 0.9, "share", "by hand", 100) for link in links)
    none, radius = np.zeros((2, 2)), Estimate(0.5, 0.4, 0.6, 0.9, "events per event", "by hand", 100)
    return Crossing(none, none, none, 0.9, none[0], none, radius, made, 0, 100)


def test_the_weakest_link_is_held_against_the_middle_one_with_its_interval():
    found = below_middle(crossing((0.4, 0.3, 0.5), (0.1, 0.0, 0.3), (0.6, 0.5, 0.7)))
    assert (found.value, found.low, found.high) == pytest.approx((0.75, 0.25, 1.0))
    assert (found.unit, found.n) == ("share", 100)


def test_links_of_a_strength_are_not_broken():
    found = below_middle(crossing((0.4, 0.2, 0.6), (0.4, 0.3, 0.5)))
    assert (found.value, found.low, found.high) == pytest.approx((0.0, 0.0, 0.5))


@pytest.mark.parametrize("links", [((0.4, 0.3, 0.5),), ((0.0, 0.0, 0.1), (0.0, 0.0, 0.1))])
def test_one_link_or_none_that_holds_tells_nothing(links):
    found = below_middle(crossing(*links))
    assert isinstance(found, Unknown)
    assert found.reason == "one_link"
