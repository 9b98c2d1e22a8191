"""Do one job."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC
from typing import Any

from django.conf import settings
from django.utils import timezone

from longtake.domain.answers.report import Mark
from longtake.errors import LongtakeError
from longtake.records import queue
from longtake.records.models import Annotation, Job
from longtake.services import alerts
from longtake.services.campaigns import known as campaigns
from longtake.services.imports import receipts
from longtake.services.measured.entire import entire
from longtake.services.measured.kept import kept
from longtake.services.measured.measure import keep_rows, measure
from longtake.services.measured.papers import write_papers
from longtake.services.plans import later
from longtake.services.plans.running.desk import desk_of
from longtake.services.standing.state import code
from longtake.services.worded import WordedError
from longtake.services.work import described, files
from longtake.services.work.sample import add_samples
from longtake.services.workspace import Workspace
from longtake.worker.progress import Beating, JobProgress, StoppedError

logger = logging.getLogger("longtake.worker")


def perform(number: int) -> None:
    """Do a job and write down how it ended; a job that somebody else has, or that is over, is left alone."""
    job = queue.claim(number)
    if job is None:
        return
    workspace = Workspace(settings.WORKSPACE)
    try:
        with Beating(job.pk):
            outcome = WORK[job.kind](workspace, job, JobProgress(job.pk))
    except StoppedError:
        queue.end(job, "cancelled")
    except LongtakeError as error:
        queue.end(job, "failed", error=error)
    except Exception:
        logger.exception("job %s failed", number)
        fix = "Try again; the worker's log says more."
        broken = WordedError("Something broke that should not.", fix=fix, says="broke")
        queue.end(job, "failed", error=broken)
    else:
        queue.end(job, "done", outcome=outcome)


def _import(workspace: Workspace, job: Job, progress: JobProgress) -> dict[str, Any]:
    taken = files.take_in(workspace, job.campaign, str(job.given["tray"]), progress=progress)
    if taken.import_id:
        queue.submit("measure", job.campaign, once=True)
    return {
        "import": taken.import_id,
        "files": [receipts.as_json(receipt) for receipt in taken.files],
        "unknown": list(taken.unknown),
        "tray": job.given["tray"],
    }


def _measure(workspace: Workspace, job: Job, progress: JobProgress) -> dict[str, Any]:
    if not described.follows_folder(workspace, job.campaign):
        described.follow(workspace, job.campaign, progress=progress)
    remarks = [
        Mark("note", one.at.astimezone(UTC), note=one.text)
        for one in Annotation.objects.filter(campaign=job.campaign)
    ]
    state = measure(workspace, job.campaign, remarks=remarks, progress=progress)
    if (workspace.root / alerts.FILE).exists():
        queue.submit("alerts", job.campaign, once=True)
    queue.submit("rows", job.campaign, once=True)
    return {"state": state, "code": code()}


def _rows(workspace: Workspace, job: Job, progress: JobProgress) -> dict[str, Any]:
    done = keep_rows(workspace, job.campaign, pause=lambda: queue.others_wait(job), progress=progress)
    queue.submit("papers" if done else "rows", job.campaign, once=True)
    return {"all": done}


def _papers(workspace: Workspace, job: Job, progress: JobProgress) -> dict[str, Any]:
    done = write_papers(workspace, job.campaign, pause=lambda: queue.others_wait(job), progress=progress)
    if not done:
        queue.submit("papers", job.campaign, once=True)
    return {"all": done}


def _plan(workspace: Workspace, job: Job, progress: JobProgress) -> dict[str, Any]:
    progress.begin("plan", None)
    campaign = campaigns.find(workspace, job.campaign)
    with desk_of(workspace, campaign, who=str(job.asked_by or "?"), at=timezone.now()) as desk:
        return later.do(desk, job.given)


def _alerts(workspace: Workspace, job: Job, progress: JobProgress) -> dict[str, Any]:
    progress.begin("alerts", None)
    channel = job.given.get("trial")
    if channel is not None:
        done = alerts.trial(workspace, str(channel))
    else:
        made = kept(workspace, job.campaign)
        if made is not None:
            alerts.hold(workspace, (entire(workspace, made),), now=timezone.now())
        done = alerts.deliver(workspace)
    failed = [
        {"channel": one.channel, "code": one.error.code, "said": str(one.error)} for one in done if one.error
    ]
    return {"trial": channel, "sent": len(done) - len(failed), "failed": failed}


def _sample(workspace: Workspace, job: Job, progress: JobProgress) -> dict[str, Any]:
    del job
    made = add_samples(workspace, progress=progress)
    for campaign in made:
        queue.submit("measure", campaign, once=True)
    return {"campaigns": list(made)}


def _undo(workspace: Workspace, job: Job, progress: JobProgress) -> dict[str, Any]:
    progress.begin("undo", None)
    rows = files.take_back(workspace, job.campaign, str(job.given["import"]))
    queue.submit("measure", job.campaign, once=True)
    return {"rows": rows, "import": job.given["import"]}


WORK: dict[str, Callable[[Workspace, Job, JobProgress], dict[str, Any]]] = {
    "import": _import,
    "measure": _measure,
    "rows": _rows,
    "papers": _papers,
    "plan": _plan,
    "alerts": _alerts,
    "sample": _sample,
    "undo": _undo,
}
