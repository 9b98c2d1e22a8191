import dataclasses
import json
import math

import pytest

from longtake.domain.answers.report import Section
from longtake.domain.estimate import Estimate
from longtake.render import figures_json
from render.sample_report import FIGURES, sample_report


def body():
    return json.loads(figures_json(sample_report()))


def test_every_figure_stands_in_it_once_in_order():
    names = [figure["id"] for figure in body()["figures"]]
    assert names == sorted(figure.id for figure in FIGURES.values())


def test_a_figure_carries_all_it_takes_to_check_it():
    figure = next(f for f in body()["figures"] if f["id"] == "houtai:heat.comments_half_life")
    assert {key: figure[key] for key in ("value", "low", "high", "level", "unit", "n")} == {
        "value": 9.43, "low": 7.9, "high": 11.6, "level": 0.9, "unit": "hours", "n": 188,
    }  # fmt: skip
    assert figure["evidence"]["query"] == "comments_between"
    assert figure["name_zh"] != figure["name_en"]


def test_an_unknown_is_null_with_its_reason_and_an_open_end_says_so():
    figures = {figure["id"]: figure for figure in body()["figures"]}
    unknown = figures[FIGURES["listhalf"].id]
    assert (unknown["value"], unknown["reason"], unknown["needed"]) == (None, "list_gap", 48)
    assert (figures["houtai:box.legs"]["high"], figures["houtai:box.legs"]["high_unbounded"]) == (None, True)


def test_it_is_strict_json_with_sorted_keys_and_the_same_bytes_twice():
    raw = figures_json(sample_report())
    assert raw == figures_json(sample_report())
    strict = json.loads(raw, parse_constant=pytest.fail)
    assert json.dumps(strict, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n" == raw


def test_a_table_that_holds_no_number_says_null():
    chart = next(chart for chart in body()["charts"] if chart["id"] == "heat")
    assert chart["table"]["rows"][96][1:] == [None, None, None]
    assert chart["table"]["rows"][0][0] == "2031-01-07T16:00:00Z"


def test_two_figures_under_one_id_are_refused():
    other = dataclasses.replace(FIGURES["total"], quantity=Estimate(1, 0, math.inf, 0.9, "comments", "m", 1))
    report = dataclasses.replace(sample_report(), sections=(Section("heat", (), (FIGURES["total"], other)),))
    with pytest.raises(ValueError, match=r"heat\.comments_total"):
        figures_json(report)
