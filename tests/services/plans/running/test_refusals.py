"""What a plan refuses, on one campaign: each step before the one it needs, a chain that was altered."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest

import plan_worlds as worlds
from longtake.errors import NotEnoughDataError, NotFoundError
from longtake.services.plans.designs import Asked
from longtake.services.plans.errors import PlanActError
from longtake.services.plans.running import adopt, chain, judge, lock, look, start
from longtake.services.reports.diagnosis.signs import diagnosed
from longtake.store.durable.chain import BrokenChainError

DAYS = 24
BEGIN = worlds.FIRST + timedelta(days=DAYS + 1)
NOW = datetime(2026, 1, 31, tzinfo=UTC)
STAGES = (
    worlds.stage("01-post"),
    worlds.stage("02-again", design="before_after", cause="mismatch"),
    worlds.stage("03-cities", design="matched_cities", cause="interaction"),
    worlds.stage("04-split", design="ab_test", cause="positioning"),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    counts = worlds.counts(5, 60, start=60, lift=0.0)
    world = worlds.World(tmp_path_factory.mktemp("world"), counts).until(DAYS)
    with world.desk(NOW) as desk:
        adopt.adopt(desk, lang="zh", plan=worlds.plan(world.name, *STAGES))
    return world, chain.path_of(world.workspace, world.name).read_bytes()


@pytest.fixture
def desk(made):
    world, entries = made
    chain.path_of(world.workspace, world.name).write_bytes(entries)
    with world.desk(NOW) as found:
        yield found


def says(call):
    with pytest.raises(PlanActError) as told:
        call()
    return told.value.says


def test_nothing_comes_before_what_it_needs(desk):
    assert says(lambda: start.start(desk, "01-post")) == "not_locked"
    assert says(lambda: look.look(desk, "01-post")) == "not_running"
    assert says(lambda: judge.judge(desk, "01-post")) == "not_running"
    assert says(lambda: judge.roll(desk, "01-post")) == "not_judged"
    assert says(lambda: judge.extend(desk, "01-post", 3)) == "not_running"
    lock.lock(desk, "01-post", Asked(BEGIN))
    assert says(lambda: lock.lock(desk, "01-post", Asked(BEGIN))) == "not_drafted"
    assert says(lambda: adopt.adopt(desk, lang="zh")) == "under_way"
    assert says(lambda: start.start(desk, "01", on=BEGIN - timedelta(days=1))) == "too_early"
    start.start(desk, "01")
    assert says(lambda: start.start(desk, "01")) == "started_once"
    assert says(lambda: judge.judge(desk, "01")) == "days_left"


def test_a_stage_that_moves_the_same_metric_waits_or_says_why(desk):
    lock.lock(desk, "01", Asked(BEGIN))
    start.start(desk, "01")
    lock.lock(desk, "02", Asked(BEGIN))
    assert says(lambda: start.start(desk, "02")) == "check_alone"
    life = start.start(desk, "02", anyway="两件事分不开")
    assert life.deviations == ("started_anyway",)


@pytest.mark.parametrize("abstained", [True, False])
def test_a_stage_follows_the_diagnosis_as_it_stands(made, desk, abstained):
    world, _ = made
    drafted = worlds.plan(world.name, *STAGES, because={"external": 0.7}, abstained=abstained)
    adopt.adopt(desk, lang="zh", plan=drafted)
    names = {belief.cause for belief in diagnosed(desk.draft).named}
    for life in desk.book.lives:
        asked = start.checks(desk, life)["named"]
        assert asked == (life.stage.cause in names or not (abstained or names))


def test_what_was_seen_cannot_be_registered(desk):
    asked = Asked(worlds.FIRST + timedelta(days=DAYS))
    assert says(lambda: lock.lock(desk, "01", asked)) == "start_seen"
    assert says(lambda: lock.lock(desk, "01", Asked(BEGIN), seen="another")) == "changed_since"
    assert says(lambda: lock.lock(desk, "01", Asked(BEGIN + timedelta(days=40)))) == "figures_too_old"


def test_power_that_cannot_be_computed_says_what_it_takes(desk):
    assert says(lambda: lock.locking(desk, "03", Asked(BEGIN, draw=3))) == "no_cities_of"
    assert says(lambda: lock.locking(desk, "04", Asked(BEGIN))) == "trial_wanted"
    with pytest.raises(NotFoundError):
        lock.locking(desk, "04", Asked(BEGIN, trial="none"))
    adopt.edit(desk, "01", {"design": "matched_cities"})
    assert says(lambda: lock.locking(desk, "01", Asked(BEGIN))) == "no_cities_of"
    assert desk.book.life("01-post").lock is None


def test_too_short_a_series_is_refused_with_the_days_it_takes(tmp_path):
    world = worlds.World(tmp_path, worlds.counts(5, 20, start=20, lift=0.0)).until(9)
    with world.desk(NOW) as desk:
        adopt.adopt(desk, lang="zh", plan=worlds.plan(world.name))
        with pytest.raises(NotEnoughDataError) as told:
            lock.lock(desk, "01", Asked(worlds.FIRST + timedelta(days=10)))
    assert (told.value.needed, told.value.got) == (14, 9)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"colour": "red"}, "not_editable"),
        ({"budget_cny": "viel"}, "bad_number"),
        ({"horizon_days": "-3"}, "bad_number"),
        ({"minimum": "0"}, "bad_value"),
        ({"design": "magic"}, "bad_value"),
        ({"stop": " "}, "bad_text"),
        ({"owner": "marketing"}, "nothing_changed"),
    ],
)
def test_an_edit_that_is_none_is_refused(desk, change, key):
    assert says(lambda: adopt.edit(desk, "01", change)) == key


def test_a_plan_of_another_campaign_is_refused(desk):
    assert says(lambda: adopt.adopt(desk, lang="zh", plan=worlds.plan("other"))) == "other_campaign"
    odd = worlds.plan(desk.draft.campaign.id, worlds.stage("../up"))
    assert says(lambda: adopt.adopt(desk, lang="zh", plan=odd)) == "bad_stage_id"


def test_an_altered_chain_is_not_read_and_two_writers_do_not_both_win(made, desk, tmp_path):
    world, _ = made
    path = chain.path_of(world.workspace, world.name)
    with world.desk(NOW) as other:
        judge.stop(other, "01", "先到")
    with pytest.raises(BrokenChainError, match="someone else"):
        judge.stop(desk, "01", "后到")
    whole = path.read_bytes()
    shutil.copy(path, tmp_path / "kept")
    lines = whole.split(b"\n")
    entry = json.loads(lines[0])
    entry["body"]["told"]["plan"]["stages"][0]["goal"]["minimum"] = 1.0
    lines[0] = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    path.write_bytes(b"\n".join(lines))
    with pytest.raises(BrokenChainError) as told:
        chain.load(world.workspace, world.name)
    assert told.value.seq == 1


def test_the_same_rows_lock_the_same_bytes(made, desk):
    world, entries = made
    asked = Asked(BEGIN)
    lock.lock(desk, "01", asked)
    path = chain.path_of(world.workspace, world.name)
    first = path.read_bytes()
    path.write_bytes(entries)
    with world.desk(NOW) as again:
        lock.lock(again, "01", asked)
    assert path.read_bytes() == first
