import csv

import pytest

from longtake.trial.geo.panel import Panel
from longtake.trial.geo.synthetic import synthetic_control
from shared_data import shared
from trial.peer_cases import cases


def panel(treated, pre):
    with shared("experiments/geo/GeoLift_Test.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = sorted({row["location"] for row in rows})
    days = sorted({row["date"] for row in rows})
    count = {(row["location"], row["date"]): float(row["Y"]) for row in rows}
    values = [[count[name, day] for day in days] for name in names]
    return Panel.of(values, names=names, treated=treated, start=pre)


@pytest.mark.parametrize("case", cases("synthetic_control"))
def test_gives_the_figures_of_the_walkthrough(case):
    one = panel(case["inputs"]["treated"], case["inputs"]["pre"])
    assert one.after == case["inputs"]["post"]
    ridge = case["id"].endswith("ridge")
    found = synthetic_control(one, units="level", ridge=ridge)
    plain = synthetic_control(one, units="level")
    got = {
        "att": found.effect,
        "incremental": found.effect * one.after * one.cities,
        "lift_pct": found.lift * 100,
        "l2": found.misfit,
        "scaled_l2": found.scaled_misfit,
        "bias": plain.effect - found.effect,
    }
    weights = dict(zip(one.names, found.weights, strict=True))
    got |= {f"w_{name.replace(' ', '_')}": weight for name, weight in weights.items()}
    for name, expected in case["expected"].items():
        allowed = case["tolerance"]
        limit = allowed[name] if isinstance(allowed, dict) else min(allowed, abs(expected) / 100)
        assert got[name] == pytest.approx(expected, abs=limit), name
