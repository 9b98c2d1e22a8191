"""Pushed too hard or a changed world: campaigns of files in which one thing was planted."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from longtake.domain.estimate import Estimate
from longtake.services.campaigns import folders
from longtake.services.reports import pressure
from longtake.services.reports.draft import Draft
from longtake.services.reports.pressure.spend import bend
from longtake.services.reports.pressure.supply import fuller
from longtake.services.workspace import Workspace
from longtake.store.session import open_session

START = datetime(2026, 2, 12)
DAYS = 20
HOURS = 24 * DAYS
PUSHES = ((60, 300, 30_000), (160, 300, 30_000), (260, 300, 60_000), (360, 300, 120_000))
CUT, FALL, SURGE = 12, 11, 9
CITIES = ("北京", "上海", "广州", "成都", "武汉", "西安")


def _campaign() -> str:
    head = '[campaign]\nname = "旧阁楼"\nrelease_at = 2026-02-12T10:00:00+08:00\ncompetitors = ["长街雪夜"]\n'
    events = [
        f'[[event]]\nkind = "ad"\nstart = {START + timedelta(hours=at):%Y-%m-%dT%H:%M:%S}+08:00\n'
        f'platform = "weibo"\ncost_cny = {cost}\n'
        for at, _, cost in PUSHES
    ]
    return head + "\n".join(events)


def _comments(folder):
    rng = np.random.default_rng(5)
    mean = np.full(HOURS, 8.0)
    for at, mass, _ in PUSHES:
        mean[at : at + 12] += mass * np.exp(-np.arange(12) / 3) / np.exp(-np.arange(12) / 3).sum()
    mean[24 * 12 :] *= 0.6
    counts = rng.poisson(mean)
    with (folder / "comments.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "platform", "at", "author", "text"))
        number = 0
        for hour, n in enumerate(counts.tolist()):
            for k in range(n):
                number += 1
                text = (
                    "又买热搜，营销太过了，烦死了"
                    if number % 25 == 0
                    else f"第{hour}个小时看的，第{k}个想起你"
                )
                at = START + timedelta(hours=hour, minutes=k % 60)
                writer.writerow((number, "微博", f"{at:%Y-%m-%d %H:%M:%S}", f"a{number}", f"{text}{number}"))
    return counts


def _list(folder):
    with (folder / "counts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("at", "platform", "subject", "metric", "value", "kind"))
        for hour in range(0, HOURS, 2):
            at = f"{START + timedelta(hours=hour):%Y-%m-%d %H:%M}"
            level = 100_000 * (1 + 0.5 * np.sin(hour / 24 * 2 * np.pi)) * (0.5 if hour >= 24 * FALL else 1.0)
            entries = [("别的话题甲", 10 * level), ("别的话题乙", 5 * level), ("别的话题丙", level)]
            if hour >= 24 * SURGE:
                entries.append(("长街雪夜票房", 6 * level))
            entries.sort(key=lambda one: -one[1])
            for rank, (subject, hot) in enumerate(entries, 1):
                writer.writerow((at, "微博", subject, "rank", rank, "rank"))
                writer.writerow((at, "微博", subject, "hot", round(hot), "score"))


def _box_office(folder):
    with (folder / "boxoffice.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("date", "city", "gross_cny", "admissions", "showings", "seats"))
        for day in range(DAYS):
            for size, city in enumerate(CITIES, 1):
                cut = day >= CUT
                showings = size * 100 * (0.4 if cut else 1.0)
                tickets = size * 4000 * (0.8 if cut else 1.0)
                when = START.date() + timedelta(days=day)
                writer.writerow((when, city, tickets * 40, tickets, showings, showings * 100))


@pytest.fixture(scope="module")
def drafted(tmp_path_factory):
    folder, root = tmp_path_factory.mktemp("campaign"), tmp_path_factory.mktemp("workspace")
    (folder / "campaign.toml").write_text(_campaign(), "utf-8")
    counts = _comments(folder)
    _list(folder)
    _box_office(folder)
    workspace = Workspace(root)
    campaign = folders.follow(workspace, folder, observed_at=datetime(2026, 3, 10, tzinfo=UTC))
    with open_session(workspace.lake, campaign.id) as session:
        yield Draft(campaign, session), counts


@pytest.fixture(scope="module")
def signs(drafted):
    return {sign.key: sign.figure.quantity for sign in pressure.signs(drafted[0])}


@pytest.fixture(scope="module")
def days(drafted):
    section = pressure.section(drafted[0])
    table = section.tables["pressure"]
    names = [column.key for column in table.columns]
    return {row[0]: row[names.index("day")] for row in table.rows}


def test_dependence_holds_what_the_pushes_brought(drafted, signs):
    _, counts = drafted
    truth = sum(mass for _, mass, _ in PUSHES) / counts.sum()
    held = signs["promotion_dependence"]
    assert held.low <= truth <= held.high
    assert held.value == pytest.approx(truth, abs=0.08)


def test_the_same_heat_for_ever_more_money_is_saturation(drafted, signs):
    # Stretches of 3, 3, 6 and 12 wan that bring alike: the last yuan brings a quarter of the first.
    held = signs["spend_saturated"]
    assert isinstance(held, Estimate)
    assert held.low <= 0.75 <= held.high
    assert held.low > 0.2
    assert bend(drafted[0]).elasticity.high < 1


def test_complaints_are_those_about_marketing(drafted, signs):
    _, counts = drafted
    assert signs["marketing_complaints"].value == pytest.approx((counts.sum() // 25) / counts.sum())


def test_showings_that_go_at_once_are_a_cut_and_fuller_halls_tell_who_went_first(drafted, signs, days):
    held = signs["supply_cut"]
    assert held.value == pytest.approx(0.6)
    assert held.high - held.low == pytest.approx(0.0, abs=1e-9)
    assert days["supply_cut"] == (START.date() + timedelta(days=CUT)).isoformat()
    assert fuller(drafted[0]).quantity.value == pytest.approx(0.8 / 0.4)
    spoken = {sentence.key for sentence in pressure.section(drafted[0]).sentences}
    assert "pressure_first_cinemas" in spoken


def test_a_list_that_falls_as_a_whole_is_told_day_and_night_taken_out(signs, days):
    held = signs["platform_fall"]
    assert held.value == pytest.approx(0.5, abs=0.03)
    assert days["platform_fall"] == (START.date() + timedelta(days=FALL)).isoformat()


def test_a_rival_that_rises_is_told_with_its_day(signs, days):
    held = signs["competitor_surge"]
    assert held.value == pytest.approx(0.6, abs=1e-6)
    assert days["competitor_surge"] == (START.date() + timedelta(days=SURGE)).isoformat()


def test_a_holiday_that_ends_is_the_one_of_the_table(drafted, signs, days):
    _, counts = drafted
    daily = counts.reshape(-1, 24).sum(axis=1)
    last = (date(2026, 2, 23) - START.date()).days
    before, after = daily[last - 2 : last + 1], daily[last + 1 : last + 4]
    expected = 1 - np.exp(np.log(after).mean() - np.log(before).mean())
    assert signs["holiday_end"].value == pytest.approx(expected)
    assert days["holiday_end"] == "2026-02-24"


def test_all_signs_are_there_in_every_state_and_none_is_twice(drafted, tmp_path):
    wanted = [
        "promotion_dependence",
        "fell_with_promotion",
        "spend_saturated",
        "flooded_share",
        "marketing_complaints",
        "competitor_surge",
        "holiday_end",
        "supply_cut",
        "platform_fall",
        "outside_talk",
        "outside_rise",
    ]
    assert [sign.key for sign in pressure.signs(drafted[0])] == wanted
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "campaign.toml").write_text('[campaign]\nname = "空"\n', "utf-8")
    workspace = Workspace(tmp_path / "w")
    campaign = folders.follow(workspace, tmp_path / "f")
    with open_session(workspace.lake, campaign.id) as session:
        draft = Draft(campaign, session)
        empty = pressure.signs(draft)
        assert pressure.section(draft) is None
    assert [sign.key for sign in empty] == wanted
    assert not any(isinstance(sign.figure.quantity, Estimate) for sign in empty)


def test_every_figure_opens_and_the_page_says_what_moved(drafted):
    section = pressure.section(drafted[0])
    for figure in (*section.figures, *section.more):
        drafted[0].session.rows(figure.evidence, limit=1)
    spoken = {sentence.key for sentence in section.sentences}
    assert {"pressure_competitor_surge", "pressure_supply_cut", "pressure_platform_fall"} <= spoken
    assert "pressure_quiet" not in spoken
