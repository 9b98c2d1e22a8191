"""What stays after a month, a quarter and a year, and the two boards when one side pays for the other."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta

import pytest

import plan_worlds as worlds
from longtake.domain.answers.plan_values import quantity_of
from longtake.locale import catalogue
from longtake.services import evidence
from longtake.services.campaigns import folders
from longtake.services.plans.after import dual, remember, said
from longtake.services.progress import Silent

NOW = datetime(2027, 3, 1, tzinfo=UTC)
LINE = "渡口没有灯，人自己就是灯"
FILM = '\n[film]\nsubtitles = "film.srt"\n'


def _world(root, days, *, film=""):
    """Write comments by day: ``days`` gives the texts of each day that has any."""
    world = worlds.World(root, [])
    file = world.folder / "campaign.toml"
    file.write_text(file.read_text("utf-8") + film, "utf-8")
    with (world.folder / "comments.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["platform", "text", "at", "author"])
        for day, texts in sorted(days.items()):
            for k, text in enumerate(texts):
                at = datetime(2026, 1, 8, 9) + timedelta(days=day, seconds=50 * k)
                writer.writerow(["weibo", f"{text}{day}{k}", f"{at:%Y-%m-%d %H:%M:%S}", f"u{day}x{k}"])
    if film:
        lines = (LINE, "船还没来", "我再等一会儿")
        cues = [
            f"{n}\n00:00:{4 * n:02d},000 --> 00:00:{4 * n + 3:02d},000\n{line}\n"
            for n, line in enumerate(lines, 1)
        ]
        (world.folder / "film.srt").write_text("\n".join(cues), "utf-8")
    folders.follow(world.workspace, world.folder, observed_at=NOW, progress=Silent())
    return world


def test_a_line_still_said_is_counted_at_each_check(tmp_path):
    """Forty a day in the first week, later ten, four and two; of them two, one and one say the line."""
    plain, echo = "一般吧，路过看看", f"又想起“{LINE}”"
    week = (-2, 2, -2, 2, 0, 0, 0)
    days = {day: [plain] * (40 + week[day]) for day in range(7)}
    days |= {day: [echo] * 2 + [plain] * (8 + week[day - 30]) for day in range(30, 37)}
    days |= {day: [echo] + [plain] * (2 + day % 2 * 2) for day in range(90, 104)}
    days |= {day: [echo] + [plain] * (day % 2 * 2) for day in range(365, 395)}
    world = _world(tmp_path, {**days, 395: [plain]}, film=FILM)
    wanted = {30: (10 / 40, 2 / 10, 14), 90: (4 / 40, 1 / 4, 14), 365: (2 / 40, 1 / 2, 30)}
    for after, (residual, recall, said_again) in wanted.items():
        with world.desk(NOW) as desk:
            act = remember.remember(desk, after)
        assert quantity_of(act.told["residual"]).value == pytest.approx(residual)
        found = quantity_of(act.told["recall"])
        assert found.value == pytest.approx(recall)
        assert found.low < recall < found.high
        assert act.told["lines"] == [LINE]
        rows = evidence.rows(world.workspace, f"{world.name}:plan.recall.d{after}", limit=100)
        assert rows.total == said_again
        assert any(LINE in line for line in said.memory_said(world.name, act, catalogue("zh")))
    with world.desk(NOW) as desk:
        assert remember.due(desk) == {30: None, 90: None, 365: None}


def test_a_market_that_rises_while_the_film_is_liked_less_is_a_trade_off(tmp_path):
    """Thirty a day, two thirds in favour; then sixty a day, one sixth in favour."""
    good, bad = "演得真好，太感动了", "演得太假，难看，后悔看了"
    moves = (-2, 2, -2, 2, 0, 0, 0)
    before = {day: [good] * 20 + [bad] * (10 + moves[day]) for day in range(7)}
    after = {day: [good] * 10 + [bad] * (50 + moves[day - 7]) for day in range(7, 14)}
    world = _world(tmp_path, {**before, **after, 14: [good]})
    with world.desk(NOW) as desk:
        found = dual.dual(desk, worlds.FIRST + timedelta(days=7))
    rows = {row.key: row for row in found.rows}
    assert (found.days, rows["comments_a_day"].moved, rows["positive"].moved) == (7, "up", "down")
    assert rows["comments_a_day"].change.value == pytest.approx(1.0)
    assert rows["positive"].change.value == pytest.approx(1 / 6 - 2 / 3)
    pairs = {(up.key, down.key) for up, down in found.trade_offs}
    assert ("comments_a_day", "positive") in pairs
    assert all(up.side != down.side for up, down in found.trade_offs)
    for lang, word in (("zh", "注意取舍"), ("en", "Trade-off")):
        told = list(said.dual_said(found, catalogue(lang)))
        named = [catalogue(lang).word("dual", key) for key in ("comments_a_day", "positive")]
        assert any(word in line and all(name in line for name in named) for line in told)
