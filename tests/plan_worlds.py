"""Campaigns whose truth is known, written as files and brought in a day at a time."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from longtake.domain.answers.plan import Goal, Plan, Stage
from longtake.domain.estimate import Estimate
from longtake.services.campaigns import folders
from longtake.services.plans.running.desk import desk
from longtake.services.workspace import Workspace
from longtake.trial.plans.world import Heat, city_campaign

FIRST = date(2026, 1, 8)
OBSERVED = datetime(2026, 6, 1, tzinfo=UTC)
STEADY = Heat(peak=130.0, quick=1.0, lasting=0.0, floor=0.3, weekend=1.0, noise=0.08, carried=0.3)
FILE = '[campaign]\nname = "{name}"\nkind = "short"\nrelease_at = 2026-01-08T10:00:00+08:00\n'
TEXTS = ("推荐大家去看", "看哭了，想我爸了", "一般吧，路过看看")


class World:
    """One campaign folder and its workspace; days are written one after another."""

    def __init__(self, root, counts, *, name="旧阁楼", texts=TEXTS):
        self.folder, self.workspace = root / "film", Workspace(root / "space")
        self.folder.mkdir(parents=True)
        (self.folder / "campaign.toml").write_text(FILE.format(name=name), "utf-8")
        self.counts, self.texts = [int(one) for one in counts], texts

    def until(self, days):
        """Bring in the comments of the first days, and one of the day after, which is not whole."""
        with (self.folder / "comments.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["platform", "text", "at", "likes", "author"])
            for day in range(days + 1):
                n = self.counts[day] if day < days else 1
                for k in range(n):
                    at = datetime(2026, 1, 8, 8) + timedelta(days=day, seconds=40 * k)
                    text = f"{self.texts[k % len(self.texts)]}{day}{k}"
                    writer.writerow(["weibo", text, f"{at:%Y-%m-%d %H:%M:%S}", k % 5, f"u{day}x{k}"])
        folders.follow(self.workspace, self.folder, observed_at=OBSERVED, progress=_silent())
        return self

    @property
    def name(self):
        from longtake.services.campaigns.known import known

        return known(self.workspace)[0].id

    def desk(self, at=None, who="甲"):
        return desk(self.workspace, self.name, who=who, at=at or datetime(2026, 1, 9, tzinfo=UTC))


def _silent():
    from longtake.services.progress import Silent

    return Silent()


def counts(seed, days, *, start, lift, heat=STEADY):
    """Return counts a day with a lift from a day on."""
    rng = np.random.default_rng(seed)
    errors = rng.normal(size=days)
    mean = heat.course(days) * np.exp(heat.noise * errors)
    mean[start:] *= 1 + lift
    return rng.poisson(mean)


def stage(name="01-post", **given):
    """Return a stage that should raise comments a day by a fifth."""
    goal = given.pop("goal", None) or Goal(
        "comments_a_day",
        "comments per day",
        Estimate(80.0, 70.0, 90.0, 0.9, "comments per day", "by hand", 3),
        "",
        given.pop("minimum", 16.0),
        given.pop("rise", True),
        given.pop("horizon_days", 7),
    )
    made = Stage(
        id=name,
        cause="external",
        repair="step_aside@repairs-reach@2026-11-20",
        title="让开撞期，换个时间",
        does="改到竞品之后发。",
        goal=goal,
        outputs=(),
        owner="marketing",
        budget_cny=0.0,
        cost="free",
        design="interrupted_series",
        start="前三天不动别的物料。",
        stop="评论掉两成就停。",
        harm=16.0,
        avoid="不要同时投放。",
    )
    return replace(made, **given)


def plan(campaign, *stages, because=(), abstained=False):
    """Return a plan whose causes a person named, unless it says what it was drafted from."""
    return Plan(campaign, "zh", dict(because), abstained, tuple(stages or (stage(),)))


def cities(seed, *, lift, days=70, judged=7, treated=3, number=18):
    """Return tickets a city and day; the first cities get the measure on the last days."""
    rng = np.random.default_rng(seed)
    heat = Heat(peak=900.0, quick=3.0, slow=40.0, lasting=0.6, floor=0.2, noise=0.1, carried=0.3)
    return city_campaign(rng, heat, cities=number, days=days, judged=judged, lift=lift, treated=treated)
