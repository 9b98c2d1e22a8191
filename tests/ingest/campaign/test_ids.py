from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.ingest.campaign.ids import LONGEST, campaign_id

NAMES = st.text(min_size=1, max_size=80).filter(lambda name: name.strip().strip("《》").strip())


@given(NAMES)
def test_an_id_is_a_safe_folder_name_and_its_own_id(name):
    made = campaign_id(name)
    assert made
    assert all(c.isalnum() or c in "-_" for c in made)
    assert len(made) <= LONGEST + 7
    assert made == campaign_id(name)


@pytest.mark.parametrize("pair", [("a/b", "a b"), ("a?", "a!"), ("??", "!!"), ("灯·人", "灯人")])
def test_different_names_have_different_ids(pair):
    assert campaign_id(pair[0]) != campaign_id(pair[1])


def test_book_marks_case_and_spaces_do_not_make_another_film():
    assert campaign_id(" 《A Long  Take》 ") == campaign_id("a long take") == "a-long-take"


@pytest.mark.parametrize("name", ["", "  ", "《》"])
def test_a_blank_name_is_refused(name):
    with pytest.raises(ValueError, match="name"):
        campaign_id(name)
