"""Signs become a belief: additive, shared, undecided where little is known."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.diagnosis.causes import WATCHED
from longtake.diagnosis.fit import Case, fit
from longtake.diagnosis.model import MEMBERS, SETS, Model, Weight, as_json
from longtake.diagnosis.reading import reading
from longtake.diagnosis.weigh import weigh
from longtake.domain.answers.cause import CAUSES, Sign
from longtake.domain.answers.diagnosis import Belief, Diagnosis
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Evidence, Figure

HOME = {watched.key: cause for cause, kinds in WATCHED.items() for watched in kinds}


def _known(value: float, *, sd: float = 0.0) -> Estimate:
    half = 1.6448536 * sd
    return Estimate(value, value - half, value + half, 0.9 if sd else 1.0, "share", "made", 50)


def _sign(key: str, quantity: Quantity) -> Sign:
    return Sign(key, HOME[key], Figure(f"x:{key}", key, quantity, Evidence("rows.comments")))


def _model(**weights: Weight) -> Model:
    return Model(weights, (-1.0,) * 5, -1.0, 1.0, {})


ONE = _model(
    expectation_violated=Weight("mismatch", 0.0, 0.1, slope=1.0, against=0.5),
    polarised=Weight("positioning", 0.0, 0.1, slope=1.0, against=0.5),
)


def test_one_sign_moves_its_cause_by_what_its_weight_says():
    found = weigh([_sign("expectation_violated", _known(0.2))], ONE)
    log_odds = np.zeros(5)
    log_odds[0] = 1.0 * 2.0 - 0.5
    assert found.beliefs[0].cause == "mismatch"
    expected = ONE.posterior(log_odds)
    assert found.beliefs[0].probability == pytest.approx(float(expected @ MEMBERS[:, 0]))
    assert found.beliefs[0].evidence[0].weight == pytest.approx(1.5)
    assert found.beliefs[0].evidence[0].strength == "positive"


def test_health_and_causes_alone_and_in_pairs_share_one_whole():
    assert len(SETS) == 1 + 5 + 10
    assert ONE.posterior(np.zeros((3, 5))).sum(axis=1) == pytest.approx([1.0, 1.0, 1.0])


def test_a_cause_that_explains_the_slide_takes_belief_from_the_other():
    both = weigh([_sign("expectation_violated", _known(0.3)), _sign("polarised", _known(0.1))], ONE)
    alone = weigh([_sign("polarised", _known(0.1))], ONE)
    belief = {b.cause: b.probability for b in both.beliefs}
    assert belief["positioning"] < {b.cause: b.probability for b in alone.beliefs}["positioning"]


def test_without_any_sign_nothing_is_named_and_everything_is_missing():
    signs = [_sign(key, Unknown("no_rows", "made", "share", 0)) for key in HOME]
    found = weigh(signs, _model(**{key: Weight(cause, 0.0, 1.0, 1.0, 0.5) for key, cause in HOME.items()}))
    assert found.abstains
    assert found.named == ()
    assert found.informed == 0.0
    assert [one.sign.key for one in found.lacking] == list(HOME)
    assert all(one.needs for one in found.lacking)


def test_a_sign_as_wide_as_the_usual_spread_stands_less_far_out_and_excuses_half():
    sharp = weigh([_sign("expectation_violated", _known(0.2))], ONE).beliefs[0].evidence[0].weight
    assert sharp == pytest.approx(2.0 - 0.5)
    loose = weigh([_sign("expectation_violated", _known(0.2, sd=0.1))], ONE)
    belief = next(b for b in loose.beliefs if b.cause == "mismatch")
    assert belief.evidence[0].weight == pytest.approx(2.0 / np.sqrt(2) - 0.5 / 2, rel=1e-3)
    assert belief.low < belief.probability < belief.high


def test_at_its_turning_value_a_cause_is_believed_by_one_half():
    sign = _sign("expectation_violated", _known(0.29))
    turns = weigh([sign], ONE).beliefs[0].evidence[0].turns_at
    assert turns is not None
    moved = replace(sign, figure=replace(sign.figure, quantity=_known(turns)))
    belief = next(b for b in weigh([moved], ONE).beliefs if b.cause == "mismatch")
    assert belief.probability == pytest.approx(0.5, abs=1e-4)


def test_what_no_share_can_be_turns_nothing():
    weight = Weight("over_promotion", 0.3, 0.2, slope=1.0, against=0.0)
    firm = Weight("over_promotion", 0.0, 0.1, slope=2.5, against=0.0)
    model = _model(promotion_dependence=weight, fell_with_promotion=firm)
    both = [_sign("fell_with_promotion", _known(0.4)), _sign("promotion_dependence", _known(0.6))]
    turns = {
        one.sign.key: one.turns_at
        for belief in weigh(both, model).beliefs
        if belief.cause == "over_promotion"
        for one in belief.evidence
    }
    assert turns["promotion_dependence"] is None, "it would have to be below nothing"
    assert turns["fell_with_promotion"] is not None


def test_no_sign_twice():
    sign = _sign("polarised", _known(0.1))
    with pytest.raises(ValueError, match="twice"):
        weigh([sign, sign], ONE)


@given(st.floats(-5, 5), st.floats(0, 5), st.floats(0, 2))
def test_more_of_a_sign_never_lowers_its_cause(value, more, sd):
    def believed(x: float) -> float:
        found = weigh([_sign("polarised", _known(x, sd=sd))], ONE)
        return next(b.probability for b in found.beliefs if b.cause == "positioning")

    assert believed(value + more) >= believed(value) - 1e-12


def test_an_open_interval_counts_for_nothing():
    open_ended = Estimate(0.3, 0.1, math.inf, 0.9, "share", "made", 5)
    assert reading(open_ended, centre=0.0, scale=0.1)[1] == 0.0


def _cases(rng: np.random.Generator, n: int, shift: float) -> list[Case]:
    made = []
    for i in range(n):
        causes = () if i % 6 == 5 else (CAUSES[i % 6],)
        signs: dict[str, Quantity] = {}
        for key, cause in HOME.items():
            if rng.random() < 0.3:
                signs[key] = Unknown("no_rows", "made", "share", 0)
            else:
                signs[key] = _known(float(rng.normal(shift if cause in causes else 0.0, 1.0)), sd=0.3)
        made.append(Case(causes, signs))
    return made


def test_a_fit_names_planted_causes_and_keeps_its_word():
    rng = np.random.default_rng(7)
    learned = fit(_cases(rng, 900, 1.5), HOME, {})
    unseen = _cases(rng, 600, 1.5)
    top, right = [], []
    for case in unseen:
        found = weigh([_sign(key, quantity) for key, quantity in case.signs.items()], learned)
        top.append(found.beliefs[0].probability)
        right.append(found.beliefs[0].cause == (case.causes[0] if case.causes else "healthy"))
    assert np.mean(right) > 0.75
    assert abs(np.mean(top) - np.mean(right)) < 0.05


def test_signs_that_tell_nothing_are_worth_next_to_nothing():
    learned = fit(_cases(np.random.default_rng(11), 2700, 0.0), HOME, {})
    assert max(one.slope for one in learned.weights.values()) < 0.25


def test_the_same_cases_give_the_same_file():
    cases = _cases(np.random.default_rng(3), 120, 1.0)
    assert as_json(fit(cases, HOME, {"n": 120})) == as_json(fit(cases, HOME, {"n": 120}))


def test_one_faint_sign_is_no_diagnosis_however_likely_it_makes_its_cause():
    weights = {key: Weight(cause, 0.0, 0.1, slope=1.0, against=0.5) for key, cause in HOME.items()}
    sharp = Model(weights, (-3.0, -3.0, 2.0, -3.0, -3.0), -4.0, 1.0, {})
    found = weigh([_sign("few_shares", _known(0.1))], sharp)
    assert found.beliefs[0].cause == "interaction"
    assert found.beliefs[0].probability > 0.5
    assert found.beliefs[0].informed == pytest.approx(0.25)
    assert [b.cause for b in found.named] == ["interaction"]
    unseen = weigh([_sign("few_shares", _known(0.1, sd=0.1))], sharp)
    assert unseen.beliefs[0].probability > 0.5
    assert unseen.abstains


@pytest.mark.parametrize(
    ("low", "informed", "named"), [(0.3, 0.5, True), (0.1, 0.5, False), (0.3, 0.1, False)]
)
def test_a_likely_cause_is_named_only_where_it_is_sure_and_enough_was_seen(low, informed, named):
    belief = Belief("mismatch", 0.6, low, 0.9, (), informed)
    found = Diagnosis((belief,), (), informed)
    assert found.named == ((belief,) if named else ())
    assert found.abstains is not named
