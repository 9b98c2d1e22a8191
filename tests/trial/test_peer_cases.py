"""Numeric cases of other people's suites and documents, within the tolerance each is given with."""

from __future__ import annotations

import json

import numpy as np
import pytest

from longtake.domain.statistic import Moments
from longtake.trial.balance.ratio import ratio_evidence, ratio_p
from longtake.trial.bandit.allocation import floored
from longtake.trial.bandit.linucb import LinUCB
from longtake.trial.bayesian.best import best
from longtake.trial.bayesian.posterior import posterior
from longtake.trial.frequentist.power import Design, power
from longtake.trial.frequentist.welch import uplift
from longtake.trial.offpolicy.log import Log
from longtake.trial.offpolicy.value import doubly_robust, self_weighted, weighted
from longtake.trial.sequential.asymptotic import sequence, share_sequence
from longtake.trial.sequential.bernoulli import bernoulli_ends
from longtake.trial.sequential.betting import betting_sequence
from longtake.trial.sequential.boundaries import boundaries, fractions
from longtake.trial.sequential.iterated import iterated_bound
from longtake.trial.sequential.quantile import quantile_p
from longtake.trial.sequential.spending import power_family
from shared_data import ROOT, shared
from trial.digits import reduction
from trial.open_bandit import rows
from trial.zozo_policy import shown_with

FILE = ROOT.parent / "cases" / "peer_cases.json"
AREAS = {"sequential": 11, "bayesian": 1, "frequentist": 1, "srm": 2, "bandit": 2, "ope": 4}


def cases():
    if not FILE.exists():
        return {}
    found = json.loads(FILE.read_text("utf-8"))["cases"]
    return {case["id"]: case for case in found if case["area"] in AREAS}


CASES = cases()


@pytest.fixture
def case(request):
    if not CASES:
        pytest.skip(f"peers' cases absent: {FILE} (set LONGTAKE_DATA)")
    return CASES[request.param]


def of(*names):
    return pytest.mark.parametrize("case", names, indirect=True)


def near(case, found):
    wanted = case["expected"]
    assert found.keys() <= wanted.keys()
    for key, value in found.items():
        assert value == pytest.approx(wanted[key], abs=case["tolerance"], rel=0), key


def moments(arm):
    return Moments(arm["n"], round(arm["sum"] * 10**4), round(arm["sum_squares"] * 10**8), 10**4)


def test_every_case_of_these_areas_has_a_test_here():
    if not CASES:
        pytest.skip(f"peers' cases absent: {FILE} (set LONGTAKE_DATA)")
    counted = {area: sum(case["area"] == area for case in CASES.values()) for area in AREAS}
    assert counted == AREAS
    named = {
        name
        for test in globals().values()
        for mark in getattr(test, "pytestmark", ())
        if mark.name == "parametrize"
        for name in mark.args[1]
    }
    assert named == set(CASES)


@of("seq-asympcs-mean")
def test_asymptotic_sequence_of_means(case):
    given = case["inputs"]
    found = sequence(
        moments(given["a"]), moments(given["b"]), unit="share", tuning=given["tuning"], relative=True
    )
    e = found.effect
    near(case, {"effect": e.value, "se": found.error, "ci": [e.low, e.high], "p": found.p})


@of("seq-asympcs-prop")
def test_asymptotic_sequence_of_shares(case):
    given = case["inputs"]
    arms = [(given[arm]["x"], given[arm]["n"]) for arm in "ab"]
    found = share_sequence(*arms, tuning=given["tuning"], relative=True)
    e = found.effect
    near(case, {"effect": e.value, "se": found.error, "ci": [e.low, e.high], "p": found.p})


@of("seq-asympcs-onesided")
def test_asymptotic_sequence_of_one_side(case):
    given = case["inputs"]
    found = sequence(
        moments(given["a"]), moments(given["b"]), unit="share", tuning=given["tuning"], relative=True, sides=1
    )
    near(case, {"ci_lower": found.effect.low})


@of("seq-groupseq-overrun")
def test_group_sequential_bounds_when_the_sample_overruns(case):
    given = case["inputs"]
    at = fractions(np.add(given["n1"], given["n2"]).tolist(), given["planned_total"])
    near(case, {"adjusted_alpha": boundaries(at, power_family(at, alpha=given["alpha"])).alone.tolist()})


@of("cs-bernoulli-1-50", "cs-bernoulli-100-200")
def test_bernoulli_sequence(case):
    given = case["inputs"]
    ends = bernoulli_ends(given["successes"], given["trials"], alpha=given["alpha"], tight_at=given["t_opt"])
    near(case, {"ci": [float(end) for end in ends]})


@of("cs-quantile-ab-0.5-70", "cs-quantile-ab-0.5-85", "cs-quantile-ab-0.5-100")
def test_quantiles_of_two_arms(case):
    given = case["inputs"]
    control = np.arange(1, given["n"] + 1)
    p = quantile_p(control, control + given["offset"], quantile=given["quantile"], tight_at=given["t_opt"])
    near(case, {"p": p})


@of("cs-lil")
def test_iterated_logarithm(case):
    given = case["inputs"]
    bound = iterated_bound(given["t"], alpha=given["alpha"], least=given["t_min"], constant=given["A"])
    near(case, {"bound": float(bound)})


@of("cs-betting")
def test_hedged_bets(case):
    given = case["inputs"]
    low, high = betting_sequence([1, 0] * 50, alpha=given["alpha"], running=False)
    near(case, {f"ci_n{n}": [float(low[n - 1]), float(high[n - 1])] for n in given["n"]})


@of("bayes-mean-informative")
def test_posterior_with_a_prior(case):
    given = case["inputs"]
    arms = [Moments(a["n"], round(a["sum"]) * 100, round(a["sum_squares"] * 10**4), 100) for a in
            (given["a"], given["b"])]  # fmt: skip
    found = posterior(uplift(*arms), mean=given["prior"]["mean"], variance=given["prior"]["variance"])
    near(
        case,
        {
            "effect": found.effect.value,
            "se": found.error,
            "ci": [found.effect.low, found.effect.high],
            "chance_to_win": found.better,
            "risk": [found.risk_staying, found.risk_changing],
        },
    )


@of("power-binom")
def test_power_of_shares(case):
    given = case["inputs"]
    design = Design(given["var"], given["var"], given["n2"] / given["n1"], given["alpha"])
    near(case, {"power": power(design, effect=given["mde"], control_n=given["n1"])})


@of("srm-2")
def test_sample_ratio(case):
    near(case, {"p": ratio_p(case["inputs"]["users"], case["inputs"]["weights"])})


@of("srm-seq")
def test_sample_ratio_at_any_look(case):
    given = case["inputs"]
    near(case, {"log_odds": float(ratio_evidence(given["counts"], given["theta"], strength=given["k"]))})


@of("bandit-linucb")
def test_linear_bounds(case):
    given = case["inputs"]
    known = LinUCB.fit(
        given["contexts"],
        np.array(given["decisions"]) - 1,
        given["rewards"],
        arms=3,
        alpha=given["alpha"],
        l2=given["l2"],
    )
    found = known.bounds(given["query"])
    assert found == pytest.approx(np.array(case["expected"]["scores"]), abs=case["tolerance"], rel=0)


@of("bandit-thompson-best-arm")
def test_best_arm_and_top_two_weights(case):
    n = case["inputs"]["n"]
    share = np.array(case["inputs"]["conversions"]) / n
    found = best(share, np.sqrt(share * (1 - share) / n))
    # The peer adds a hundredth to each arm and divides by the sum; as a floor that is .01 / 1.04.
    both = floored((found.first + found.second) / 2, floor=0.01 / 1.04)
    near(case, {"best_arm_prob": found.first.tolist(), "weights_top_two_floor_001": both.tolist()})


@of("ope-ipw-zozo-all", "ope-ipw-zozo-men", "ope-ipw-zozo-women")
def test_value_of_the_production_policy(case):
    campaign = case["id"].rsplit("-", 1)[1]
    folder = "experiments/open_bandit/{}/{}/{}.csv"
    item, position, click, logged = rows(shared(folder.format("random", campaign, campaign)))
    production = rows(shared(folder.format("bts", campaign, campaign)))[2]
    wanted = case["expected"]
    log = Log.of(click, logged, shown_with(campaign)[item, position])
    found = {"ipw": weighted(log).value, "on_policy_random": click.mean(), "on_policy_bts": production.mean()}
    if "snipw" in wanted:
        found["snipw"] = self_weighted(log).value
    near(case, found)


@of("ope-multiclass")
def test_estimators_on_the_digits(case):
    pytest.importorskip("sklearn", reason="scikit-learn is in the bench extra")
    log, shown, wanted, direct, truth = reduction()
    assert truth == pytest.approx(case["expected"]["ground_truth"], abs=1e-9)
    direct_off, robust = (
        abs(direct - truth) / truth,
        doubly_robust(log, expected_shown=shown, expected_wanted=wanted),
    )
    near(case, {"dm_ree": direct_off, "dr_ree": abs(robust.value - truth) / truth})
    # The logging policy is a logistic regression with a near tie that solvers of different versions break
    # differently: one row may fall the other way, and no more than one.
    row = 0.91 / 0.82 / log.rewards.size / truth
    off = abs(weighted(log).value - truth) / truth
    assert off == pytest.approx(case["expected"]["ipw_ree"], abs=case["tolerance"] + row, rel=0)
