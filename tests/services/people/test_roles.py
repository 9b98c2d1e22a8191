"""Parts: what each may do."""

import pytest

from longtake.services.people.roles import LANE_SCREENS, LANES, RIGHTS, Part


def test_no_part_has_a_right_that_the_owner_lacks():
    assert {role for role, rights in RIGHTS.items() if not rights <= RIGHTS["owner"]} == set()


def test_a_guest_only_looks_and_a_juror_does_not_even_that():
    assert RIGHTS["guest"] == {"enter", "read"}
    assert RIGHTS["juror"] == {"enter"}


@pytest.mark.parametrize("lane", LANES)
def test_an_agency_sees_and_works_in_its_lane_alone(lane):
    part = Part("agency", lane)
    screens = {screen for names in LANE_SCREENS.values() for screen in names}
    assert {screen for screen in screens if part.sees(screen)} == LANE_SCREENS[lane]
    assert [other for other in LANES if part.works_in(other)] == [lane]


def test_no_screen_belongs_to_two_lanes():
    every = [screen for names in LANE_SCREENS.values() for screen in names]
    assert len(every) == len(set(every))
