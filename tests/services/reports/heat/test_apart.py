"""What the page says of bought attention, the slump, the days to come and the circles, on made worlds."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from longtake.domain.estimate import Estimate, Unknown
from longtake.services.campaigns import folders
from longtake.services.reports.assemble import assemble, figures_of
from longtake.services.workspace import Workspace
from longtake.simulate.renewal import renewal_world
from longtake.store.session import open_session

HOURS = 24 * 32
BREAK = 24 * 16
START = datetime(2026, 1, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
CAMPAIGN = """[campaign]
name = "旧阁楼"
kind = "short"

[[circle]]
name = "说渡船的"
keywords = ["渡船"]

[[circle]]
name = "说灯的"
keywords = ["灯"]
"""
TEXTS = ("渡船一开就想起我爸", "片尾的灯真好看", "节奏慢了点", "值得再看一遍")


def written(folder, *, acts=True, r=None):
    """Write a campaign of one platform whose R breaks half way, and a quieter second platform."""
    rng = np.random.default_rng(12)
    r = np.where(np.arange(HOURS) < BREAK, 0.8, 0.3) if r is None else r
    world = renewal_world(rng, hours=HOURS, rate=8.0, reproduction=r)
    calm = renewal_world(rng, hours=HOURS, rate=2.0, reproduction=0.4)
    (folder / "campaign.toml").write_text(CAMPAIGN, "utf-8")
    with (folder / "comments.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("id", "platform", "at", "text"))
        for platform, one in (("weibo", world), ("douban", calm)):
            for hour, n in enumerate(one.counts.astype(int).tolist()):
                for i in range(n):
                    at = START + timedelta(hours=hour, minutes=i % 60)
                    text = TEXTS[(hour + i) % len(TEXTS)]
                    rows.writerow((f"{platform}-{hour}-{i}", platform, at.isoformat(), text))
    if acts:
        with (folder / "events.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(("kind", "start", "end", "platform", "cost_cny"))
            for intensity in world.events.values():
                at = START + timedelta(hours=int(np.argmax(intensity)))
                rows.writerow(("kol", at.isoformat(), "", "weibo", "1000"))
    return world


def made(folder):
    workspace = Workspace(folder.parent / f"{folder.name}-work")
    campaign = folders.follow(workspace, folder, observed_at=None)
    return workspace, campaign, assemble(workspace, campaign)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("apart")
    world = written(folder)
    return world, *made(folder)


def quantity(report, label):
    return next(figure.quantity for figure in figures_of(report) if figure.label == label)


def section(report, name):
    return next(section for section in report.sections if section.id == name)


def test_the_break_is_on_the_page_with_its_hour_and_its_size(told):
    _, _, _, report = told
    said = next(s for s in section(report, "split").sentences if s.key.startswith("slump"))
    assert said.key == "slump_wom_broke"
    assert abs(said.words["when"] - (START + timedelta(hours=BREAK))) <= timedelta(hours=24)
    severity = quantity(report, "severity")
    assert severity.low <= 0.625 <= severity.high or abs(severity.value - 0.625) < 0.15


def test_promotion_and_word_of_mouth_add_up_day_by_day(told):
    world, _, _, report = told
    chart = next(chart for chart in section(report, "split").charts if chart.id == "split")
    sums = {}
    for _, series, value, *_ in chart.table.rows:
        sums[series] = sums.get(series, 0.0) + value
    assert set(sums) == {"promo", "wom"}
    assert sum(sums.values()) == pytest.approx(world.counts.sum(), rel=0.02)
    assert sums["promo"] / sum(sums.values()) == pytest.approx(world.exogenous_share, abs=0.12)


def test_each_act_has_its_share_and_they_make_up_the_whole(told):
    _, _, _, report = told
    acts = [figure for figure in figures_of(report) if figure.label == "act_total"]
    assert len(acts) == 8
    assert {figure.slots["event"] for figure in acts} == {"kol"}
    total = sum(figure.quantity.value for figure in acts)
    assert total == pytest.approx(quantity(report, "promotion_total").value, rel=1e-6)


def test_every_figure_opens_to_rows(told):
    _, workspace, campaign, report = told
    chosen = [
        f for f in figures_of(report) if f.id.split(":")[1].split(".")[0] in {"split", "ahead", "crossing"}
    ]
    assert len(chosen) > 20
    with open_session(workspace.lake, campaign.id) as session:
        for figure in chosen:
            assert session.rows(figure.evidence, limit=1)[0] > 0, figure.id


def test_what_comes_next_is_forecast_with_its_past_coverage(told):
    _, _, _, report = told
    usual, none = quantity(report, "ahead_usual"), quantity(report, "ahead_none")
    assert isinstance(usual, Estimate)
    assert usual.low < usual.value < usual.high
    assert none.value >= 0
    assert isinstance(quantity(report, "ahead_coverage"), Estimate)
    assert not [figure for figure in figures_of(report) if figure.label == "ahead_planned"]


def test_one_index_over_two_platforms_and_a_matrix_over_two_circles(told):
    _, _, _, report = told
    heat = section(report, "heat")
    chart = next(chart for chart in heat.charts if chart.id == "heat-index")
    assert len(chart.table.rows) == HOURS // 24
    assert {row[0] for row in heat.tables["heat_index"].rows} == {"weibo", "douban"}
    circles = section(report, "crossing")
    assert len(circles.tables["crossing"].rows) == 4
    assert circles.sentences[0].key == "crossing_one"


@pytest.mark.slow
def test_without_a_table_of_acts_no_r_is_stated_and_the_page_says_why(tmp_path):
    written(tmp_path, acts=False)
    _, _, report = made(tmp_path)
    r = quantity(report, "reproduction")
    assert isinstance(r, Unknown)
    assert r.reason == "few_pulses"
    keys = [sentence.key for sentence in section(report, "split").sentences]
    assert keys[0] == "split_untold"
    assert "doubt_few_pulses" in keys
    assert isinstance(quantity(report, "promotion_total"), Unknown)


def test_the_page_never_says_both_that_r_moved_and_that_it_did_not(tmp_path):
    written(tmp_path, r=np.concatenate([np.linspace(0.9, 0.2, BREAK), np.full(HOURS - BREAK, 0.2)]))
    _, _, report = made(tmp_path)
    keys = [sentence.key for sentence in section(report, "split").sentences]
    moved = {"slump_wom_broke", "slump_drifts", "slump_unclear"}
    assert moved & set(keys)
    assert not {"slump_none", "slump_promotion_ended"} & set(keys)


def test_a_handful_of_comments_is_refused_in_words(tmp_path):
    (tmp_path / "campaign.toml").write_text('[campaign]\nname = "旧阁楼"\n', "utf-8")
    (tmp_path / "comments.csv").write_text(
        "id,platform,at,text\n1,weibo,2026-01-05 10:00,好看\n2,weibo,2026-01-05 12:00,一般\n", "utf-8"
    )
    _, _, report = made(tmp_path)
    assert [s.key for s in section(report, "split").sentences] == ["split_too_few"]
    assert not [s for s in report.sections if s.id == "crossing"]
