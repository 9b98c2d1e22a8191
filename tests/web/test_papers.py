"""Documents on the web: asked for, waited for, taken along by who may."""

import pytest

from web_site import FILM, OTHER


@pytest.fixture
def kept(records):
    from longtake.services.measured.kept import kept

    return kept(records.workspace, FILM)


@pytest.fixture
def written(kept):
    """Put a document where the worker puts it, and take it away again."""
    from longtake.services.measured import papers
    from longtake.services.workspace import write_whole

    paths = [
        papers.paper(kept, kind, form, lang)
        for kind, form, lang in (
            ("one-page", "pdf", "zh"),
            ("one-page", "pdf", "en"),
            ("retrospective", "pptx", "zh"),
        )
    ]
    for path in paths:
        write_whole(path, path.name.encode())
    yield paths
    for path in paths:
        path.unlink()


def jobs(kind="papers"):
    from longtake.records.models import Job

    return Job.objects.filter(kind=kind, campaign=FILM)


def test_what_is_not_written_is_asked_for_once_and_the_page_waits(records):
    client = records.client(records.member("viewer"))
    answer = client.get(f"/c/{FILM}/paper/one-page.docx")
    assert (answer.status_code, answer["Location"].endswith("/papers/")) == (302, True)
    for _ in range(2):
        page = client.get(f"/c/{FILM}/papers/").content.decode()
        assert page.count("还没写好") == 5
        assert "<progress" in page
    assert jobs().count() == 1


def test_work_before_it_is_shown_instead_of_asking_again(records):
    from longtake.records import queue

    queue.submit("rows", FILM)
    page = records.client(records.member("viewer")).get(f"/c/{FILM}/papers/").content.decode()
    assert "找行" in page
    assert jobs().count() == 0


def test_a_job_that_failed_is_shown_and_not_asked_for_again_by_itself(records):
    from longtake.errors import LongtakeError
    from longtake.records import queue

    job = queue.submit("papers", FILM)
    queue.end(job, "failed", error=LongtakeError("The disk is full.", fix="Make room."))
    client = records.client(records.member("editor"))
    assert "The disk is full." in client.get(f"/c/{FILM}/papers/").content.decode()
    assert jobs().count() == 1
    assert client.post(f"/c/{FILM}/papers/").status_code == 302
    assert jobs().filter(state="queued").count() == 1


def test_a_written_document_comes_as_a_file_in_the_language_of_the_page(records, written):
    client = records.client(records.member("viewer"))
    for lang in ("zh", "en"):
        client.cookies["longtake_lang"] = lang
        answer = client.get(f"/c/{FILM}/paper/one-page.pdf")
        assert b"".join(answer.streaming_content) == f"one-page.{lang}.pdf".encode()
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith("attachment;")
    assert client.get(f"/c/{FILM}/paper/one-page.pptx").status_code == 404
    assert client.get(f"/c/{FILM}/paper/secret.pdf").status_code == 404


def test_the_overview_leads_to_what_is_written(records, written):
    page = records.client(records.member("viewer")).get(f"/c/{FILM}/").content.decode()
    assert "paper/one-page.pdf" in page
    assert "paper/one-page.docx" not in page
    assert "/papers/" in page


def test_an_agency_is_refused_and_shown_no_way(records, written):
    client = records.client(records.member("agency", lane="channel"))
    assert client.get(f"/c/{FILM}/papers/").status_code == 403
    assert client.get(f"/c/{FILM}/paper/one-page.pdf").status_code == 403
    assert "papers" not in client.get(f"/c/{FILM}/at/heat/").content.decode()


def share(records, by):
    from datetime import UTC, datetime

    from longtake.services.people import sharing

    return sharing.share(campaign=FILM, days=1, password="", note="", by=by, now=datetime.now(UTC))


def test_a_link_opens_the_one_page_alone_and_only_while_its_maker_may(records, written):
    from longtake.records.models import Membership

    owner = records.member("owner")
    token = share(records, owner)
    guest = records.client()
    assert "paper/one-page.pdf" in guest.get(f"/s/{token}/").content.decode()
    assert guest.get(f"/s/{token}/paper/one-page.pdf").status_code == 200
    assert guest.get(f"/s/{token}/paper/one-page.docx").status_code == 503
    assert guest.get(f"/s/{token}/paper/retrospective.pptx").status_code == 404
    Membership.objects.filter(person=owner).update(role="agency", lane="channel")
    assert guest.get(f"/s/{token}/paper/one-page.pdf").status_code == 404
    assert "paper/" not in guest.get(f"/s/{token}/").content.decode()


def test_a_machine_without_fonts_says_so_and_offers_to_try_again(records, kept):
    from longtake.services.measured import papers
    from longtake.services.workspace import write_whole

    marks = [kept.folder / papers.FOLDER / f"{kind}.zh.pdf{papers.NO_FONTS}" for kind in papers.PAPERS]
    for mark in marks:
        write_whole(mark, b"")
    try:
        page = records.client(records.member("viewer")).get(f"/c/{FILM}/papers/").content.decode()
    finally:
        for mark in marks:
            mark.unlink()
    assert page.count("这台机器缺中文字体") == 2
    assert "LONGTAKE_FONTS" in page


def test_the_list_asks_the_records_the_same_few_questions_however_many_jobs_there_were(records):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from longtake.records.models import Job

    client = records.client(records.member("viewer"))
    client.get(f"/c/{FILM}/papers/")
    counts = []
    for n in (1, 3):
        for _ in range(n):
            Job.objects.create(kind="papers", campaign=FILM, state="done")
        with CaptureQueriesContext(connection) as found:
            client.get(f"/c/{FILM}/papers/")
        counts.append(len(found))
    assert counts[0] == counts[1] <= 10


def test_a_film_that_is_not_measured_waits_for_that_first(records):
    page = records.client(records.member("viewer", OTHER)).get(f"/c/{OTHER}/papers/").content.decode()
    assert "正在算" in page
