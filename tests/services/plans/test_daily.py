"""A metric day by day: whole days alone, gaps told apart from nothing."""

from datetime import timedelta

import pytest

import plan_worlds as worlds
from longtake.services.plans.daily import daily, latest


@pytest.fixture(scope="module")
def draft(tmp_path_factory):
    counts = [30, 0, 3, 12, 9]
    world = worlds.World(tmp_path_factory.mktemp("daily"), counts, texts=("推荐大家去看", "一般吧，路过看看"))
    with world.until(5).desk() as desk:
        yield desk.draft


def test_the_last_day_is_left_out_and_a_silent_day_is_a_zero(draft):
    found = daily(draft, "comments_a_day")
    assert (found.first, found.values) == (worlds.FIRST, (30.0, 0.0, 3.0, 12.0, 9.0))
    assert latest(draft) == worlds.FIRST + timedelta(days=5)


def test_a_share_is_not_known_on_a_day_of_few(draft):
    found = daily(draft, "recommend")
    assert found.values == (0.5, None, None, 0.5, pytest.approx(5 / 9))


def test_days_outside_are_not_known(draft):
    found = daily(draft, "comments_a_day")
    ends = worlds.FIRST - timedelta(days=1), worlds.FIRST + timedelta(days=1)
    assert found.between(*ends) == (None, 30.0, 0.0)


@pytest.mark.parametrize("metric", ["reproduction", "dependence", "other_circles", "tickets_a_day"])
def test_what_has_no_days_is_none(draft, metric):
    assert daily(draft, metric) is None


def test_makers_are_counted_among_the_days_authors(tmp_path):
    texts = ("我自己剪了一版", "推荐大家去看", "一般吧，路过看看")
    with worlds.World(tmp_path, [6, 4, 9], texts=texts).until(3).desk() as desk:
        found = daily(desk.draft, "makers")
    assert (found.values, found.n) == ((pytest.approx(1 / 3), None, pytest.approx(1 / 3)), (6, 4, 9))


def test_a_circle_written_down_stays_the_circle(tmp_path):
    """船 is said by four of six each day, 海 by two: 海 is the least, and 船 the loudest."""
    texts = ("船真好", "船很大", "海边")
    world = worlds.World(tmp_path, [6, 6, 6], texts=texts)
    file = world.folder / "campaign.toml"
    circles = "".join(f'\n[[circle]]\nname = "{one}"\nkeywords = ["{one}"]\n' for one in "船海")
    file.write_text(file.read_text("utf-8") + circles, "utf-8")
    with world.until(3).desk() as desk:
        least, other = (daily(desk.draft, key) for key in ("smallest_circle", "other_circles"))
        kept = daily(desk.draft, "smallest_circle", "船")
        turned = daily(desk.draft, "other_circles", "海")
        none = daily(desk.draft, "smallest_circle", "山")
    third = pytest.approx(1 / 3)
    assert (least.about, least.values, other.about, other.values) == ("海", (third,) * 3, "船", (third,) * 3)
    assert kept.values == turned.values == (pytest.approx(2 / 3),) * 3
    assert none is None
