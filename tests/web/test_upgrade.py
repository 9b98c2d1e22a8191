"""After an upgrade films are measured anew; a worker of another version is told apart from that."""

from __future__ import annotations

from datetime import timedelta

from web_site import OTHER


def test_figures_of_the_version_before_are_measured_again(records):
    from django.utils import timezone

    from longtake.records.models import Job

    old = Job.objects.create(kind="measure", campaign=OTHER, state="done", outcome={"code": "another"})
    Job.objects.filter(pk=old.pk).update(made_at=timezone.now() - timedelta(days=30))
    page = records.client(records.member("owner", OTHER)).get(f"/c/{OTHER}/")
    assert page.status_code == 200
    assert Job.objects.filter(kind="measure", campaign=OTHER, state="queued").count() == 1


def test_a_worker_of_another_version_beside_this_process_is_named(records):
    from longtake.records.models import Job

    Job.objects.create(kind="measure", campaign=OTHER, state="done", outcome={"code": "another"})
    page = records.client(records.member("owner", OTHER)).get(f"/c/{OTHER}/")
    assert page.status_code == 503
    assert not Job.objects.filter(kind="measure", campaign=OTHER, state="queued").exists()
