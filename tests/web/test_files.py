"""Files in, receipts, mappings, and taking it back; the worker's part is done in this process."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from web_site import OTHER

TABLE = "用户名,说的话,什么时候\nA,挺好看的一部片子,2026-01-09 10:00\nB,不怎么样真的不行,2026-01-09 11:00\n"
GOOD = "platform,text,at\nweibo,真的很好看,2026-02-01 10:00\nweibo,,昨天晚上\n"


@pytest.fixture
def client(records):
    before = {commit.import_id for commit in records.workspace.lake.commits(OTHER)}
    yield records.client(records.member("editor", OTHER))
    for commit in records.workspace.lake.commits(OTHER):
        if commit.import_id not in before:
            records.workspace.lake.undo(commit.import_id)


def hand_in(client, *files, paths=()):
    given = [SimpleUploadedFile(name, text.encode()) for name, text in files]
    return client.post(f"/c/{OTHER}/files/", {"files": given, "paths": list(paths)})


def work(kind="import"):
    from longtake.records.models import Job
    from longtake.worker.perform import perform

    job = Job.objects.filter(kind=kind).first()
    perform(job.pk)
    job.refresh_from_db()
    return job


def test_a_pile_becomes_a_receipt_that_accounts_for_every_row_and_can_be_taken_back(records, client):
    assert hand_in(client, ("a.csv", GOOD))["Location"].startswith("/jobs/")
    job = work()
    assert job.state == "done"
    (file,) = job.outcome["files"]
    assert (file["rows_in"], file["kept"], len(file["refused"])) == (2, 1, 1)
    page = client.get(f"/c/{OTHER}/files/receipt/job-{job.pk}/").content.decode()
    assert "<td>2</td>" in page or "<td>3</td>" in page
    assert "读到 2 = 留下 1 + 重复 0 + 退回 1" in page
    import_id = job.outcome["import"]
    assert client.post(f"/c/{OTHER}/files/undo/{import_id}/").status_code == 302
    assert work("undo").state == "done"
    assert import_id not in {commit.import_id for commit in records.workspace.lake.commits(OTHER)}


def test_nothing_of_a_read_upload_stays_behind(records, client):
    hand_in(client, ("a.csv", GOOD))
    job = work()
    assert not (records.root / "inbox" / job.given["tray"]).exists()


def test_an_unknown_table_waits_is_explained_and_read_the_next_time_by_itself(records, client):
    hand_in(client, ("未知.csv", TABLE))
    job = work()
    assert job.outcome["unknown"] == ["未知.csv"]
    receipt = f"/c/{OTHER}/files/receipt/job-{job.pk}/"
    assert "有表格认不出来" in client.get(receipt).content.decode()
    address = f"/c/{OTHER}/files/map/{job.given['tray']}/"
    assert client.get(address, {"file": "未知.csv"}).status_code == 200
    half = {"file": "未知.csv", "kind": "comments", "field.at": "什么时候"}
    assert client.post(address, half).status_code == 422
    whole = {**half, "field.text": "说的话", "field.author": "用户名", "platform": "weibo"}
    assert client.post(address, whole)["Location"].startswith("/jobs/")
    again = work()
    assert again.outcome["files"][0]["kept"] == 2
    hand_in(client, ("别的.csv", TABLE.replace("挺好看", "很一般")))
    assert work().outcome["files"][0]["reader"] == "mapped-comments"


def test_a_name_cannot_climb_out_of_its_tray(records, client, tmp_path):
    outside = {path for path in records.root.parent.rglob("*") if "inbox" not in path.parts}
    hand_in(
        client,
        ("a.csv", GOOD),
        ("b.csv", GOOD),
        ("c.csv", GOOD),
        paths=("../../../evil.csv", "/etc/evil.csv", "..\\..\\evil\x00.csv"),
    )
    from longtake.records.models import Job

    tray = records.root / "inbox" / Job.objects.filter(kind="import").first().given["tray"]
    names = sorted(path.relative_to(tray).as_posix() for path in tray.rglob("*.csv"))
    assert names == ["etc/evil.csv", "evil+.csv", "evil.csv"]
    after = {path for path in records.root.parent.rglob("*") if "inbox" not in path.parts}
    assert {p for p in after - outside if p.name.startswith("evil")} == set()


def test_an_empty_or_too_large_upload_is_refused_before_it_is_read(records, client):
    from django.test import override_settings

    answer = client.post(f"/c/{OTHER}/files/", {}, headers={"x-requested-with": "fetch"})
    assert (answer.status_code, answer.json()["problem"]) == (422, "web.upload_empty")
    with override_settings(UPLOAD_BYTES=100, DATA_UPLOAD_MAX_MEMORY_SIZE=100):
        answer = client.post(
            f"/c/{OTHER}/files/",
            {"files": [SimpleUploadedFile("a.csv", b"x" * 200)]},
            headers={"x-requested-with": "fetch"},
        )
    assert (answer.status_code, answer.json()["problem"]) == (413, "web.upload_too_big")


def test_an_analyst_reads_a_receipt_but_hands_nothing_in(records):
    analyst = records.client(records.member("analyst", OTHER))
    assert hand_in(analyst, ("a.csv", GOOD)).status_code == 403
    first = records.workspace.lake.commits(OTHER)[0].import_id
    assert analyst.get(f"/c/{OTHER}/files/receipt/{first}/").status_code == 200


OPAQUE = "A,B,C\n2026-01-09 10:00,挺好看的一部片子,微博\n2026-01-09 11:00,不怎么样真的不行,抖音\n"


@pytest.mark.parametrize(
    ("lang", "why"), [("zh", "2 格都是平台名，如 微博"), ("en", "name platforms, such as 微博")]
)
def test_what_is_guessed_from_cells_says_why(records, client, lang, why):
    client.cookies["longtake_lang"] = lang
    hand_in(client, ("x.csv", OPAQUE))
    job = work()
    page = client.get(f"/c/{OTHER}/files/map/{job.given['tray']}/", {"file": "x.csv"}).content.decode()
    assert why in page
    assert page.count("selected>A<") == page.count("selected>B<") == page.count("selected>C<") == 1


def test_a_table_without_a_metric_is_read_when_a_person_names_it(records, client):
    hand_in(client, ("n.csv", "c1,c2,c3\n2026-01-09,#甲片#,1200\n2026-01-10,#甲片#,1500\n"))
    job = work()
    address = f"/c/{OTHER}/files/map/{job.given['tray']}/"
    page = client.get(address, {"file": "n.csv"}).content.decode()
    assert "还缺：指标" in page
    given = {"file": "n.csv", "kind": "counts", "field.at": "c1", "field.subject": "c2", "field.value": "c3"}
    assert client.post(address, given).status_code == 422
    told = {**given, "metric_of_all": "reads", "count_kind": "cumulative"}
    assert client.post(address, told)["Location"].startswith("/jobs/")
    assert work().outcome["files"][0]["kept"] == 2


def test_an_upload_nobody_can_read_offers_to_remove_it_and_says_what_to_do(records, client):
    hand_in(client, ("scan.pdf", "%PDF-1.4 nothing to read"))
    job = work()
    page = client.get(f"/c/{OTHER}/files/receipt/job-{job.pk}/").content.decode()
    assert "这次没有读到一行" in page
    assert "重新导出成 CSV" in page
    assert "移除这份文件" in page
    assert ">撤回<" not in page
    assert 'class="raw"' in page, "an English detail stays folded on a Chinese page"
    assert client.post(f"/c/{OTHER}/files/undo/{job.outcome['import']}/").status_code == 302
    assert work("undo").state == "done"


def test_a_waiting_table_can_be_removed_and_takes_its_empty_import_along(records, client):
    hand_in(client, ("未知.csv", "p,q\n1,2\n"))
    job = work()
    tray = job.given["tray"]
    assert "移除这份文件" in client.get(f"/c/{OTHER}/files/receipt/job-{job.pk}/").content.decode()
    gone = client.post(f"/c/{OTHER}/files/map/{tray}/", {"file": "未知.csv", "drop": "1"})
    assert gone["Location"].endswith("/files/")
    assert not (records.root / "inbox" / tray).exists()
    assert work("undo").state == "done"
    assert job.outcome["import"] not in {c.import_id for c in records.workspace.lake.commits(OTHER)}


def test_many_quiet_files_of_a_folder_stand_together_and_the_sums_hold(records):
    from longtake.domain.receipt import FileReceipt, Refused
    from longtake.web.screens.work.files import PILE, piles

    def read(path, **more):
        told = {"rows_in": 50, "kept": 49, "duplicate": 1, **more}
        return FileReceipt(path=path, reader="hotlist-hourly", sha256=path, **told)

    hours = [read(f"list/{hour:02d}.json") for hour in range(PILE)]
    odd = read("list/odd.json", kept=48, refused=(Refused(3, "hot", "x", "a number"),))
    alone = read("a.csv")
    made = piles([*hours, odd, alone])
    assert [(one.path, len(files)) for one, files in made] == [
        ("list/", PILE),
        ("list/odd.json", 1),
        ("a.csv", 1),
    ]
    assert sum(one.rows_in for one, _ in made) == 50 * (PILE + 2)
    assert [one.path for one, _ in piles(hours[:-1])] == [one.path for one in hours[:-1]]
