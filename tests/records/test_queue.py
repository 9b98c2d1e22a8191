"""Work is queued once, claimed once, and never lost when its worker dies."""

import os
import socket
import subprocess
import sys
from datetime import timedelta

import pytest

from longtake.errors import LongtakeError


@pytest.fixture
def queue(records):
    from longtake.records import queue

    return queue


def gone():
    """Return the number of a process that has ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def test_a_job_is_claimed_by_one_worker_only(queue):
    job = queue.submit("measure", "x")
    mine = queue.claim(job.pk)
    assert (mine.state, mine.worker, queue.claim(job.pk)) == (
        "running",
        f"{socket.gethostname()}:{os.getpid()}",
        None,
    )


def test_a_job_that_waits_already_is_not_asked_for_twice(queue):
    first = queue.submit("measure", "x", once=True)
    assert queue.submit("measure", "x", once=True) == first
    assert queue.submit("measure", "y", once=True) != first
    queue.claim(first.pk)
    assert queue.submit("measure", "x", once=True) != first


def test_a_waiting_job_stops_at_once_a_running_one_is_told(queue):
    waiting, running = queue.submit("measure", "x"), queue.submit("measure", "y")
    queue.claim(running.pk)
    for job in (waiting, running):
        queue.cancel(job)
        job.refresh_from_db()
    assert (waiting.state, running.state) == ("cancelled", "running")
    assert queue.beat(running.pk) is True
    assert queue.claim(waiting.pk) is None


def test_a_failed_job_says_why_and_can_be_tried_again(queue):
    job = queue.submit("measure", "x")
    assert queue.retry(job) is False
    queue.end(queue.claim(job.pk), "failed", error=LongtakeError("Disk full.", fix="Free some."))
    job.refresh_from_db()
    assert (job.state, job.error, job.fix, job.live) == ("failed", "Disk full.", "Free some.", False)
    assert queue.retry(job) is True
    assert queue.claim(job.pk) is not None


def test_the_job_of_a_dead_worker_is_queued_again_three_times_and_then_fails_clean(queue):
    from longtake.records.models import Job

    job = queue.submit("measure", "x")
    seen = []
    for _ in range(4):
        claimed = queue.claim(job.pk)
        seen.append(claimed is not None)
        Job.objects.filter(pk=job.pk, state="running").update(worker=f"{socket.gethostname()}:{gone()}")
        Job.objects.filter(pk=job.pk).update(beat_at=job.made_at - timedelta(hours=1))
        queue.recover()
    job.refresh_from_db()
    assert seen == [True, True, True, False]
    assert (job.state, job.attempts, bool(job.error and job.fix)) == ("failed", 3, True)


def test_the_job_of_a_living_worker_is_left_alone(queue):
    job = queue.submit("measure", "x")
    queue.claim(job.pk)
    assert queue.recover() == 0
    job.refresh_from_db()
    assert job.state == "running"


def test_the_job_of_a_silent_worker_on_another_machine_is_taken_over(queue):
    from django.utils import timezone

    from longtake.records.models import Job

    job = queue.submit("measure", "x")
    queue.claim(job.pk)
    Job.objects.filter(pk=job.pk).update(worker="elsewhere:1", beat_at=timezone.now())
    assert queue.recover() == 0
    Job.objects.filter(pk=job.pk).update(beat_at=timezone.now() - timedelta(minutes=2))
    assert queue.recover() == 1


def test_a_note_of_a_hostile_name_is_short_and_plain(queue):
    from longtake.records.models import Job

    job = queue.submit("measure", "x")
    queue.told(job.pk, step="read", done=1, total=2, note="\x1b[2J" + "名" * 500)
    note = Job.objects.get(pk=job.pk).note
    assert (len(note), note.isprintable()) == (200, True)


def test_patient_work_gives_way_to_work_that_people_wait_for(queue):
    from django_tasks_db.models import DBTaskResult

    rows = queue.submit("rows", "x")
    assert queue.others_wait(rows) is False
    queue.submit("rows", "y")
    assert queue.others_wait(rows) is False
    wanted = queue.submit("measure", "y")
    assert queue.others_wait(rows) is True
    first = DBTaskResult.objects.ready().first()
    assert first.args_kwargs["args"] == [wanted.pk]


def test_patient_work_that_a_person_asked_for_waits_for_nobody(queue):
    from django_tasks_db.models import DBTaskResult

    from longtake.records.models import Person

    person = Person.objects.create(username="asks")
    rows = queue.submit("rows", "x")
    trial = queue.submit("alerts", "x", given={"trial": "team"}, by=person)
    assert queue.others_wait(rows) is True
    assert DBTaskResult.objects.ready().first().args_kwargs["args"] == [trial.pk]
