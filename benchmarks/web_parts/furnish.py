"""Give a measured campaign what people make of it: a plan, trials, rules, cards, a table nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.urls import reverse

from longtake.domain.trials.arms import Arm, Metric
from longtake.domain.trials.trial import Trial
from longtake.records.models import Annotation, Card, Job, Person
from longtake.services import trials
from longtake.services.campaigns import known as campaigns
from longtake.services.measured.papers import write_papers
from longtake.services.plans.running import chain
from longtake.services.plans.running.adopt import adopt
from longtake.services.plans.running.desk import desk_of
from longtake.services.work import inbox
from longtake.services.workspace import Workspace

TRIAL, ARMS = "bench", ("A", "B")
BEGINS, DAYS = date(2026, 1, 12), 3
UNKNOWN = "unknown.csv"


def furnished(workspace: Workspace, campaign: str, client: Any) -> dict[str, tuple[str, ...]]:
    """Make what is missing; return what stands in the slots of addresses that figures cannot fill.

    Args:
        workspace: Where the campaign lies.
        campaign: Its id.
        client: Signed in as an owner of the workspace.
    """
    stages = _plan(workspace, campaign)
    _trial(workspace, campaign)
    _records(campaign, client)
    write_papers(workspace, campaign)
    return {
        "stage": stages[:1],
        "trial": (TRIAL,),
        "tray": (_tray(workspace, campaign),),
        "receipt:number": (next(iter(workspace.lake.commits(campaign))).import_id,),
        "plan-rows:figure": tuple(_planned(client, campaign))[:1],
        "trial-figure:figure": ("arm-0",),
    }


def owner() -> Person:
    """Return the person who asks."""
    found, _ = Person.objects.get_or_create(username="bench", is_superuser=True, is_staff=True)
    return found


def _plan(workspace: Workspace, campaign: str) -> tuple[str, ...]:
    if chain.load(workspace, campaign).plan is None:
        at = datetime.now(UTC)
        with desk_of(workspace, campaigns.find(workspace, campaign), who="bench", at=at) as desk:
            adopt(desk, lang="zh")
    return tuple(life.id for life in chain.load(workspace, campaign).lives)


def _trial(workspace: Workspace, campaign: str) -> None:
    """Take a trial of two versions from its design to its verdict."""
    if TRIAL in trials.ids(workspace, campaign):
        return
    finish = Metric("finish", baseline=0.05)
    made = Trial(
        TRIAL,
        campaign,
        "?",
        "any_look",
        tuple(map(Arm, ARMS)),
        (finish,),
        "viewer",
        "us",
        planned_units=40_000,
        minimum=0.01,
    )
    now = datetime(BEGINS.year, BEGINS.month, BEGINS.day, tzinfo=UTC) - timedelta(days=1)
    trials.design(workspace, made, by="bench", now=now)
    trials.start(workspace, campaign, TRIAL, begins=BEGINS, by="bench", now=now)
    later = now + timedelta(days=DAYS + 2)
    text = "版本,日期,曝光量,转化\n" + "".join(
        f"{arm},{BEGINS + timedelta(days=day)},4000,{done}\n"
        for day in range(DAYS)
        for arm, done in zip(ARMS, (200, 270), strict=True)
    )
    path = workspace.root / "bench-trial.csv"
    path.write_text(text, "utf-8")
    trials.drop(workspace, campaign, TRIAL, path, name=path.name, by="bench", now=later)
    trials.look(workspace, campaign, TRIAL, by="bench", now=later)
    trials.judge(workspace, campaign, TRIAL, by="bench", now=later)


def _records(campaign: str, client: Any) -> None:
    if Card.objects.filter(campaign=campaign).exists():
        return
    for lane in ("narrative", "audience", "channel", "interaction"):
        Card.objects.create(campaign=campaign, lane=lane, title="bench", owner="bench")
    Annotation.objects.create(
        campaign=campaign, at=datetime(2026, 1, 12, tzinfo=UTC), text="bench", by=owner()
    )
    client.post(reverse("rule-put", kwargs={"campaign": campaign}), {"when": "slump", "name": "bench"})


def _tray(workspace: Workspace, campaign: str) -> str:
    """Leave a table that waits to be explained; return the name of its upload."""
    tray = inbox.tray(workspace)
    inbox.put(tray, UNKNOWN, ["甲,乙\n1,2\n".encode()])
    Job.objects.create(kind="import", campaign=campaign, state="done", given={"tray": tray.name})
    return tray.name


def _planned(client: Any, campaign: str) -> Iterator[str]:
    """Yield the figures of the plan that open their rows."""
    text = client.get(reverse("plan-dual", kwargs={"campaign": campaign})).content.decode()
    for part in text.split("/plan/rows/")[1:]:
        yield part.partition("/")[0]
