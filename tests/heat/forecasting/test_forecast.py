import numpy as np
import pytest

from longtake.errors import NotEnoughDataError
from longtake.heat.forecasting.forecast import forecast

PARTS = ("mean", "low", "high")


def falling(rng, *, days=100, size=4000.0):
    level = size * np.arange(1.0, days + 1) ** -0.5 * np.exp(0.1 * rng.normal(size=days))
    shares = rng.gamma(2.0, 1.0, days)
    return rng.poisson(level * (0.4 + 0.3 * shares)).astype(float), shares


def test_a_steady_series_goes_on_about_as_it_was():
    made = forecast(np.full(90, 1000.0), step_hours=24.0, horizon=14)
    assert made.mean == pytest.approx(np.full(14, 1000.0), rel=0.15)


@pytest.mark.parametrize("hours", [1.0, 24.0])
@pytest.mark.parametrize("steps", [6, 20, 60])
def test_the_interval_holds_the_mean_at_every_step_and_in_total(hours, steps):
    counts, shares = falling(np.random.default_rng(steps), days=steps)
    for plan in (None, {"post": np.full(9, 2.0)}):
        made = forecast(
            counts, step_hours=hours, horizon=9, events={"post": shares}, future_events=plan, level=0.8
        )
        assert (made.low >= 0).all()
        assert (made.low <= made.mean).all()
        assert (made.mean <= made.high).all()
        assert made.total.value == pytest.approx(made.mean.sum())
        assert made.promotion is (plan is not None)
        assert sum(made.weights.values()) == pytest.approx(1.0)


@pytest.mark.parametrize(("hours", "days"), [(24.0, 100), (24.0, 20), (1.0, 100)])
def test_more_planned_promotion_never_lowers_any_step(hours, days):
    rng = np.random.default_rng(days)
    counts, post = falling(rng, days=days)
    past = {"post": post, "advert": (rng.random(days) < 0.2) * 3.0}
    for _ in range(12):
        less = {name: rng.random(20) * (rng.random(20) < 0.5) * 3 for name in past}
        more = {name: plan + (rng.random(20) < 0.2) * rng.random() * 5 for name, plan in less.items()}
        low, high = (
            forecast(counts, step_hours=hours, horizon=20, events=past, future_events=plan).mean
            for plan in (less, more)
        )
        assert (high >= low - 1e-9 * low).all()


def test_promotion_that_moved_the_series_moves_its_forecast():
    counts, shares = falling(np.random.default_rng(5))
    totals = [
        forecast(
            counts, step_hours=24.0, horizon=30, events={"post": shares}, future_events={"post": plan}
        ).total.value
        for plan in (np.zeros(30), np.full(30, 2.0), np.full(30, 6.0))
    ]
    assert totals[0] < totals[1] < totals[2]


def test_the_unit_of_an_event_does_not_matter():
    counts, shares = falling(np.random.default_rng(6))
    one, other = (
        forecast(
            counts,
            step_hours=24.0,
            horizon=30,
            events={"post": shares * unit},
            future_events={"post": np.full(30, 2.0 * unit)},
        ).mean
        for unit in (1.0, 1024.0)
    )
    assert one == pytest.approx(other, rel=1e-6)


@pytest.mark.parametrize("days", [20, 100])
def test_ten_times_the_counts_are_ten_times_the_forecast(days):
    counts, _ = falling(np.random.default_rng(7), days=days, size=2e5)
    small, large = (forecast(counts * k, step_hours=24.0, horizon=30).mean for k in (1.0, 10.0))
    assert large / 10 == pytest.approx(small, rel=0.02)


def test_unknown_promotion_is_the_forecast_from_counts_alone():
    counts, shares = falling(np.random.default_rng(8))
    told = forecast(counts, step_hours=24.0, horizon=7, events={"post": shares})
    assert np.array_equal(told.mean, forecast(counts, step_hours=24.0, horizon=7).mean)


def test_an_event_that_never_happened_has_no_known_effect():
    counts, _ = falling(np.random.default_rng(9))
    never = {"tour": np.zeros(100)}
    plans = ({"tour": np.zeros(7)}, {"tour": np.full(7, 9.0)})
    without, planned = (
        forecast(counts, step_hours=24.0, horizon=7, events=never, future_events=plan).mean for plan in plans
    )
    assert np.array_equal(without, planned)


def test_nothing_yet_is_forecast_as_nothing_but_not_as_certain():
    made = forecast(np.zeros(30), step_hours=24.0, horizon=3, level=0.9)
    assert made.mean.tolist() == [0.0, 0.0, 0.0]
    # Rule of three for a tail of 5 %: -ln(0.05) / 30.
    assert made.high == pytest.approx(np.full(3, 2.9957 / 30), rel=1e-4)


def test_a_missing_day_is_not_a_day_without_views():
    counts = np.full(60, 500.0)
    counts[[20, 41, 55]] = np.nan
    made = forecast(counts, step_hours=24.0, horizon=7)
    assert made.n == 57
    assert made.mean == pytest.approx(forecast(np.full(60, 500.0), step_hours=24.0, horizon=7).mean, rel=0.1)


def test_wider_levels_are_wider_and_longer_horizons_begin_alike():
    counts, _ = falling(np.random.default_rng(10))
    narrow, wide = (forecast(counts, step_hours=24.0, horizon=45, level=level) for level in (0.5, 0.95))
    assert (wide.low <= narrow.low).all()
    assert (wide.high >= narrow.high).all()
    assert np.isfinite(wide.high).all()


def test_the_same_counts_give_the_same_bytes():
    counts, _ = falling(np.random.default_rng(11), days=20)
    one, other = (forecast(counts, step_hours=1.0, horizon=12) for _ in range(2))
    assert all(getattr(one, part).tobytes() == getattr(other, part).tobytes() for part in PARTS)


def test_the_daily_cycle_of_hours_goes_on():
    hours = np.arange(240)
    counts = np.random.default_rng(12).poisson(200 * (1 + 0.6 * np.sin(2 * np.pi * hours / 24)))
    made = forecast(counts, step_hours=1.0, horizon=24).mean
    truth = 200 * (1 + 0.6 * np.sin(2 * np.pi * np.arange(24) / 24))
    assert np.corrcoef(made, truth)[0, 1] > 0.95


def test_too_little_is_refused():
    with pytest.raises(NotEnoughDataError, match="at least 2 observed steps, got 1"):
        forecast([5.0, np.nan], step_hours=24.0, horizon=3)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"counts": [1.0, -1.0]}, "at least zero"),
        ({"horizon": 0}, "horizon 0"),
        ({"step_hours": 0.0}, "step_hours 0"),
        ({"level": 1.0}, "level 1"),
        ({"future_events": {"post": [1.0]}}, "same names"),
        ({"events": {"post": [1.0]}}, "of shape"),
        ({"events": {"post": [1.0, np.nan]}}, "finite"),
    ],
)
def test_mistakes_are_named(change, said):
    given = {"counts": [1.0, 2.0], "step_hours": 24.0, "horizon": 1} | change
    with pytest.raises(ValueError, match=said):
        forecast(given.pop("counts"), **given)
