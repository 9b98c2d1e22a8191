"""Before and after: how often a fall, a slump or nothing at all is taken for an effect."""

from __future__ import annotations

import csv
import importlib.util
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, ttest_ind

from benchmarks._page import Page
from longtake.trial.its.frozen import freeze
from longtake.trial.its.impact import impact
from longtake.trial.its.interrupted import change
from longtake.trial.its.start import AfterWorst, Rule

Floats = NDArray[np.float64]

BEFORE, AFTER, LONG = 60, 20, 140
STEP = 2.0
Judge = Callable[[Floats, int, Rule | None], float]


OWN = ("ours", "t test")


def run(data: Path, *, write: bool, quick: bool) -> None:
    """Print the tables; write them where asked."""
    if importlib.util.find_spec("statsmodels") is None:
        print("statsmodels is not installed (`pip install longtake[bench]`): its judges are left out.")
    for page in (nulls_page(30 if quick else 300), controls_page(data, 20 if quick else 200)):
        page.show()
        if write:
            page.write()


def carried(rng: np.random.Generator, steps: int, rho: float) -> Floats:
    """Return errors of variance one that carry over a share rho of each step."""
    out = rng.normal(size=steps)
    for step in range(1, steps):
        out[step] = rho * out[step - 1] + np.sqrt(1 - rho**2) * out[step]
    return out


def level_world(seed: int) -> tuple[Floats, int, Rule | None]:
    """Return a series around a level, on a logarithmic scale, whose errors carry over."""
    return carried(np.random.default_rng([1, seed]), BEFORE + AFTER, 0.6), BEFORE, None


def fading_world(seed: int) -> tuple[Floats, int, Rule | None]:
    """Return heat that halves every ten days towards a floor of 5 %, errors of .2 that carry over."""
    day = np.arange(BEFORE + AFTER)
    course = np.log(0.5 ** (day / 10) + 0.05)
    return course / 0.2 + carried(np.random.default_rng([2, seed]), day.size, 0.4), BEFORE, None


def floor_world(seed: int) -> tuple[Floats, int, Rule | None]:
    """Return heat that halves every seven days and meets its floor of a thousandth after the start."""
    day = np.arange(BEFORE + AFTER)
    course = np.log(0.5 ** (day / 7) + 0.001)
    return course / 0.2 + carried(np.random.default_rng([5, seed]), day.size, 0.4), BEFORE, None


def slump_world(seed: int) -> tuple[Floats, int, Rule | None]:
    """Return a series around a level whose start was set right after its worst five steps."""
    series = carried(np.random.default_rng([3, seed]), LONG, 0.6)
    rule = AfterWorst(5, BEFORE, LONG - AFTER)
    return series, int(rule.starts(series[None])[0]), rule


WORLDS = {
    "errors carry over (.6)": level_world,
    "fading heat": fading_world,
    "start after the slump": slump_world,
    "floor met after the start": floor_world,
}


def ours(series: Floats, start: int, rule: Rule | None) -> float:
    """Return the p of the frozen forecast; placebo starts where a rule chose the start."""
    past = series[start - BEFORE : start] if rule is None else series[:start]
    length = None if rule is None else series.size
    frozen = freeze(past, after=AFTER, rule=rule, length=length, scale="level")
    return change(frozen, series[start : start + AFTER], unit="points").p


def t_test(series: Floats, start: int, rule: Rule | None) -> float:
    """Return the p of the means before and after."""
    del rule
    return float(ttest_ind(series[start - BEFORE : start], series[start : start + AFTER]).pvalue)


def segmented(errors: str) -> Judge:
    """Return the p of the step in a segmented regression with a straight line."""

    def judge(series: Floats, start: int, rule: Rule | None) -> float:
        import statsmodels.api as sm

        del rule
        y = series[start - BEFORE : start + AFTER]
        time_ = np.arange(y.size) - BEFORE
        step = (time_ >= 0).astype(float)
        x = np.column_stack([np.ones(y.size), time_, step, step * time_])
        fit = sm.OLS(y, x)
        found = fit.fit() if errors == "OLS" else fit.fit(cov_type="HAC", cov_kwds={"maxlags": 5})
        return float(found.pvalues[2])

    return judge


def sarimax(series: Floats, start: int, rule: Rule | None) -> float:
    """Return the p of a step in an autoregression with a constant."""
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    del rule
    y = series[start - BEFORE : start + AFTER]
    step = (np.arange(y.size) >= BEFORE).astype(float)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = SARIMAX(y, exog=step, order=(1, 0, 0), trend="c").fit(disp=False, maxiter=100)
    return float(found.pvalues[list(found.model.param_names).index("x1")])


JUDGES: dict[str, Judge] = {
    "ours": ours,
    "t test": t_test,
    "segmented OLS": segmented("OLS"),
    "segmented HAC": segmented("HAC"),
    "SARIMAX(1,0,0) with a step": sarimax,
}


def there(judges: dict[str, Callable[..., float]]) -> dict[str, Callable[..., float]]:
    """Return the judges that can run here."""
    whole = importlib.util.find_spec("statsmodels") is not None
    return {label: judge for label, judge in judges.items() if whole or label in OWN}


def nulls_page(worlds: int) -> Page:
    """Return how often each judge finds something where nothing, and where a step, was put in."""
    rows = []
    for name, make in WORLDS.items():
        made = [make(seed) for seed in range(worlds)]
        for label, judge in there(JUDGES).items():
            begin = time.process_time()
            null = np.array([judge(*one) for one in made])
            took = (time.process_time() - begin) / worlds
            raised = []
            for series, start, rule in made:
                stepped = series.copy()
                stepped[start : start + AFTER] += STEP
                raised.append(judge(stepped, start, rule))
            power = f"{np.mean(np.array(raised) < 0.05):.3f}"
            false = f"{np.mean(null < 0.05):.3f}"
            rows.append([name, label, false, f"{np.mean(null < 0.1):.3f}", power, f"{1e3 * took:.0f}"])
    return Page(
        name="trials-its",
        title={"en": "Before and after", "zh": "前后对比"},
        intro={
            "en": f"{worlds} worlds a row, 60 steps before and 20 after the start, errors of variance 1. "
            "Nothing happens in them: around a level; falling by half every ten steps to a floor of 5 % (the "
            "logarithm, errors of .2); a level whose start was set right after the worst 5 of 140 steps; "
            "falling by half every seven steps to a floor of .1 %, met only as the measure starts, which no "
            "forecast from before can know. How often each judge says p below .05 and .10, how often below "
            ".05 with a step of two standard deviations put in (power means nothing where the false share is "
            "high), and milliseconds. Ours foretells from the steps before the start alone; after a slump it "
            "runs the same start rule on series without a step.",
            "zh": f"每行 {worlds} 个模拟世界，起点前 60 步、后 20 步，误差方差为 1，"
            "其中什么都没发生：围绕定值；"
            "每十步减半、落到 5% 底部（取对数，误差 .2）；"
            "围绕定值但起点定在 140 步中最差 5 步之后；"
            "每七步减半、底部为 .1%，恰在起点前后才触及，"
            "任何事前预测都无从得知。"
            "表中为各方法 p 小于 .05 与 .10 的比例、加上两个标准差的台阶后 p 小于 .05 的比例"
            "（误报高者，其功效无意义）与毫秒数。本系统只用起点之前的数据预测；"
            "跌后起步时，在没有台阶的序列上重复同一规则。",
        },
        header={
            "en": ("world", "judge", "false .05", "false .10", "found, step of 2 s.d.", "ms of one core"),
            "zh": ("世界", "方法", "误报 .05", "误报 .10", "测出 2 个标准差", "毫秒（单核）"),
        },
        rows=rows,
    )


def controlled_world(seed: int, kind: str) -> tuple[Floats, Floats]:
    """Return a series that follows two wandering controls, and the controls."""
    rng = np.random.default_rng([4, seed])
    controls = 100 + np.cumsum(rng.normal(0, 1, (2, 100)), axis=1)
    errors = {
        "independent": lambda: rng.normal(size=100),
        "carry over (.6)": lambda: carried(rng, 100, 0.6),
        "level wanders (.1 a step)": lambda: rng.normal(size=100) + np.cumsum(0.1 * rng.normal(size=100)),
    }[kind]()
    return 1.2 * controls[0] + 0.3 * controls[1] + errors, controls


def own_impact(series: Floats, controls: Floats) -> float:
    """Return our p against controls."""
    return impact(series, controls, start=70, unit="points").p


def unobserved(series: Floats, controls: Floats) -> float:
    """Return the p of a local level with controls by maximum likelihood, from its forecast."""
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = UnobservedComponents(series[:70], "local level", exog=controls[:, :70].T).fit(disp=False)
        ahead = fit.get_forecast(30, exog=controls[:, 70:].T)
        draws = fit.simulate(
            30, anchor="end", repetitions=400, exog=controls[:, 70:].T, rng=np.random.default_rng(0)
        )
    mean = np.asarray(draws).reshape(30, -1).mean(axis=0)
    z = (series[70:].mean() - np.mean(ahead.predicted_mean)) / mean.std()
    return float(2 * norm.sf(abs(z)))


def step_regression(series: Floats, controls: Floats) -> float:
    """Return the p of a step in an autoregression with controls."""
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    step = (np.arange(series.size) >= 70).astype(float)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exog = np.column_stack([step, controls.T])
        found = SARIMAX(series, exog=exog, order=(1, 0, 0), trend="c").fit(disp=False, maxiter=100)
    return float(found.pvalues[list(found.model.param_names).index("x1")])


def controls_page(data: Path, worlds: int) -> Page:
    """Return the same for series with controls, and the figures of a reference series."""
    rows = []
    judges = {"ours": own_impact, "UC by ML": unobserved, "SARIMAX with a step": step_regression}
    for kind in ("independent", "carry over (.6)", "level wanders (.1 a step)"):
        made = [controlled_world(seed, kind) for seed in range(worlds)]
        for label, judge in there(judges).items():
            begin = time.process_time()
            null = np.array([judge(*one) for one in made])
            took = (time.process_time() - begin) / worlds
            lift = np.where(np.arange(100) >= 70, 2.0, 0.0)
            raised = np.array([judge(series + lift, controls) for series, controls in made])
            cells = [f"{np.mean(null < 0.05):.3f}", f"{np.mean(raised < 0.05):.3f}", f"{1e3 * took:.0f}"]
            rows.append([f"errors {kind}", label, *cells])
    path = data / "experiments/causal/arma_data.csv"
    if path.exists():
        with path.open(encoding="utf-8") as file:
            table = list(csv.DictReader(file))
        y, x = (np.array([float(row[key]) for row in table]) for key in ("y", "X"))
        y[70:] += 5
        begin = time.process_time()
        found = impact(y, x, start=70, unit="points")
        took = time.process_time() - begin
        low, high = found.effect.low, found.effect.high
        ends = f"{found.effect.value:.2f} ({found.deviation:.2f}) [{low:.2f}, {high:.2f}]"
        name = "reference series, step of 5"
        rows.append([name, "ours", "–", ends, f"{1e3 * took:.0f}"])
        rows.append([name, "tfcausalimpact's page", "–", "4.89 (0.31) [4.26, 5.47]", "–"])
    return Page(
        name="trials-its-controls",
        title={"en": "Before and after, with controls", "zh": "前后对比：有对照序列"},
        intro={
            "en": f"{worlds} worlds a row: 100 steps that follow two wandering controls, start at step "
            f"70. How often "
            "p is below .05 with nothing, and with 2 standard deviations of a single error, put in, and "
            "milliseconds a fit. UC by ML and SARIMAX are statsmodels'. Last rows: a reference series with a "
            "step of 5 put in; effect, its standard deviation and 95 % interval.",
            "zh": f"每行 {worlds} 个模拟世界：100 步，跟随两条游走的对照序列，起点在第 70 步。"
            f"表中为未加效应、以及加上单个误差两个"
            "标准差后 p 小于 .05 的比例与每次拟合的毫秒数。UC by ML 与 SARIMAX 出自 statsmodels。末两行："
            "加入 5 的台阶的参考序列，"
            "为效应、其标准差与 95% 区间。",
        },
        header={
            "en": ("world", "judge", "false .05", "found", "ms of one core"),
            "zh": ("世界", "方法", "误报 .05", "测出", "毫秒（单核）"),
        },
        rows=rows,
    )
