from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from longtake.domain.referral import Referral
from longtake.domain.timed.moment import Precision
from longtake.heat.referrals.tree import ODD, ROOT, forest

T0 = datetime(2026, 1, 5, tzinfo=UTC)


def came(code, by=None, *, person=None, inviter=None, day=None, used=True):
    at = None if day is None else T0 + timedelta(days=day)
    end = None if at is None else at + timedelta(seconds=1)
    precision = Precision.UNKNOWN if at is None else Precision.SECOND
    return Referral(code, person, by, inviter, 1, at, end, precision, used=used)


def test_a_line_has_a_generation_a_step_and_a_delay_a_link():
    found = forest([came("c", "b", day=5), came("a", day=0), came("b", "a", day=2)])
    assert found.parent.tolist() == [-1, 0, 1]
    assert found.generation.tolist() == [0, 1, 2]
    assert found.delay.tolist()[1:] == [2.0, 3.0]
    assert found.brought.tolist() == [1, 1, 0]
    assert sum(found.odd.values()) == 0


def test_people_are_found_by_person_where_no_code_is_told():
    found = forest(
        [came(None, person="p1", day=0), came(None, person="p2", inviter="p1", day=1), came("k", "?", day=2)]
    )
    assert found.parent.tolist() == [-1, 0, -1]
    assert found.odd["unknown_inviter"] == 1


def test_the_code_decides_where_code_and_person_disagree():
    rows = [
        came("a", person="p1", day=0),
        came("b", person="p2", day=0.5),
        came("c", "b", person="p3", inviter="p1", day=1),
    ]
    assert forest(rows).parent.tolist() == [-1, -1, 1]


def test_everything_odd_is_told_and_nobody_is_lost():
    rows = [
        came("a", day=0),
        came("self", "self", day=1),
        came("x", "y", day=2),
        came("y", "x", day=3),
        came("below", "x", day=4),
        came("gone", "nowhere", day=5),
        came("early", "below", day=1),
        came("unseen", "a"),
        came("sent", "a", used=False),
        came("a", day=6),
        came("k", person="p1", day=7),
        came("k", person="p2", day=8),
        came("k", person="p1", day=9),
    ]
    found = forest(rows)
    assert found.odd == {
        "unused": 1,
        "repeated": 2,
        "shared_code": 1,
        "self_invited": 1,
        "in_a_loop": 2,
        "unknown_inviter": 1,
        "before_inviter": 1,
        "no_time": 1,
    }
    assert found.n == 10
    assert list(found.odd) == list(ODD)


def test_a_code_sent_out_and_used_later_in_another_export_is_no_unused_one():
    rows = [came("a", used=False), came("a", person="p", day=1)]
    assert forest(rows).odd["unused"] == 0


def test_two_of_one_day_may_stand_in_either_order():
    day = T0 + timedelta(days=1)
    whole = Referral("b", None, "a", None, 1, T0, day, Precision.DAY)
    found = forest([came("a", day=0.6), whole])
    assert found.odd["before_inviter"] == 0
    assert max(found.delay[found.parent >= 0]) == 0.0


CODES = st.sampled_from([*"abcdefgh", None])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(CODES, CODES, CODES, CODES, st.one_of(st.none(), st.integers(0, 9))), max_size=20))
def test_any_table_makes_a_forest(rows):
    given_rows = [
        came(code, by, person=person, inviter=inviter, day=day)
        for code, by, person, inviter, day in rows
        if code is not None or person is not None
    ]
    found = forest(given_rows)
    assert sorted(set(found.row.tolist())) == sorted(found.row.tolist())
    assert found.n + found.odd["repeated"] == len(given_rows)
    below = found.parent != ROOT
    assert (found.generation[below] == found.generation[found.parent[below]] + 1).all()
    assert (found.generation[~below] == 0).all()
    assert found.brought.sum() == below.sum()
