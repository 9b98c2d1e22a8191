"""How a job ends: done, refused in words, stopped, or broken without a trace on the page."""

import pytest

from longtake.errors import LongtakeError
from web_site import FILM, OTHER


@pytest.fixture
def perform(records):
    from longtake.worker import perform

    return perform


def ended(job):
    job.refresh_from_db()
    return job.state, job.error


def test_work_that_the_data_do_not_allow_fails_in_words(perform, records):
    from longtake.records import queue

    job = queue.submit("import", OTHER, given={"tray": "0" * 16})
    perform.perform(job.pk)
    assert ended(job) == ("failed", "The files of this upload are gone.")


def test_something_that_breaks_ends_the_job_and_not_the_worker(perform, records, monkeypatch):
    from longtake.records import queue

    monkeypatch.setitem(perform.WORK, "measure", lambda *_: 1 / 0)
    job = queue.submit("measure", OTHER)
    perform.perform(job.pk)
    state, error = ended(job)
    assert state == "failed"
    assert "ZeroDivision" not in error


def test_a_person_stops_a_job_between_two_steps_and_the_lake_is_as_before(perform, records, tmp_path):
    from longtake.records import queue
    from longtake.records.models import Job
    from longtake.services.work import inbox

    tray = inbox.tray(records.workspace)
    for i in range(40):
        inbox.put(tray, f"{i}.csv", [f"platform,text,at\nweibo,第{i}句,2026-02-01 10:00\n".encode()])
    job = queue.submit("import", OTHER, given={"tray": tray.name})
    before = records.workspace.lake.commits(OTHER)

    def stop_then_take_in(workspace, given, progress):
        Job.objects.filter(pk=given.pk).update(cancel=True)
        return real(workspace, given, progress)

    real = perform.WORK["import"]
    perform.WORK["import"] = stop_then_take_in
    try:
        perform.perform(job.pk)
    finally:
        perform.WORK["import"] = real
    assert ended(job) == ("cancelled", "")
    assert records.workspace.lake.commits(OTHER) == before


def test_a_job_that_is_over_is_not_done_again(perform, records, monkeypatch):
    from longtake.records import queue

    calls = []
    monkeypatch.setitem(perform.WORK, "measure", lambda *_: calls.append(1) or {})
    job = queue.submit("measure", FILM)
    perform.perform(job.pk)
    perform.perform(job.pk)
    assert (ended(job)[0], calls) == ("done", [1])


def test_a_busy_lake_is_a_failure_with_a_way_out(perform, records, monkeypatch):
    from longtake.records import queue

    def busy(*_):
        raise LongtakeError("Another import is running.", fix="Wait for it.")

    monkeypatch.setitem(perform.WORK, "undo", busy)
    job = queue.submit("undo", OTHER)
    perform.perform(job.pk)
    job.refresh_from_db()
    assert (job.state, job.fix) == ("failed", "Wait for it.")
