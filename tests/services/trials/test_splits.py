"""Split trials through files and chain: known answers, laws, refusals."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.services.trials.worlds import (
    AFTER,
    BEFORE,
    CAMPAIGN,
    FIRST,
    day,
    drawn,
    drop,
    look,
    split,
    started,
    written,
)

from longtake.domain.estimate import Estimate, Unknown
from longtake.domain.trials.arms import Arm, Metric
from longtake.services import trials
from longtake.services.trials.looks.take import taken
from longtake.services.workspace import Workspace
from longtake.trial import split_test
from longtake.trial.sequential.split import split_information

HEADS = ["arm", "day", "units", "finish"]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


def test_a_file_worked_by_hand(workspace: Workspace, tmp_path: Path) -> None:
    """Two days: A 50 and 50 of 1000, B 80 and 90 of 1000; shares by hand, the interval by the test itself."""
    started(workspace, split(planned_units=8_000))
    rows = [
        ["A", day(0), 1000, 50],
        ["B", day(0), 1000, 80],
        ["A", day(1), 1000, 50],
        ["B", day(1), 1000, 90],
    ]
    told = drop(workspace, "cut", written(tmp_path / "a.csv", HEADS, rows))
    assert (told.rows_in, told.kept, told.refused) == (4, 4, ())
    found = look(workspace, "cut")
    assert [(arm.units, arm.value.value) for arm in found.arms] == [(2000, 0.05), (2000, 0.085)]
    direct = split_test(
        ([50, 50], [1000, 1000]), ([80, 90], [1000, 1000]), information=split_information(8_000, share=0.05)
    )
    (one,) = found.comparisons
    assert one.effect == direct.effect
    assert one.p == direct.p
    odds = one.effect.value + 1
    assert one.difference.value == pytest.approx(0.05 * odds / (0.95 + 0.05 * odds) - 0.05, abs=1e-12)
    assert one.difference.value == pytest.approx(0.035, abs=1e-3)
    assert (found.decision, found.arm, found.standing) == ("winner", "B", "randomised")
    verdict = trials.judge(workspace, CAMPAIGN, "cut", by="me", now=AFTER)
    assert (verdict.result, verdict.estimate, verdict.standing) == ("improved", one.difference, "randomised")
    assert trials.verdict_of(workspace, CAMPAIGN, "cut") == verdict


def test_less_is_better_where_the_design_says_so(workspace: Workspace, tmp_path: Path) -> None:
    metric = Metric("leave", rise=False, baseline=0.3)
    started(workspace, split(metrics=(metric,), minimum=0.05, planned_units=8_000))
    rows = [["A", day(0), 3000, 900], ["B", day(0), 3000, 700]]
    drop(workspace, "cut", written(tmp_path / "a.csv", ["arm", "day", "units", "leave"], rows))
    assert look(workspace, "cut").decision == "winner"
    assert trials.judge(workspace, CAMPAIGN, "cut", by="me", now=AFTER).result == "improved"


@given(st.permutations(range(12)), st.integers(1, 11))
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_in_any_order_of_files_give_the_same_answer(tmp_path: Path, order: list[int], cut: int) -> None:
    rows = drawn({"A": 0.05, "B": 0.06}, days=6, units=200)
    answers = []
    for name, parts in (
        ("one", [rows]),
        ("two", [[rows[i] for i in order[:cut]], [rows[i] for i in order[cut:]]]),
    ):
        workspace = Workspace(tmp_path / f"{name}-{'-'.join(map(str, order))}-{cut}")
        started(workspace, split())
        for at, part in enumerate(parts):
            drop(workspace, "cut", written(tmp_path / f"part{at}.csv", HEADS, part))
        answers.append(taken(trials.load(workspace, CAMPAIGN, "cut")))
    assert answers[0] == answers[1]


def test_a_look_changes_no_row_and_is_an_entry(workspace: Workspace, tmp_path: Path) -> None:
    started(workspace, split())
    drop(
        workspace, "cut", written(tmp_path / "a.csv", HEADS, drawn({"A": 0.05, "B": 0.05}, days=3, units=400))
    )
    before = trials.load(workspace, CAMPAIGN, "cut")
    first, second = look(workspace, "cut"), look(workspace, "cut")
    after = trials.load(workspace, CAMPAIGN, "cut")
    assert first == second
    assert after.rows == before.rows
    assert len(after.entries) == len(before.entries) + 2
    assert [seen.look for seen in after.looks] == [first, second]


def test_the_same_file_twice_adds_nothing_and_a_correction_is_kept(
    workspace: Workspace, tmp_path: Path
) -> None:
    started(workspace, split())
    first = written(tmp_path / "a.csv", HEADS, [["A", day(0), 100, 5], ["B", day(0), 100, 6]])
    drop(workspace, "cut", first)
    count = len(trials.load(workspace, CAMPAIGN, "cut").entries)
    again, new = trials.drop(workspace, CAMPAIGN, "cut", first, by="me", now=AFTER)
    assert (new, again.kept, len(trials.load(workspace, CAMPAIGN, "cut").entries)) == (False, 2, count)
    mended = written(tmp_path / "b.csv", HEADS, [["A", day(0), 100, 5], ["B", day(0), 100, 7]])
    told = drop(workspace, "cut", mended)
    assert (told.kept, told.duplicate, told.corrected) == (0, 1, 1)
    book = trials.load(workspace, CAMPAIGN, "cut")
    (one,) = book.corrections
    assert (one.was.sums["finish"], one.now.sums["finish"], one.file) == ((6.0,), (7.0,), "b.csv")
    assert [d.key for d in trials.deviations(book)] == ["corrected"]


def test_refused_rows_say_line_and_column(workspace: Workspace, tmp_path: Path) -> None:
    started(workspace, split())
    rows = [
        ["A", day(0), 100, 5],
        ["C", day(0), 100, 5],
        ["B", "yesterday", 100, 5],
        ["B", day(0), 100, 101],
        ["B", day(1), "many", 5],
        ["A", day(0), 100, 6],
        ["B", day(2), 100, ""],
    ]
    told = drop(workspace, "cut", written(tmp_path / "a.csv", HEADS, rows))
    assert [(r.line, r.column) for r in told.refused] == [
        (3, "arm"),
        (4, "day"),
        (5, "finish"),
        (6, "units"),
        (7, "*"),
        (8, "finish"),
    ]
    assert told.rows_in == told.kept + told.duplicate + told.corrected + told.late + len(told.refused) == 7


def test_a_broken_split_takes_the_result_away(workspace: Workspace, tmp_path: Path) -> None:
    started(workspace, split())
    rows = [["A", day(0), 6000, 300], ["B", day(0), 5000, 500]]
    drop(workspace, "cut", written(tmp_path / "a.csv", HEADS, rows))
    found = look(workspace, "cut")
    assert found.decision == "broken_split"
    assert isinstance(found.comparisons[0].effect, Unknown)
    assert found.path == ()
    verdict = trials.judge(workspace, CAMPAIGN, "cut", by="me", now=AFTER)
    assert (verdict.result, verdict.estimate.reason) == ("no_evidence", "sample_ratio_mismatch")


def test_winner_keep_going_futile_and_over(workspace: Workspace, tmp_path: Path) -> None:
    """A world for each decision, all with a base that falls by a tenth a day."""
    worlds = {
        "winner": ({"A": 0.05, "B": 0.07}, 10, 1500),
        "keep_going": ({"A": 0.05, "B": 0.053}, 3, 600),
        "futile": ({"A": 0.05, "B": 0.05}, 10, 1900),
        "worse": ({"A": 0.07, "B": 0.05}, 10, 1500),
    }
    for decision, (rates, days, units) in worlds.items():
        name = decision.replace("_", "-")
        started(workspace, split(name))
        rows = drawn(rates, days=days, units=units, fall=0.9)
        drop(workspace, name, written(tmp_path / f"{name}.csv", HEADS, rows))
        found = look(workspace, name)
        assert found.decision == decision
        if decision == "keep_going":
            assert found.wait is not None
            assert found.wait.a_day == pytest.approx(1200, rel=0.05)
            assert found.wait.units is None or found.wait.units > 0


def test_waiting_is_priced_at_the_pace_of_the_last_week(workspace: Workspace, tmp_path: Path) -> None:
    started(workspace, split())
    rows = [[arm, day(step), 500, done] for step in range(6) for arm, done in (("A", 25), ("B", 31))]
    drop(workspace, "cut", written(tmp_path / "a.csv", HEADS, rows))
    found = look(workspace, "cut")
    assert found.decision == "keep_going"
    assert found.wait.a_day == 1000
    # Dropping as many days as it says, at the same pace and difference, decides it.
    more = [[arm, day(6 + s), 500, d] for s in range(found.wait.days) for arm, d in (("A", 25), ("B", 31))]
    drop(workspace, "cut", written(tmp_path / "b.csv", HEADS, more))
    assert look(workspace, "cut").decision == "winner"


def test_several_arms_are_judged_together_and_drawn_together(workspace: Workspace, tmp_path: Path) -> None:
    made = [("A", "tall", "fun"), ("B", "tall", "tears"), ("C", "wide", "fun"), ("D", "wide", "tears")]
    arms = tuple(Arm(name, factors={"format": form, "emotion": emotion}) for name, form, emotion in made)
    started(workspace, split(arms=arms))
    rows = drawn({"A": 0.05, "B": 0.07, "C": 0.05, "D": 0.07}, days=7, units=1500)
    drop(workspace, "cut", written(tmp_path / "a.csv", HEADS, rows))
    found = look(workspace, "cut")
    assert [one.found for one in found.comparisons] == [True, False, True]
    for one in found.comparisons:
        assert one.found == (one.effect.low > 0 or one.effect.high < 0)
        assert isinstance(one.shrunken, Estimate)
    told = {(one.metric, one.arm): one.found for one in found.factors}
    assert told == {("format", "wide"): False, ("emotion", "tears"): True}


def test_planned_looks_spend_alpha_once_each(workspace: Workspace, tmp_path: Path) -> None:
    started(workspace, split(design="group_sequential", looks=4))
    bounds = []
    for at in range(4):
        rows = [[arm, day(at), 5000, 250 + at] for arm in "AB"]
        drop(workspace, "cut", written(tmp_path / f"{at}.csv", HEADS, rows))
        found, again = look(workspace, "cut"), look(workspace, "cut")
        assert (found.looked, again.looked, again.bound) == (at + 1, at + 1, found.bound)
        bounds.append(found.bound)
    # Lan-DeMets spending after O'Brien and Fleming, two sides, .05, four even looks, as gsDesign prints them.
    assert bounds == pytest.approx([4.333, 2.963, 2.359, 2.014], abs=2e-3)
    assert found.decision in {"futile", "over"}


def test_a_bandits_weights_are_logged_and_its_split_checked_by_them(
    workspace: Workspace, tmp_path: Path
) -> None:
    arms = (Arm("A"), Arm("B"), Arm("C"))
    started(workspace, split(design="bandit", arms=arms))
    rng = np.random.default_rng(5)
    weights = dict.fromkeys("ABC", 1 / 3)
    for step in range(6):
        rows = []
        for arm, rate in zip("ABC", (0.05, 0.08, 0.05), strict=True):
            n = int(rng.poisson(1500 * weights[arm]))
            rows.append([arm, day(step), n, int(rng.binomial(n, rate))])
        drop(workspace, "cut", written(tmp_path / f"{step}.csv", HEADS, rows))
        found = trials.look(
            workspace, CAMPAIGN, "cut", by="me", now=BEFORE, weights_from=FIRST.replace(day=8 + step + 1)
        )
        weights = dict(found.next_weights)
        assert sum(weights.values()) == pytest.approx(1.0)
    book = trials.load(workspace, CAMPAIGN, "cut")
    assert len(book.weights) == 7
    assert found.split.holds
    assert weights["B"] > 0.9
    counts = dict.fromkeys("ABC", 0)
    for _, arm in trials.dealt(book, [str(i) for i in range(2000)]):
        counts[arm] += 1
    assert counts["B"] == pytest.approx(2000 * weights["B"], abs=80)


def test_the_same_unit_always_gets_the_same_arm(workspace: Workspace) -> None:
    started(workspace, split())
    book = trials.load(workspace, CAMPAIGN, "cut")
    units = [f"u{i}" for i in range(4000)]
    first = trials.dealt(book, units)
    assert dict(trials.dealt(book, units[::-1])) == dict(first)
    assert sum(arm == "A" for _, arm in first) == pytest.approx(2000, abs=130)
    with pytest.raises(trials.TrialError):
        trials.dealt(book, ["a", " "])
    codes = [one.code for one in trials.links(book)]
    assert len(set(codes)) == 2
    assert [one.url for one in trials.links(book, "https://x.cn/a?b=1")] == [
        f"https://x.cn/a?b=1&lt={code}" for code in codes
    ]


def test_means_and_ratios(workspace: Workspace, tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    seconds = {arm: rng.gamma(4, scale, 3000) for arm, scale in (("A", 5.0), ("B", 5.6))}
    metrics = (Metric("seconds", "mean", baseline=20, deviation=10), Metric("clicks", "ratio", deviation=1))
    started(workspace, split(metrics=metrics, minimum=1.0, planned_units=8000))
    heads = ["arm", "day", "units", "seconds_sum", "seconds_squares"]
    heads += [f"clicks_{part}" for part in ("sum", "squares", "base_sum", "base_squares", "products")]
    rows = []
    for arm, values in seconds.items():
        views = rng.integers(1, 5, values.size)
        clicks = rng.binomial(views, 0.2)
        tail = [clicks.sum(), (clicks**2).sum(), views.sum(), (views**2).sum(), (clicks * views).sum()]
        rows.append([arm, day(0), values.size, values.sum(), (values**2).sum(), *tail])
    drop(workspace, "cut", written(tmp_path / "a.csv", heads, rows))
    found = look(workspace, "cut")
    mean, ratio = found.comparisons
    assert mean.difference.value == pytest.approx(seconds["B"].mean() - seconds["A"].mean(), abs=1e-3)
    assert (found.decision, mean.found, ratio.found) == ("winner", True, False)
    bad = [["A", day(1), 10, 100, 10, *[""] * 5]]
    told = drop(workspace, "cut", written(tmp_path / "b.csv", heads, bad))
    assert [(r.line, r.column) for r in told.refused] == [(2, "seconds_squares")]


WORKS = "作品名称,发布时间,体裁,审核状态,播放量,完播率,点赞量,粉丝增量\n"


def test_a_back_offices_totals_become_what_is_new(workspace: Workspace, tmp_path: Path) -> None:
    """1000 plays at 10 %, then 3000 at 8 %: 1000 and 100 on the first day, 2000 and 140 on the second."""
    metrics = (Metric("完播率", baseline=0.1), Metric("likes"))
    arms = (Arm("A", aliases=("团圆版预告",)), Arm("B"))
    trial = split(
        design="described", unit="cell", assigned_by="nobody", planned_units=0, metrics=metrics, arms=arms
    )
    started(workspace, trial)
    for at, plays, rate, likes in ((0, 1000, "10%", 50), (1, 3000, "8%", 60)):
        path = tmp_path / f"作品列表_{day(at)}.csv"
        rows = f"团圆版预告,2026-01-08 10:00,视频,已通过,{plays},{rate},{likes},1\n"
        rows += "B,2026-01-08 10:00,视频,已通过,9,0%,0,0\n"
        path.write_text(f"{WORKS}{rows}别的作品,2026-01-01 10:00,视频,已通过,7,0%,0,0\n", "utf-8")
        told = drop(workspace, "cut", path)
        assert (told.kept, [(r.line, r.column) for r in told.refused]) == (2, [(4, "arm")])
    book = trials.load(workspace, CAMPAIGN, "cut")
    mine = [(r.day, r.units, r.sums["完播率"], r.sums["likes"]) for r in book.ordered if r.arm == "A"]
    assert mine == [(day(0), 1000, (100.0,), (50.0,)), (day(1), 2000, (140.0,), (10.0,))]
    assert look(workspace, "cut").arms[0].value.value == pytest.approx(240 / 3000)
    shrunk = tmp_path / f"作品列表_{day(2)}.csv"
    shrunk.write_text(f"{WORKS}团圆版预告,2026-01-08 10:00,视频,已通过,2000,8%,60,1\n", "utf-8")
    assert [r.expected for r in drop(workspace, "cut", shrunk).refused] == ["a total that only grows"]
    late = tmp_path / f"作品列表_{day(0)}_again.csv"
    late.write_text(f"{WORKS}团圆版预告,2026-01-08 10:00,视频,已通过,900,8%,60,1\n", "utf-8")
    assert [r.column for r in drop(workspace, "cut", late).refused] == ["day"]
