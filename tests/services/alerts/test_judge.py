from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.answers.report import Section
from longtake.domain.estimate import Unknown
from longtake.services.alerts.book import Book
from longtake.services.alerts.check import judged
from longtake.services.alerts.judge import findings
from longtake.services.alerts.settings import AlertSettings, Rule
from services.alerts.worlds import NOW, START, estimate, figure, listed, receipt, report, split

LOW = Rule("r-low", "figure", figure="split.reproduction", below=0.7, upper_below=1.0, until=0.8)


def states(rule, world, raised=frozenset(), now=NOW):
    return [(one.subject, one.state, one.mark) for one in findings(rule, world, now=now, raised=raised)]


@pytest.mark.parametrize(
    ("value", "high", "state"),
    [(0.69, 0.99, "raised"), (0.7, 0.9, "calm"), (0.69, 1.0, "calm"), (0.2, 1.4, "calm"), (1.2, 1.3, "calm")],
)
def test_a_figure_is_raised_only_when_its_whole_interval_says_so(value, high, state):
    assert states(LOW, report(split(estimate(value, 0.1, high)))) == [
        ("lamp:split.reproduction.weibo", state, "")
    ]


def test_between_the_bound_and_where_it_rests_a_rule_stays_as_it_is():
    name = "lamp:split.reproduction.weibo"
    between = report(split(estimate(0.75, 0.6, 0.9)))
    assert states(LOW, between) == [(name, "calm", "")]
    assert states(LOW, between, frozenset({name})) == [(name, "raised", "")]
    assert states(LOW, report(split(estimate(0.8, 0.6, 0.9))), frozenset({name})) == [(name, "calm", "")]


def test_unknown_is_neither_raised_nor_calm():
    world = report(split(Unknown("too_few_rows", "renewal", "per mention", 3, 60)))
    assert states(LOW, world) == [("lamp:split.reproduction.weibo", "untold", "")]


def test_a_rule_names_one_figure_or_those_below_it():
    both = Section("voice", (), (figure("voice.positive", estimate(0.2, unit="share")),
                                 figure("voice.positive.weibo", estimate(0.9, unit="share"))))  # fmt: skip
    alone = Rule("p", "figure", figure="voice.positive", above=0.5)
    assert states(alone, report(both)) == [("lamp:voice.positive", "calm", "")]
    below = replace(both, figures=both.figures[1:])
    assert states(alone, report(below)) == [("lamp:voice.positive.weibo", "raised", "")]
    assert states(replace(alone, figure="voice.pos"), report(both)) == []


def test_a_rule_looks_only_at_its_campaigns():
    assert states(replace(LOW, campaigns=("other",)), report(split(estimate(0.1)))) == []


def test_a_slump_is_what_the_report_says_it_is():
    rule = Rule("s", "slump")
    assert states(rule, report(split(estimate(0.5), slid=True))) == [("lamp", "raised", "")]
    assert states(rule, report(split(estimate(0.5)))) == [("lamp", "calm", "")]
    assert states(rule, report()) == [("lamp", "untold", "")]


def test_a_film_enters_a_list_anew_after_a_day_off_it():
    rule = Rule("l", "list")

    def entry(hour):
        return [("lamp", "raised", (START + timedelta(hours=hour)).isoformat())]

    assert states(rule, report(listed())) == [("lamp", "calm", "")]
    assert states(rule, report(listed(3, 4, 20, 44))) == entry(3)
    assert states(rule, report(listed(3, 4, 29))) == entry(29)
    assert states(rule, report(listed(3, 4, 29, 30, 53))) == entry(29)


def test_refused_rows_are_counted_against_the_rows_of_their_file():
    rule = Rule("f", "refused", above=0.05)
    assert states(rule, report(receipts=(receipt("a", 100, 5),))) == [("lamp", "calm", "")]
    one = states(rule, report(receipts=(receipt("a", 100, 6),)))
    two = states(rule, report(receipts=(receipt("a", 100, 6), receipt("b", 0, 0, error="no reader"))))
    assert (one[0][1], two[0][1]) == ("raised", "raised")
    assert one[0][2] != two[0][2]


def test_what_is_due_is_due_to_the_second():
    rule = Rule("v", "due", at=NOW)
    assert states(rule, report(), now=NOW - timedelta(seconds=1)) == [("lamp", "calm", "")]
    assert states(rule, report(), now=NOW) == [("lamp", "raised", NOW.isoformat())]


@given(st.lists(st.one_of(st.none(), st.floats(0, 1.5)), max_size=25))
def test_one_decision_for_each_time_the_state_changes(values):
    """Beside a plain loop that counts how often the value falls below .7 after it has rested at .8."""
    book, settings, asked = Book(), AlertSettings(lang="en"), []
    for value in values:
        quantity = Unknown("no_rows", "x", "per mention", 0) if value is None else estimate(value)
        world = report(split(quantity))
        found = findings(LOW, world, now=NOW, raised=book.raised("lamp", "r-low"))
        asked += [one.alert.key for one in judged(book, found, world, settings, NOW) if one.alert]
    expected, low = 0, False
    for value in (value for value in values if value is not None):
        if not low and value < 0.7:
            expected, low = expected + 1, True
        elif low and value >= 0.8:
            low = False
    assert len(asked) == expected
    assert len(set(asked)) == len(asked)
